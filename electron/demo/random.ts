/** Numbers that look random and repeat from run to run. */
export type Random = {
  /** A whole number from `least` to `most`, both included. */
  readonly between: (least: number, most: number) => number
  /** True in `percent` of a hundred cases. */
  readonly chance: (percent: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
}

/** The generator "mulberry32": 32 bits of state, good enough to spread a demo over a year. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const between = (least: number, most: number) => least + (next() % (most - least + 1))
  return {
    between,
    chance: (percent) => between(1, 100) <= percent,
    pick: (list) => {
      const picked = list[between(0, list.length - 1)]
      if (picked === undefined) throw new RangeError('There is nothing to pick from.')
      return picked
    },
  }
}
