import { performance } from 'node:perf_hooks'

export type Measure = {
  readonly name: string
  /** Ours over theirs: median of the pairs, with the smallest and largest. */
  readonly ratio: number
  readonly lowest: number
  readonly highest: number
  readonly oursMilliseconds: number
  readonly theirsMilliseconds: number
  /** 95th and 99th percentile of ours; null where single calls were not timed in pairs. */
  readonly p95: number | null
  readonly p99: number | null
  /** The same code against itself; outside 0.95 to 1.05 the run does not count; null where there is no other side. */
  readonly selfRatio: number | null
  readonly target: string
  readonly reached: boolean
  readonly note?: string
}

export type Side = () => Promise<unknown> | unknown

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

const time = async (side: Side, repeat: number): Promise<number[]> => {
  const times: number[] = []
  for (let turn = 0; turn < repeat; turn += 1) {
    const started = performance.now()
    await side()
    times.push(performance.now() - started)
  }
  return times
}

type Pairs = { readonly ratios: number[]; readonly ours: number[]; readonly theirs: number[] }

// A B B A: drift of the machine falls on both sides alike.
const interleave = async (ours: Side, theirs: Side, pairs: number, repeat: number): Promise<Pairs> => {
  const result: Pairs = { ratios: [], ours: [], theirs: [] }
  for (let pair = 0; pair < pairs; pair += 1) {
    const first = await time(ours, repeat)
    const second = await time(theirs, repeat)
    const third = await time(theirs, repeat)
    const fourth = await time(ours, repeat)
    const our = [...first, ...fourth]
    const their = [...second, ...third]
    result.ratios.push(median(our) / median(their))
    result.ours.push(...our)
    result.theirs.push(...their)
  }
  return result
}

export type Comparison = {
  readonly name: string
  readonly ours: Side
  readonly theirs: Side
  /** Largest ratio that meets the target. */
  readonly target: number
  readonly pairs?: number
  /** Calls in each quarter of a pair. */
  readonly repeat?: number
  readonly warmUp?: number
  readonly note?: string
}

/** Runs both sides in turns and gives the ratio; up to three runs until the self-check holds. */
export const compare = async (comparison: Comparison): Promise<Measure> => {
  const { ours, theirs, pairs = 15, repeat = 20, warmUp = 50 } = comparison
  await time(ours, warmUp)
  await time(theirs, warmUp)
  let selfRatio = 0
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const itself = await interleave(theirs, theirs, Math.max(5, Math.ceil(pairs / 2)), repeat)
    selfRatio = median(itself.ratios)
    if (selfRatio >= 0.95 && selfRatio <= 1.05) break
  }
  const { ratios, ours: our, theirs: their } = await interleave(ours, theirs, pairs, repeat)
  const ratio = median(ratios)
  return {
    name: comparison.name,
    ratio,
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
    oursMilliseconds: median(our),
    theirsMilliseconds: median(their),
    p95: percentile(our, 0.95),
    p99: percentile(our, 0.99),
    selfRatio,
    target: `<= ${comparison.target}`,
    reached: ratio <= comparison.target && selfRatio >= 0.95 && selfRatio <= 1.05,
    ...(comparison.note === undefined ? {} : { note: comparison.note }),
  }
}
