import type { BackupReason, FoundBackup, Held } from '../../../shared/contract/backups.ts'
import type { LocaleFormats } from '../../ui/locale.tsx'

/** Why a backup was made, in one or two words. */
export const reasonWords: Readonly<Record<BackupReason, string>> = {
  auto: 'Automatic',
  exit: 'On closing',
  manual: 'Made by hand',
  'before-migration': 'Before an update of the tables',
  'before-restore': 'Before a restore',
  'before-update': 'Before a new version',
  'before-encryption': 'Before encryption',
}

/** Where a backup lies, in one or two words. */
export const placeWords: Readonly<Record<FoundBackup['place'], string>> = {
  main: 'This computer',
  second: 'Second place',
  named: 'Other folder',
}

/** A number with its noun: `1 client`, `3 clients`. */
export const countWords = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** A length of time in its largest unit: `3 days`, `20 minutes`, `less than a minute`. */
export const lengthWords = (milliseconds: number): string => {
  for (const [name, size] of units) {
    if (milliseconds >= size) return countWords(Math.round(milliseconds / size), name)
  }
  return 'less than a minute'
}

/** A short measured time: `0.4 s`, `12 s`. */
export const secondsWords = (milliseconds: number, locale: string): string => {
  const seconds = milliseconds / 1000
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: seconds < 10 ? 1 : 0 })
  return seconds < 0.1 ? 'under 0.1 s' : `${digits.format(seconds)} s`
}

/** The organizations of a database by name, for one line. */
export const nameWords = ({ organizations }: Held): string =>
  organizations.length === 0 ? 'No organization yet' : organizations.map(({ name }) => name).join(', ')

/** When and why a backup was made, for one line. */
export const titleWords = ({ createdAt, reason }: FoundBackup, formats: LocaleFormats): string =>
  `${formats.instant(createdAt)} · ${reasonWords[reason]}`
