/** A signal that is aborted as soon as one of both is. */
export const either = (one: AbortSignal | undefined, other: AbortSignal): AbortSignal => {
  if (one === undefined) return other
  const both = new AbortController()
  for (const signal of [one, other]) {
    if (signal.aborted) both.abort()
    else signal.addEventListener('abort', () => both.abort(), { once: true, signal: both.signal })
  }
  return both.signal
}
