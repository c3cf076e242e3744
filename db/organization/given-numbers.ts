/** A series of numbers, as far as it tells what it prints. */
type Series = {
  readonly id: string
  readonly organizationId: string
  readonly documentKind: string
  readonly code: string
  readonly pattern: string
  readonly deletedAt: string | null
}

type Counter = {
  readonly id: string
  readonly seriesId: string
  readonly period: string
  readonly lastValue: number
}

/** The series of a state and how far each has come. */
export type Numbering<S extends Series = Series> = {
  readonly series: readonly S[]
  readonly counters: readonly Counter[]
}

/** What a state needs so that no number that was given elsewhere is given there again. */
export type Carried<S extends Series = Series> = {
  /** Series that come along as ended ones, and the id that each has there. */
  readonly ended: readonly { readonly id: string; readonly series: S }[]
  /** Counters of that state that go on from a higher value. */
  readonly raised: readonly { readonly id: string; readonly lastValue: number }[]
  /** Counters that it does not have yet. */
  readonly added: readonly (Counter & { readonly organizationId: string })[]
}

// The same series; or one made by hand after a restore that prints just the same.
const sameIn = <S extends Series>(then: Numbering, now: S): Series | undefined =>
  then.series.find(({ id }) => id === now.id) ??
  then.series.find(
    (it) =>
      it.deletedAt === null &&
      it.organizationId === now.organizationId &&
      it.documentKind === now.documentKind &&
      it.code === now.code &&
      it.pattern === now.pattern,
  )

/**
 * What has to be carried from the state of now into an earlier one: counters go on from where they are, and what gave
 * numbers that no series of then would count (made since, or of another pattern since) comes along as an ended series.
 */
export const carryNumbers = <S extends Series>(now: Numbering<S>, then: Numbering, newId: () => string): Carried<S> => {
  const given = (seriesId: string) => now.counters.filter((counter) => counter.seriesId === seriesId)
  const ended: { id: string; series: S }[] = []
  const wanted = new Map<string, Counter & { readonly organizationId: string }>()
  const want = (seriesId: string, { organizationId }: S, counter: Counter) => {
    const key = `${seriesId} ${counter.period}`
    if ((wanted.get(key)?.lastValue ?? 0) >= counter.lastValue) return
    const id = seriesId === counter.seriesId ? counter.id : newId()
    wanted.set(key, { ...counter, id, seriesId, organizationId })
  }
  const lastThen = (seriesId: string, period: string) =>
    then.counters.find((it) => it.seriesId === seriesId && it.period === period)?.lastValue ?? 0
  for (const series of now.series) {
    const counters = given(series.id)
    const same = sameIn(then, series)
    if (same !== undefined) for (const counter of counters) want(same.id, series, counter)
    if (same?.pattern === series.pattern) continue
    // By a pattern that no series of then has.
    const since = same === undefined ? counters : counters.filter((it) => it.lastValue > lastThen(same.id, it.period))
    if (since.length === 0) continue
    const id = same === undefined ? series.id : newId()
    ended.push({ id, series })
    for (const counter of since) want(id, series, counter)
  }
  const raised: { id: string; lastValue: number }[] = []
  const added: (Counter & { organizationId: string })[] = []
  for (const counter of wanted.values()) {
    const known = then.counters.find((it) => it.seriesId === counter.seriesId && it.period === counter.period)
    if (known === undefined) added.push(counter)
    else if (known.lastValue < counter.lastValue) raised.push({ id: known.id, lastValue: counter.lastValue })
  }
  return { ended, raised, added }
}
