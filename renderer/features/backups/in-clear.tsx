import { IconLockOpen2 } from '@tabler/icons-react'
import type { BackupStatus } from '../../../shared/contract/backups.ts'
import { countWords } from '../../app/restore/backup-words.ts'
import classes from './backups.module.css'

type Left = NonNullable<BackupStatus['main']['inClear']>

const whatWords = ({ backups, files }: Left): string =>
  [backups > 0 ? countWords(backups, 'backup') : '', files > 0 ? countWords(files, 'kept file') : '']
    .filter(Boolean)
    .join(' and ')

const shown = 3
const nameOf = (file: string) => file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)

const Unread = ({ folder, files }: { readonly folder: string; readonly files: readonly string[] }) => (
  <p>
    {countWords(files.length, 'copy', 'copies')} in the clear could not be read, so nobody can say whose data{' '}
    {files.length === 1 ? 'it is' : 'they are'}. Still there, in <span className={classes['path']}>{folder}</span>:{' '}
    {files.slice(0, shown).map((file, index) => (
      <span key={file}>
        {index > 0 && ', '}
        <span className={classes['path']}>{nameOf(file)}</span>
      </span>
    ))}
    {files.length > shown && ` and ${files.length - shown} more`}. Delete what nobody needs.
  </p>
)

const Place = ({ folder, left }: { readonly folder: string; readonly left: Left }) => (
  <div className={classes['caution']} role="status">
    <IconLockOpen2 size={18} aria-hidden="true" />
    <div>
      {left.failed > 0 && (
        <p>
          {countWords(left.failed, 'backup')} in <span className={classes['path']}>{folder}</span> could not be
          encrypted yet. It is tried again when your data is next opened.
        </p>
      )}
      {left.backups + left.files > 0 && (
        <p>
          Not encrypted in <span className={classes['path']}>{folder}</span>: {whatWords(left)} with data of yours, made
          by another computer or by an earlier version of Counterfoil. All of that was left as it is: others may need
          it. Turn encryption on there too, or delete what nobody needs.
        </p>
      )}
      {left.unread.length > 0 && <Unread folder={folder} files={left.unread} />}
    </div>
  </div>
)

/** Says what of encrypted data lies in the clear all the same, and what to do about it. */
export const InClear = ({ status }: { readonly status: BackupStatus }) => (
  <>
    {[status.main, status.second].map((place) =>
      place === null || place.inClear === null ? null : (
        <Place key={place.folder} folder={place.folder} left={place.inClear} />
      ),
    )}
  </>
)
