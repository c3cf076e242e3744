import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import type { BackupStatus } from '../../../shared/contract/backups.ts'
import { countWords } from '../../app/restore/backup-words.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import classes from './backups.module.css'
import type { Backups } from './use-backups.ts'

/** Says that a copy of the data folder uses the second place too, and asks whose the backups from before are. */
export const Formerly = ({ status, backups }: { readonly status: BackupStatus; readonly backups: Backups }) => {
  const { second } = status
  if (second === null || second.formerly === 0) return null
  const found = countWords(second.formerly, 'backup')
  const takeOver = async () => {
    const isSure = await confirmAct({
      title: `Take ${found} over?`,
      body: 'Do this when no other computer works with a copy of this data folder. They are then kept, removed and given new passwords like every backup made here, and the copy has no say in them any more.',
      verb: 'Take over',
      cancel: 'Leave them',
    })
    if (isSure) await backups.takeOver()
  }
  return (
    <div className={classes['caution']} role="status">
      <IconCopy size={18} aria-hidden="true" />
      <div>
        <p>
          A copy of your data folder keeps its backups in <span className={classes['path']}>{second.folder}</span>, too,
          or your data folder was set back to an earlier day. So that neither removes what the other needs, what is made
          here has its own mark from now on.
        </p>
        <p>
          {found} from before {second.formerly === 1 ? 'stays as it is' : 'stay as they are'}, neither removed nor given
          new passwords, until it is known whose {second.formerly === 1 ? 'it is' : 'they are'}.
        </p>
        <div>
          <Button size="compact-sm" variant="default" disabled={backups.isRunning} onClick={() => void takeOver()}>
            Nobody uses the copy: take over…
          </Button>
        </div>
      </div>
    </div>
  )
}
