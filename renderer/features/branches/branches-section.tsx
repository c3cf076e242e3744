import { Button } from '@mantine/core'
import { IconPlus, IconStarFilled } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useApiQuery } from '../../app/queries.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { showToast } from '../../ui/toast.tsx'
import { type Branch, BranchDialog } from './branch-dialog.tsx'
import classes from './branches.module.css'

const tell = (thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' })

const close = async ({ id, version, name }: Branch) => {
  try {
    await api.branches.close({ id, version })
    showToast({ message: `${name} is closed; its documents stay.`, undo: () => api.branches.reopen({ id }) })
  } catch (thrown) {
    tell(thrown)
  }
}

const reopen = async ({ id, name }: Branch) => {
  try {
    await api.branches.reopen({ id })
    showToast({ message: `${name} is open again.` })
  } catch (thrown) {
    tell(thrown)
  }
}

const Acts = ({ branch, onOpen }: { readonly branch: Branch; readonly onOpen: () => void }) => {
  if (branch.isClosed) {
    return (
      <MayCall call="branches.reopen">
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={`Open ${branch.name} again`}
          onClick={() => void reopen(branch)}
        >
          Open again
        </Button>
      </MayCall>
    )
  }
  return (
    <>
      {!branch.isDefault && (
        <MayCall call="branches.close">
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-label={`Close ${branch.name}`}
            onClick={() => void close(branch)}
          >
            Close
          </Button>
        </MayCall>
      )}
      <MayCall call="branches.update">
        <Button variant="subtle" size="compact-sm" aria-label={`Change ${branch.name}`} onClick={onOpen}>
          Change
        </Button>
      </MayCall>
    </>
  )
}

const placeOf = ({ addressLine1, postalCode, city }: Branch) => {
  const town = [postalCode, city].filter((text) => text !== null).join(' ')
  return [addressLine1, town].filter((text) => text !== null && text !== '').join(', ')
}

const Row = ({ branch, onOpen }: { readonly branch: Branch; readonly onOpen: () => void }) => (
  <tr data-closed={branch.isClosed || undefined}>
    <td>
      <span className={classes['name']}>
        {branch.name}
        {branch.isDefault && (
          <StatusChip tone="accent" icon={IconStarFilled}>
            Main
          </StatusChip>
        )}
        {branch.isClosed && <span className={classes['quiet']}>Closed</span>}
      </span>
    </td>
    <td className={classes['code']}>{branch.code}</td>
    <td className={`${classes['quiet']} ${classes['place']}`}>
      {placeOf(branch) || 'As the business'}
      {[branch.phone, branch.email].map((text) =>
        text === null ? null : (
          <span key={text} className={classes['reach']}>
            {text}
          </span>
        ),
      )}
    </td>
    <td className={classes['end']}>
      <Acts branch={branch} onOpen={onOpen} />
    </td>
  </tr>
)

type TableProps = { readonly branches: readonly Branch[]; readonly onOpen: (id: string) => void }

const Table = ({ branches, onOpen }: TableProps) => (
  <div className={classes['scroll']}>
    <table className={classes['table']}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Code</th>
          <th scope="col">Address</th>
          <th scope="col">
            <span className="visually-hidden">Change</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {branches.map((branch) => (
          <Row key={branch.id} branch={branch} onOpen={() => onOpen(branch.id)} />
        ))}
      </tbody>
    </table>
  </div>
)

/** The places of a business: documents, numbers and people can belong to one. */
export const BranchesSection = () => {
  const branches = useApiQuery('branches', 'list', { withClosed: true })
  const [opened, setOpened] = useState<string | 'new' | null>(null)
  if (branches.data === undefined) {
    return branches.isError ? (
      <ErrorPanel {...describeError(branches.error)} onRetry={() => void branches.refetch()} />
    ) : (
      <Skeleton lines={4} />
    )
  }
  const add = (
    <MayCall call="branches.create">
      <Button leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={() => setOpened('new')}>
        Add a branch
      </Button>
    </MayCall>
  )
  const branch = branches.data.find(({ id }) => id === opened) ?? null
  return (
    <>
      {branches.data.length < 2 ? (
        <EmptyState
          sentence="You work from one place. Add a branch, and documents, numbers and people can belong to it."
          action={add}
        />
      ) : (
        <Panel title="Branches" actions={add}>
          <p className={classes['hint']}>
            Choose one at the top of the window to work there. A document of no branch is of the whole business.
          </p>
          <Table branches={branches.data} onOpen={setOpened} />
        </Panel>
      )}
      {(opened === 'new' || branch !== null) && <BranchDialog branch={branch} onClose={() => setOpened(null)} />}
    </>
  )
}
