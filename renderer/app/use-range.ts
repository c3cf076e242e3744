import { type DayRange, rangeOf } from './date-ranges.ts'
import { useToday } from './organization.ts'
import { useApiQuery } from './queries.ts'
import type { ChosenRange } from './range-bar.tsx'

type Asked = {
  readonly range?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** The days that an address asks for, once the fiscal years are known; what makes no sense is the named default. */
export const useRange = ({ range, from, to }: Asked, standard: string) => {
  const today = useToday()
  const years = useApiQuery('reports', 'fiscalYears', {})
  const known = years.data ?? []
  const own: DayRange | null = from !== undefined && to !== undefined && from <= to ? { from, to } : null
  const asked = range ?? (own === null ? standard : 'custom')
  const found =
    today === '' || years.data === undefined ? null : asked === 'custom' ? own : rangeOf(asked, today, known)
  const fallback = today === '' || years.data === undefined ? null : rangeOf(standard, today, known)
  const chosen: ChosenRange | null =
    found !== null ? { name: asked, ...found } : fallback !== null ? { name: standard, ...fallback } : null
  return { chosen, years: known, error: years.error, retry: () => void years.refetch() }
}

/** What an address keeps of a chosen range: its name, and its days where they are one's own. */
export const keptRange = ({ name, from, to }: ChosenRange): { range: string; from?: string; to?: string } =>
  name === 'custom' ? { range: name, from, to } : { range: name }
