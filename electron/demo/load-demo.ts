import type { Clock } from '../../shared/ids.ts'
import type { DemoLoader } from '../engines.ts'
import type { Call } from '../rpc/pipeline.ts'

/** Plays the demo company through the pipeline, on a clock of its own that ends today. */
export const createDemoLoader = (call: Call, clock: Clock): DemoLoader => ({
  load: async () => {
    const { id } = (await call(
      'setup.createOrganization',
      {
        organizationId: null,
        idempotencyKey: null,
        input: { legalName: 'Linden & Vale Studio Ltd', country: 'GB', isDemo: true },
      },
      { clock },
      // The pipeline checked the answer against the contract's output schema.
    )) as { readonly id: string }
    return id
  },
})
