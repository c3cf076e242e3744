import type { Icon } from '@tabler/icons-react'
import type { Activity } from '../../shared/contract/workspace.ts'
import type { LocaleFormats } from '../ui/locale.tsx'
import type { Tone } from '../ui/status-chip.tsx'

/** What happened, in words. */
export type Words = {
  readonly icon: Icon
  readonly tone?: Tone
  readonly title: string
  readonly more?: string | undefined
}
/** Says what an entry of the record tells. */
export type Tell = (data: Activity['data'], formats: LocaleFormats) => Words

/** A value of an entry as text; empty where there is none. */
export const text = (data: Activity['data'], key: string): string => {
  const value = data[key]
  return value === null || value === undefined ? '' : String(value)
}
