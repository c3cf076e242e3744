import type { BackupPreview, Entry } from '../../../shared/contract/backups.ts'

/** What going back to a backup opens to others: to be read before, in words; none where it opens nothing. */
export const openedWords = ({ encryption, unguarded }: Entry): readonly string[] => [
  ...(encryption === 'in-clear' ? ['After this the data is in the clear: whoever can read the disk can read it.'] : []),
  ...(unguarded ? ['Nobody has a password in it: whoever opens Counterfoil on this computer comes in.'] : []),
]

/** That nothing here says who may sign in now, and what follows from it. */
export const ofThenWords =
  'People, passwords and roles are those of the day of the backup: somebody who was taken out since is in again, and an earlier password holds. Check them first of all.'

/** Who may come in after going back to a backup, in words. */
export const enteringWords = ({ entry, present }: Pick<BackupPreview, 'entry' | 'present'>): string => {
  const isKnown = present !== null && present.organizations.length > 0 && !entry.ofThen
  const who = isKnown
    ? 'Passwords of now hold on; sessions, invitations and trusted devices end.'
    : 'Sessions, invitations and trusted devices end.'
  return entry.encryption === 'sealed'
    ? `${who} The backup is in the clear: it is sealed with the key of now, and encryption stays on.`
    : who
}

/** The same once it has happened: what is to be known and done about it; none where nothing is. */
export const enteredWords = ({ encryption, unguarded, ofThen }: Entry): readonly string[] => [
  ...(encryption === 'in-clear'
    ? ['The data is in the clear now: whoever can read the disk can read it. Encryption can be turned on again.']
    : []),
  ...(unguarded ? ['Nobody has a password in it: whoever opens Counterfoil on this computer comes in.'] : []),
  ...(ofThen ? ['People, passwords and roles are those of that day: check who may sign in.'] : []),
]
