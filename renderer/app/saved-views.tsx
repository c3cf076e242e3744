import { Button, Checkbox, Menu, TextInput } from '@mantine/core'
import { IconBookmark, IconChevronDown, IconLink, IconTrash, IconUser, IconUsers } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { Dialog, DialogFooter } from '../ui/dialog.tsx'
import { showToast } from '../ui/toast.tsx'
import { describeError } from './errors.ts'
import { MenuAct } from './menu-act.tsx'
import { type ApiOutput, useApiQuery, useCommand } from './queries.ts'

type View = ApiOutput<'savedViews', 'list'>[number]
export type ViewDefinition = View['definition']

type Props = {
  /** The list that the views belong to: `clients`. */
  readonly list: string
  /** The filters and the sort that are on now. */
  readonly current: ViewDefinition
  readonly onApply: (definition: ViewDefinition) => void
}

const sameView = (one: ViewDefinition, other: ViewDefinition) => {
  const sorted = (view: ViewDefinition) => JSON.stringify(Object.entries(view).toSorted())
  return sorted(one) === sorted(other)
}

const SharedMark = () => (
  <>
    <IconUsers size={14} aria-hidden="true" />
    <span className="visually-hidden">(shared)</span>
  </>
)

/** The address of what is shown now, without what lets this window in. */
const linkHere = () => `${location.origin}${location.pathname}${location.hash}`

const copyLink = async () => {
  try {
    await navigator.clipboard.writeText(linkHere())
    showToast({ message: 'Link copied: paste it in the search (Ctrl+K) to open this view.' })
  } catch {
    showToast({ message: `The clipboard is closed to this window. The link: ${linkHere()}`, tone: 'problem' })
  }
}

/** Filters and sort of a list kept under a name, for oneself or for everybody in the business. */
export const SavedViews = ({ list, current, onApply }: Props) => {
  const views = useApiQuery('savedViews', 'list', { list })
  const save = useCommand('savedViews', 'save')
  const remove = useCommand('savedViews', 'delete')
  const share = useCommand('savedViews', 'share')
  const [isShared, setShared] = useState(false)
  const [naming, setNaming] = useState(false)
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | undefined>()
  const active = views.data?.find((view) => sameView(view.definition, current))

  const keep = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return setProblem('Give the view a name.')
    try {
      await save.mutateAsync({ list, name: name.trim(), isShared, definition: current })
      setNaming(false)
      setName('')
      setShared(false)
      showToast({ message: `View “${name.trim()}” saved${isShared ? ' for everybody here' : ''}.` })
    } catch (thrown) {
      setProblem(describeError(thrown).message)
    }
  }
  const drop = async (view: View) => {
    try {
      await remove.mutateAsync({ id: view.id, version: view.version })
      showToast({
        message: `View “${view.name}” removed.`,
        undo: () => save.mutateAsync({ list, name: view.name, isShared: view.isShared, definition: view.definition }),
      })
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  const give = async (view: View) => {
    try {
      const saved = await share.mutateAsync({ id: view.id, version: view.version, isShared: !view.isShared })
      showToast({
        message: view.isShared
          ? `View “${view.name}” is yours alone.`
          : `View “${view.name}” is there for everybody here.`,
        undo: () => share.mutateAsync({ ...saved, isShared: view.isShared }),
      })
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <>
      <Menu position="bottom-end" width={240} withinPortal={false}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconBookmark size={15} aria-hidden="true" />}
            rightSection={<IconChevronDown size={13} aria-hidden="true" />}
          >
            {active?.name ?? 'Views'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.data?.map((view) => (
            <MenuAct
              calls="nothing"
              key={view.id}
              onClick={() => onApply(view.definition)}
              rightSection={view.isShared ? <SharedMark /> : null}
            >
              {view.name}
            </MenuAct>
          ))}
          {(views.data?.length ?? 0) > 0 && <Menu.Divider />}
          <MenuAct calls="savedViews.save" onClick={() => setNaming(true)}>
            Save this view…
          </MenuAct>
          <MenuAct
            calls="nothing"
            leftSection={<IconLink size={14} aria-hidden="true" />}
            onClick={() => void copyLink()}
          >
            Copy link to what is shown
          </MenuAct>
          {active !== undefined && (
            <MenuAct
              calls="savedViews.share"
              leftSection={
                active.isShared ? <IconUser size={14} aria-hidden="true" /> : <IconUsers size={14} aria-hidden="true" />
              }
              onClick={() => void give(active)}
            >
              {active.isShared ? 'Keep it to myself' : 'Share with everybody here'}
            </MenuAct>
          )}
          {active !== undefined && (
            <MenuAct
              calls="savedViews.delete"
              leftSection={<IconTrash size={14} aria-hidden="true" />}
              onClick={() => void drop(active)}
            >
              Remove “{active.name}”
            </MenuAct>
          )}
        </Menu.Dropdown>
      </Menu>
      <Dialog open={naming} onClose={() => setNaming(false)} title="Save this view" size="sm">
        <form onSubmit={(event) => void keep(event)} noValidate>
          <TextInput
            label="Name"
            description="Filters and sort come back with one click; the same name is replaced."
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value)
              setProblem(undefined)
            }}
            error={problem}
            maxLength={60}
            data-autofocus
          />
          <Checkbox
            mt={14}
            label="Share with everybody in this business"
            checked={isShared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          <DialogFooter>
            <Button variant="default" onClick={() => setNaming(false)}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              Save view
            </Button>
          </DialogFooter>
        </form>
      </Dialog>
    </>
  )
}
