/** What begins with its first use and is kept for every other. */
export type FirstUse<T, A extends readonly unknown[] = []> = {
  readonly use: (...given: A) => Promise<T>
  /** Ends what was begun, if anything was. */
  readonly end: (ending: (begun: T) => Promise<void>) => Promise<void>
}

/** Begins something with its first use; where that fails, whoever waits is told and the next use tries again. */
export const firstUse = <T, A extends readonly unknown[] = []>(begin: (...given: A) => Promise<T>): FirstUse<T, A> => {
  let kept: Promise<T> | null = null
  return {
    use: (...given) => {
      kept ??= begin(...given).catch((error: unknown) => {
        kept = null
        throw error
      })
      return kept
    },
    end: async (ending) => {
      // Whoever asked for what did not begin was told so.
      const begun = await kept?.then((it) => ({ it })).catch(() => null)
      if (begun != null) await ending(begun.it)
    },
  }
}
