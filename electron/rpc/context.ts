import type { z } from 'zod'
import type { RowColumns } from '../../db/tables/row.ts'
import type { gateFeatures } from '../../shared/contract/access.ts'
import type { Contract, FeatureName } from '../../shared/contract/index.ts'
import type { Procedure } from '../../shared/contract/procedure.ts'
import type { Clock, IdSource } from '../../shared/ids.ts'
import type { Permission } from '../../shared/permissions.ts'
import type { Engines } from '../engines.ts'
import type { Zones } from './days.ts'
import type { Db, Trx } from './handles.ts'

export type { Db, Trx }

export type Caller = {
  readonly userId: string | null
  readonly deviceId: string
  /** The session of the caller; null where nobody needs to sign in, absent for work of the app itself. */
  readonly sessionId?: string | null
  /** The caller has just said the password, or there is none; absent for work of the app itself. */
  readonly isProved?: boolean
  readonly organizationId: string
  /** What the caller may do there; absent for work of the app itself. */
  readonly permissions?: ReadonlySet<Permission>
  /** What a new document belongs to; null is the whole business. */
  readonly branchId: string | null
  /** The branches that the caller is limited to; null sees the whole business. */
  readonly branchIds: readonly string[] | null
  /** The branch whose documents the caller looks at alone. */
  readonly chosenBranchId: string | null
  /** Time zone of where the caller works, which decides what day it is there. */
  readonly timezone: string
  /** Those of the business and its branches, for documents that belong there. */
  readonly zones: Zones
}

/** What a handler that only reads gets. */
export type QueryContext = Caller & {
  readonly db: Db
  readonly clock: Clock
  readonly ids: IdSource
  readonly engines: Engines
  readonly signal: AbortSignal | undefined
}

export type ActivityData = Readonly<Record<string, string | number | bigint | boolean | null>>

/** What a command gets: the transaction and nothing else that writes. */
export type CommandContext = Caller & {
  readonly trx: Trx
  readonly commandSeq: number
  /** The instant of the command, for every row that it writes. */
  readonly now: string
  readonly ids: IdSource
  readonly engines: Engines
  /** The columns that every new row begins with. */
  readonly newRow: () => Pick<RowColumns, 'id' | 'organizationId' | 'createdAt' | 'updatedAt'>
  /** Writes a line of the timeline. */
  readonly record: (activity: {
    readonly kind: string
    readonly entity: string
    readonly entityId: string
    readonly clientId?: string | null
    readonly data?: ActivityData
  }) => Promise<void>
  /** Leaves work for after the commit; one open job per kind and subject. */
  readonly enqueue: (job: {
    readonly kind: string
    readonly subjectId: string
    readonly runAt?: string
  }) => Promise<void>
}

export type CommandHandler<I, O> =
  | ((context: CommandContext, input: I) => Promise<O>)
  | {
      /** Slow or outside work before the transaction: files, keychain, parsing. */
      readonly prepare: (context: QueryContext, input: I) => Promise<unknown>
      readonly run: (context: CommandContext, input: I, prepared: unknown) => Promise<O>
      /** Once the transaction has ended, whichever way: what was prepared outside is brought in line with what holds. */
      readonly settle?: (context: QueryContext, prepared: unknown) => Promise<void>
    }

/** Ties what `prepare` returns to what `run` receives. */
export const withPreparation = <I, O, T>(handler: {
  readonly prepare: (context: QueryContext, input: I) => Promise<T>
  readonly run: (context: CommandContext, input: I, prepared: T) => Promise<O>
  readonly settle?: (context: QueryContext, prepared: T) => Promise<void>
}): CommandHandler<I, O> => ({
  prepare: handler.prepare,
  // The pipeline hands over exactly what `prepare` returned.
  run: (context, input, prepared) => handler.run(context, input, prepared as T),
  // The same.
  settle: async (context, prepared) => await handler.settle?.(context, prepared as T),
})

type Handler<P extends Procedure> = P extends { readonly kind: 'query' }
  ? (context: QueryContext, input: z.output<P['input']>) => Promise<z.input<P['output']>>
  : P extends { readonly kind: 'command' }
    ? CommandHandler<z.output<P['input']>, z.input<P['output']>>
    : (context: QueryContext, input: z.output<P['input']>) => AsyncIterable<z.input<P['output']>>

/** The implementation of a feature's slice of the contract. */
export type Handlers<F extends FeatureName> = {
  readonly [P in keyof Contract[F]]: Contract[F][P] extends Procedure ? Handler<Contract[F][P]> : never
}

/** Features that the core answers; the others are the gate's. */
export type CoreFeature = Exclude<FeatureName, (typeof gateFeatures)[number]>

/** Where the handlers of each feature are read from. */
export type Features = { readonly [F in CoreFeature]: () => Promise<{ readonly [K in F]: Handlers<F> }> }
