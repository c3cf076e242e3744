import type { Handlers } from '../rpc/context.ts'
import { rebuildSummaries } from './integrity/rebuild.ts'

/** Proofs that derived figures equal the rows they come from. */
export const integrity: Handlers<'integrity'> = {
  check: async ({ engines, organizationId }) => {
    const { checked, differences } = await engines.readings.read('integrity', organizationId)
    return { checked, differences: [...differences] }
  },

  rebuild: async ({ trx, organizationId }) => ({ rebuilt: await rebuildSummaries(trx, organizationId) }),
}
