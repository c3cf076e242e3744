import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import type { PastCommand } from '../../../shared/contract/history.ts'
import { describeError } from '../../app/errors.ts'
import { useApiQuery, useCommand } from '../../app/queries.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './audit.module.css'

type PastProps = { readonly past: PastCommand; readonly onDone: () => void }

const Past = ({ past, onDone }: PastProps) => {
  const formats = useFormats()
  const undo = useCommand('history', 'undo')
  const take = async () => {
    try {
      const { title } = await undo.mutateAsync({ commandId: past.commandId })
      showToast({ message: `Undone: ${title}.` })
      onDone()
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <li>
      <div className={classes['root-head']}>
        <span>{past.title}</span>
        <span className={classes['quiet']}>{formats.instant(past.at)}</span>
        <span className={classes['root-acts']}>
          {past.obstacle === null && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconArrowBackUp size={14} />}
              loading={undo.isPending}
              aria-label={`Undo: ${past.title}, ${formats.instant(past.at)}`}
              onClick={() => void take()}
            >
              Undo
            </Button>
          )}
        </span>
      </div>
      {past.obstacle !== null && <span className={classes['quiet']}>{past.obstacle}</span>}
    </li>
  )
}

const List = () => {
  const list = useApiQuery('history', 'list', {})
  if (list.error !== null) return <ErrorPanel {...describeError(list.error)} />
  if (list.data === undefined) return <Skeleton label="Loading what you did" />
  if (list.data.length === 0) return <p>Nothing that you did here can be undone.</p>
  return (
    <ol className={classes['roots']} aria-label="What you did last">
      {list.data.map((past) => (
        <Past key={past.commandId} past={past} onDone={() => void list.refetch()} />
      ))}
    </ol>
  )
}

type Props = { readonly open: boolean; readonly onClose: () => void }

/** One's last commands, to be taken back one by one: also those of before a restart. */
export const UndoDialog = ({ open, onClose }: Props) => (
  <Dialog open={open} onClose={onClose} title="Undo what you did last" size="lg">
    <p className={classes['quiet']}>
      Clients, items, drafts and the lists of the settings go back to what they were, as long as nothing was changed
      since. What was issued, sent or paid is corrected by a document of its own.
    </p>
    {open && <List />}
  </Dialog>
)
