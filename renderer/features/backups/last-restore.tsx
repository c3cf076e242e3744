import type { BackupStatus } from '../../../shared/contract/backups.ts'
import { countWords } from '../../app/restore/backup-words.ts'
import { enteredWords } from '../../app/restore/entry-words.ts'
import { isToldOf } from '../../app/restore/replay-words.ts'
import { useFormats } from '../../ui/locale.tsx'
import classes from './backups.module.css'
import { DoneAgain } from './done-again.tsx'

/** What the last restore of everything came to, also for whoever did not see it happen. */
export const LastRestore = ({ restored }: { readonly restored: NonNullable<BackupStatus['restored']> }) => {
  const formats = useFormats()
  const { at, createdAt, aside, missing, replayed, entry } = restored
  return (
    <div className={classes['said']}>
      <p>
        On {formats.instant(at)}, to the data of {formats.instant(createdAt)}. What was here before is kept in{' '}
        <span className={classes['path']}>{aside}</span>
      </p>
      {entry !== null && enteredWords(entry).map((said) => <p key={said}>{said}</p>)}
      {isToldOf(replayed) && <DoneAgain replayed={replayed} />}
      {missing > 0 && <p>{countWords(missing, 'kept file')} could not be brought back.</p>}
    </div>
  )
}
