import type { Replayed } from '../../../shared/contract/backups.ts'
import type { LocaleFormats } from '../../ui/locale.tsx'
import { countWords } from './backup-words.ts'

type Stop = NonNullable<Replayed['stop']>

const onWords = ({ at }: Stop, formats: LocaleFormats) => (at === null ? '' : ` on ${formats.instant(at)}`)

/** What is to be said where the present data tells nothing of what was done since a backup. */
export const unknownWords = 'What was done since cannot be told, because the present data cannot be read.'

/** Why a damaged log is not followed any further. */
export const stopWords = (stop: Stop, formats: LocaleFormats): string => {
  const on = onWords(stop, formats)
  switch (stop.why) {
    case 'unknown':
      return 'What was done since the backup could not be told, because the data that was here could not be read.'
    case 'erasure':
      return `It is followed no further because a person was erased next${on}: done again, parts of them would come back.`
    case 'removal':
      return `It is followed no further because changes past their time were removed from the record next${on}: the log has a gap there.`
    case 'unreadable':
      return `It is followed no further because it cannot be read from there${on === '' ? '' : `: the next action,${on}, is damaged`}.`
    case 'unproved':
      return `It is followed no further because the signed record does not prove what it says next${on}.`
  }
}

/** What somebody has to do about the actions that are not done again. */
export const nextWords = ({ why, left }: Stop): string => {
  if (why === 'unknown') {
    return 'Look through your documents, mail and bank for what came after it, and enter it again.'
  }
  const again = why === 'erasure' ? 'Erase the person again first: their details are back. ' : ''
  // The erasure itself is one of them, and said already.
  const count = left === null ? null : why === 'erasure' ? left - 1 : left
  if (count === 0) return again.trimEnd()
  const from = why === 'erasure' ? 'after it' : 'from there on'
  const what =
    count === null
      ? `What was done ${from} is`
      : count === 1
        ? `The 1 action ${from} is`
        : `The ${count} actions ${from} are`
  return `${again}${what} not in the data: enter ${count !== null && count > 1 ? 'them' : 'it'} again, from your documents, mail and bank.`
}

/** How many actions are done again, and up to when. */
export const againWords = ({ commands, last }: Replayed, formats: LocaleFormats): string =>
  `${countWords(commands, 'action')}${last === null ? '' : `, up to ${formats.instant(last)}`}`

/** Whether there is anything to say: something was done again, or could not be. */
export const isToldOf = (replayed: Replayed | null): replayed is Replayed =>
  replayed !== null && (replayed.commands > 0 || replayed.stop !== null)
