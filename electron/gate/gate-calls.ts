import type { z } from 'zod'
import { databaseError } from '../../db/errors.ts'
import { access, type gateFeatures } from '../../shared/contract/access.ts'
import type { Contract, Envelope, Procedure } from '../../shared/contract/index.ts'
import { recovery } from '../../shared/contract/recovery.ts'
import { AppError } from '../../shared/errors.ts'
import { SecretError } from '../mail/secrets.ts'
import { fieldErrors } from '../rpc/fields.ts'
import type { Log } from '../rpc/log.ts'
import type { CallOptions } from '../rpc/pipeline.ts'

type GateFeature = (typeof gateFeatures)[number]

/** The front door's procedures. Each keeps its own order of doors, files and transactions: none runs inside one. */
export type GateHandlers = {
  readonly [F in GateFeature]: {
    readonly [P in keyof Contract[F]]: Contract[F][P] extends Procedure ? GateHandler<Contract[F][P]> : never
  }
}

/** Where the handlers of each feature come from. */
export type GateFeatures = { readonly [F in GateFeature]: () => Promise<GateHandlers[F]> }

type GateHandler<P extends Procedure> = P extends { readonly kind: 'stream' }
  ? (input: z.output<P['input']>, signal: AbortSignal | undefined) => AsyncIterable<z.input<P['output']>>
  : (input: z.output<P['input']>) => Promise<z.input<P['output']>>

const slices: { readonly [F in GateFeature]: Contract[F] } = { access, recovery }

/** The procedures that the gate answers, by wire name: no other is for anyone. */
export const gateProcedures: ReadonlyMap<string, Procedure> = new Map(
  Object.entries(slices).flatMap(([feature, members]) =>
    Object.entries(members).map(([name, procedure]): [string, Procedure] => [`${feature}.${name}`, procedure]),
  ),
)

// Commands of the front door that leave the data as open as it is.
const beside: ReadonlySet<string> = new Set(['access.touch'])

/** Whether a procedure is a command of the front door that may open, close or replace the data. */
export const movesDoor = (name: string): boolean => gateProcedures.get(name)?.kind === 'command' && !beside.has(name)

const parse = (procedure: Procedure, input: unknown): unknown => {
  const parsed = procedure.input.safeParse(input)
  if (parsed.success) return parsed.data
  const fields = fieldErrors(parsed.error)
  throw new AppError('VALIDATION', Object.values(fields)[0] ?? 'The input does not fit.', { fields })
}

/** What went wrong in words: the files that keep keys say so themselves, anything else is a bug. */
const known = (thrown: unknown): AppError | null => {
  const error = databaseError(thrown)
  if (error instanceof AppError) return error
  return error instanceof SecretError ? new AppError('STORAGE_UNAVAILABLE', error.message) : null
}

/** One call of the front door: parsed, answered and checked like any other. */
export const answerGate = async (
  features: GateFeatures,
  log: Log,
  name: string,
  envelope: Envelope,
  options: CallOptions,
): Promise<unknown> => {
  const procedure = gateProcedures.get(name)
  const [feature = '', member = ''] = name.split('.')
  // The contract has the same keys, see GateHandlers; the input is what its schema gives.
  const all = features as unknown as Readonly<
    Record<string, () => Promise<Readonly<Record<string, (input: unknown, signal?: AbortSignal) => unknown>>>>
  >
  const handler = procedure === undefined ? undefined : (await all[feature]?.())?.[member]
  if (procedure === undefined || handler === undefined)
    throw new AppError('NOT_FOUND', `There is no procedure ${name}.`)
  try {
    const input = parse(procedure, envelope.input)
    if (procedure.kind === 'stream') return handler(input, options.signal)
    return procedure.output.parse(await handler(input))
  } catch (thrown) {
    const error = known(thrown)
    if (error !== null) throw error
    // Never with what was typed.
    log.error({ procedure: name, error: thrown }, 'the front door failed unexpectedly')
    throw new AppError('UNEXPECTED', 'Something went wrong that Counterfoil did not expect. Your data is as it was.', {
      details: { procedure: name },
    })
  }
}
