import { Button, Menu, TextInput } from '@mantine/core'
import { IconBookmark, IconChevronDown, IconTrash } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { Dialog, DialogFooter } from '../ui/dialog.tsx'
import { showToast } from '../ui/toast.tsx'
import { describeError } from './errors.ts'
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

/** Filters and sort of a list kept under a name. */
export const SavedViews = ({ list, current, onApply }: Props) => {
  const views = useApiQuery('savedViews', 'list', { list })
  const save = useCommand('savedViews', 'save')
  const remove = useCommand('savedViews', 'delete')
  const [naming, setNaming] = useState(false)
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | undefined>()
  const active = views.data?.find((view) => sameView(view.definition, current))

  const keep = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return setProblem('Give the view a name.')
    try {
      await save.mutateAsync({ list, name: name.trim(), definition: current })
      setNaming(false)
      setName('')
      showToast({ message: `View “${name.trim()}” saved.` })
    } catch (thrown) {
      setProblem(describeError(thrown).message)
    }
  }
  const drop = async (view: View) => {
    try {
      await remove.mutateAsync({ id: view.id, version: view.version })
      showToast({
        message: `View “${view.name}” removed.`,
        undo: () => save.mutateAsync({ list, name: view.name, definition: view.definition }),
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
            <Menu.Item key={view.id} onClick={() => onApply(view.definition)}>
              {view.name}
            </Menu.Item>
          ))}
          {(views.data?.length ?? 0) > 0 && <Menu.Divider />}
          <Menu.Item onClick={() => setNaming(true)}>Save this view…</Menu.Item>
          {active !== undefined && (
            <Menu.Item leftSection={<IconTrash size={14} aria-hidden="true" />} onClick={() => void drop(active)}>
              Remove “{active.name}”
            </Menu.Item>
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
