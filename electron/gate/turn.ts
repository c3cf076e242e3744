/** Does one thing after the other, in the order in which they were asked for; one that failed does not stop the next. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>

/** A queue of its own. */
export const createTurn = (): Turn => {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
}
