import { vi } from 'vitest'
import type * as HashCost from '../../electron/people/hash-cost.ts'

// Each hash would take a quarter of a second whatever the computer: the least there is proves the same, and no test has
// to wait for the measuring.
vi.mock('../../electron/people/hash-cost.ts', async (original) => {
  const real = await original<typeof HashCost>()
  return { ...real, measureCost: () => Promise.resolve(real.leastCost) }
})
