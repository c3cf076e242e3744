/** A repeatable stream of chances from a seed: the failing run can be run again. */
export const randomFrom = (seed: number) => {
  let state = seed >>> 0
  // Mulberry32: small, and even enough to choose what to do next.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    /** A whole number from `least` to `most`, both included. */
    between: (least: number, most: number) => least + Math.floor(next() * (most - least + 1)),
    pick: <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)],
    chance: (probability: number) => next() < probability,
  }
}

export type Random = ReturnType<typeof randomFrom>
