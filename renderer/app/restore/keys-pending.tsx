import { IconClock, IconKey } from '@tabler/icons-react'
import type { BackupStatus } from '../../../shared/contract/backups.ts'
import { countWords } from './backup-words.ts'
import classes from './restore.module.css'

type PendingProps = { readonly folder: string; readonly isElsewhere: boolean }

const Pending = ({ folder, isElsewhere }: PendingProps) => {
  return (
    <div className={classes['pending']} role="status">
      <IconClock size={18} aria-hidden="true" />
      <p>
        Backups in <span className={classes['path']}>{folder}</span> still open with a password or recovery code of
        before. That ends by itself with the next backup{isElsewhere ? ' there: plug its disk in' : ''}.
      </p>
    </div>
  )
}

const OfOthers = ({ folder, count }: { readonly folder: string; readonly count: number }) => (
  <div className={classes['pending']} role="status">
    <IconKey size={18} aria-hidden="true" />
    <p>
      {countWords(count, 'backup')} in <span className={classes['path']}>{folder}</span>, made by another computer or by
      an earlier version of Counterfoil, {count === 1 ? 'opens' : 'open'} with passwords or a recovery code that do not
      open your data. Remove {count === 1 ? 'it' : 'them'}, or change the passwords there.
    </p>
  </div>
)

/** Says which backups an earlier password or recovery code still opens: until when, or what to do about it. */
export const KeysPending = ({ status }: { readonly status: BackupStatus }) => {
  const { main, second } = status
  const places = [main, second].filter((place) => place !== null)
  return (
    <>
      {/* Where there is none, none opens. What lies on a disk that is not here is not known. */}
      {main.keysPending && main.last !== null && <Pending folder={main.folder} isElsewhere={false} />}
      {second?.keysPending === true && <Pending folder={second.folder} isElsewhere />}
      {places.map(({ folder, otherOpeners }) =>
        otherOpeners === 0 ? null : <OfOthers key={folder} folder={folder} count={otherOpeners} />,
      )}
    </>
  )
}
