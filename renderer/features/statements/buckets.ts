import type { Ageing } from '../../../shared/contract/statements.ts'

export type Bucket = 'notDueE4' | 'to30E4' | 'to60E4' | 'to90E4' | 'over90E4'

export const buckets: readonly Bucket[] = ['notDueE4', 'to30E4', 'to60E4', 'to90E4', 'over90E4']

/** The ages in words; counted from issue, the first is the day itself. */
export const bucketTitles = (basis: 'due' | 'issued'): Readonly<Record<Bucket, string>> => ({
  notDueE4: basis === 'due' ? 'Not due' : 'Same day',
  to30E4: '1–30 days',
  to60E4: '31–60 days',
  to90E4: '61–90 days',
  over90E4: 'Over 90 days',
})

/** How much of the open sum an age makes, in percent for a bar; zero of nothing. */
export const widthOf = (ageing: Ageing, bucket: Bucket): number =>
  ageing.openE4 === 0n ? 0 : Number((ageing[bucket] * 10_000n) / ageing.openE4) / 100
