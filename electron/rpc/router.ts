import { lazy, ORPCError, os } from '@orpc/server'
import { z } from 'zod'
import type { Envelope } from '../../shared/contract/index.ts'
import { featureNames, knownProcedure, readSlice } from '../../shared/contract/slices.ts'
import { Whole } from '../../shared/contract/wire.ts'
import { AppError } from '../../shared/errors.ts'
import type { Call } from './pipeline.ts'

const envelopeSchema = z.object({
  organizationId: z.string().max(64).nullable(),
  branchId: z.string().max(64).nullable().default(null),
  idempotencyKey: z.string().min(8).max(100).nullable(),
  asOf: z.string().max(64).nullish(),
  input: z.unknown(),
})

const readEnvelope = (data: unknown): Envelope => {
  const parsed = envelopeSchema.safeParse(data)
  if (!parsed.success) throw new AppError('VALIDATION', 'The call has no envelope.')
  return { ...parsed.data, input: parsed.data.input }
}

const status: Partial<Record<AppError['code'], number>> = {
  FORBIDDEN: 403,
  UNAUTHENTICATED: 401,
  // 401 is for a window without a key to the host: these are about the person in front of it.
  LOCKED: 423,
  REAUTHENTICATE: 403,
  SIGN_IN_FAILED: 403,
  NOT_FOUND: 404,
  UNEXPECTED: 500,
}

const toWire = (error: unknown): unknown => {
  if (!(error instanceof AppError)) return error
  const { fields, details } = error
  return new ORPCError(error.code, {
    status: status[error.code] ?? 422,
    message: error.message,
    data: { fields, details },
  })
}

const procedureFor = (call: Call, name: string) =>
  os.handler(async ({ input, signal }) => {
    try {
      const answer = await call(name, readEnvelope(input), signal === undefined ? {} : { signal })
      return knownProcedure(name)?.kind === 'stream' ? answer : new Whole(answer)
    } catch (error) {
      throw toWire(error)
    }
  })

const featureFor = (call: Call, feature: string) =>
  lazy(async () => {
    const names = await readSlice(feature)
    return { default: Object.fromEntries(names.map((name) => [name, procedureFor(call, `${feature}.${name}`)])) }
  })

export type RpcRouter = Readonly<Record<string, ReturnType<typeof featureFor>>>

/** The router of every procedure, for the message port and for loopback HTTP alike; a feature's own at its first call. */
export const createRouter = (call: Call): RpcRouter =>
  Object.fromEntries(featureNames.map((feature) => [feature, featureFor(call, feature)]))
