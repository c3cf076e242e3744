import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import type { z } from 'zod'
import type { Contract, FeatureName } from '../../shared/contract/index.ts'
import type { Procedure } from '../../shared/contract/procedure.ts'
import type { TaxRate } from '../../shared/contract/tax-rates.ts'
import type { Call } from '../rpc/pipeline.ts'

type ProcedureOf<F extends FeatureName, P extends keyof Contract[F]> = Contract[F][P] extends Procedure
  ? Contract[F][P]
  : never

/** What the script has made so far, and how it makes more: by the same calls as a person's. */
export type Stage = {
  readonly call: <F extends FeatureName, P extends keyof Contract[F] & string>(
    feature: F,
    procedure: P,
    input: z.input<ProcedureOf<F, P>['input']>,
  ) => Promise<z.output<ProcedureOf<F, P>['output']>>
  /** Sets the clock that the calls from here on are stamped with. */
  readonly at: (instant: string) => void
  /** Chooses the organization that the calls from here on act in. */
  readonly enter: (organizationId: string) => void
  readonly nextId: () => string
  readonly rates: Map<string, TaxRate>
  /** Ids of clients and items by their key in the script. */
  readonly ids: Map<string, string>
  /** Invoices by their place in the plan. */
  readonly invoices: Map<number, { readonly id: string; readonly version: number }>
}

/** What the plan calls by a key must have been made before; a hole in the plan is a bug. */
export const known = <K, V>(map: ReadonlyMap<K, V>, key: K): V => {
  const value = map.get(key)
  if (value === undefined) throw new Error(`The demo names ${String(key)} before it is made.`)
  return value
}

/** Sets up the calls of the script on a clock of its own. */
export const createStage = (call: Call, start: string): Stage => {
  let organizationId: string | null = null
  let instant = start
  let count = 0
  const clock = { now: () => instant }
  return {
    call: (feature, procedure, input) =>
      call(`${feature}.${procedure}`, { organizationId, idempotencyKey: null, input }, { clock }) as Promise<
        // The pipeline checked the answer against the schema that this type is made of.
        z.output<ProcedureOf<typeof feature, typeof procedure>['output']>
      >,
    at: (next) => {
      instant = next
    },
    enter: (id) => {
      organizationId = id
    },
    // Made from the organization's own id, so that a demo that was removed and made again has new ones.
    nextId: () => {
      count += 1
      const random = createHash('sha256').update(`${organizationId}:${count}`).digest().subarray(0, 16)
      return v7({ random, msecs: Date.parse(instant), seq: count })
    },
    rates: new Map(),
    ids: new Map(),
    invoices: new Map(),
  }
}
