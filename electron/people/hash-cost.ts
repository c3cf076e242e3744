/** What one Argon2id hash costs: memory in KiB and passes over it; one lane. */
export type HashCost = { readonly memoryKib: number; readonly passes: number }

/** Never less than this: 64 MiB, three passes. */
export const leastCost: HashCost = { memoryKib: 65_536, passes: 3 }

/** Whether one cost is less than another. */
export const isLess = (cost: HashCost, than: HashCost): boolean =>
  cost.memoryKib < than.memoryKib || cost.passes < than.passes

const mostPasses = 12
// What one hash should take on this computer: long for whoever guesses, short for whoever signs in.
const targetMilliseconds = 250

/** The cost that takes about a quarter of a second on this computer, from a measured time of the least cost. */
export const costFor = (leastMilliseconds: number): HashCost => {
  const passes = Math.ceil((leastCost.passes * targetMilliseconds) / Math.max(leastMilliseconds, 1))
  return { ...leastCost, passes: Math.min(Math.max(passes, leastCost.passes), mostPasses) }
}

/** The cost of new hashes on this computer; `hash` makes one of the least cost. */
export const measureCost = async (hash: () => Promise<unknown>): Promise<HashCost> => {
  const times: number[] = []
  // The first one also pays for the memory, and for the library where that is not there yet.
  for (let run = 0; run < 2; run += 1) {
    const started = performance.now()
    await hash()
    times.push(performance.now() - started)
  }
  return costFor(Math.min(...times))
}
