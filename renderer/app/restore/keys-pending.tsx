import { IconClock } from '@tabler/icons-react'
import type { BackupStatus } from '../../../shared/contract/backups.ts'
import classes from './restore.module.css'

/** Says of which backups an earlier password or recovery code still opens, and until when. */
export const KeysPending = ({ status }: { readonly status: BackupStatus }) => {
  const places = [status.main, status.second].filter((place) => place !== null).filter(({ keysPending }) => keysPending)
  if (places.length === 0) return null
  return (
    <div className={classes['pending']} role="status">
      <IconClock size={18} aria-hidden="true" />
      <p>
        Backups in <span className={classes['path']}>{places.map(({ folder }) => folder).join(', ')}</span> still open
        with a password or recovery code of before. That ends by itself with the next backup there: plug its disk in.
      </p>
    </div>
  )
}
