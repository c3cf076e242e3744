import { Button } from '@mantine/core'
import { useState } from 'react'
import { describeError } from '../../../app/errors.ts'
import { useApiQuery, useCommand } from '../../../app/queries.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { showToast } from '../../../ui/toast.tsx'
import classes from './merge.module.css'
import { MergeCompare } from './merge-compare.tsx'

type Props = {
  /** The one that stays unless the other is chosen, then the other. */
  readonly ids: readonly [string, string]
  readonly onClose: () => void
  /** Told the client that stayed. */
  readonly onMerged?: (id: string) => void | Promise<void>
}

/** Compares two clients, says in words what moves, and makes one of them. */
export const MergeDialog = ({ ids, onClose, onMerged }: Props) => {
  const [keepId, setKeepId] = useState(ids[0])
  const one = useApiQuery('clients', 'get', { id: ids[0] }, { keepPrevious: false })
  const other = useApiQuery('clients', 'get', { id: ids[1] }, { keepPrevious: false })
  const merge = useCommand('clients', 'merge')
  const problem = one.error ?? other.error
  if (one.data === undefined || other.data === undefined) {
    return (
      <Dialog open onClose={onClose} title="Merge two clients" size="xl">
        {problem === null ? <Skeleton lines={8} /> : <ErrorPanel {...describeError(problem)} />}
      </Dialog>
    )
  }
  const [keep, gone] = keepId === one.data.id ? [one.data, other.data] : [other.data, one.data]
  const submit = async () => {
    try {
      const { moved } = await merge.mutateAsync({
        keepId: keep.id,
        keepVersion: keep.version,
        mergeId: gone.id,
        mergeVersion: gone.version,
      })
      // Whoever shows the client that is gone has to leave before it is asked for again.
      await onMerged?.(keep.id)
      onClose()
      showToast({ message: `${gone.name} is merged into ${keep.name}: ${moved} records moved.` })
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Merge two clients"
      size="xl"
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            Keep both
          </Button>
          <Button color="red" loading={merge.isPending} onClick={() => void submit()}>
            Merge into {keep.name}
          </Button>
        </>
      }
    >
      <p className={classes['words']}>
        Invoices, quotes, credit notes, payments, recurring invoices, contacts, notes and files of{' '}
        <strong>{gone.name}</strong> ({gone.code}) move to <strong>{keep.name}</strong> ({keep.code}), which keeps its
        own details and takes over only those that it lacks. Issued documents keep what they printed. {gone.name} goes
        away, which cannot be taken back.
      </p>
      <MergeCompare clients={[one.data, other.data]} keepId={keepId} onKeep={setKeepId} />
    </Dialog>
  )
}
