import { vi } from 'vitest'
import type * as HashCost from '../../electron/people/hash-cost.ts'

// A hash as the product makes it takes a quarter of a second, and the suite makes a thousand of them: what is done with it
// is the same at any cost. What the product takes is shown by tests/people/engines.test.ts.
vi.mock('../../electron/people/hash-cost.ts', async (original) => {
  const leastCost: HashCost.HashCost = { memoryKib: 8192, passes: 1 }
  return { ...(await original<typeof HashCost>()), leastCost, measureCost: () => Promise.resolve(leastCost) }
})
