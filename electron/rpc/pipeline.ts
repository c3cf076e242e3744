import { createHmac } from 'node:crypto'
import { databaseError, isDamage } from '../../db/errors.ts'
import { fromJson, toJson } from '../../db/json.ts'
import type { OpenDatabase } from '../../db/open.ts'
import type { Shadow } from '../../db/shadow.ts'
import { allows } from '../../shared/allows.ts'
import type { Envelope } from '../../shared/contract/index.ts'
import type { Procedure } from '../../shared/contract/procedure.ts'
import { findProcedure, knownProcedure } from '../../shared/contract/slices.ts'
import { AppError } from '../../shared/errors.ts'
import type { Clock, IdSource } from '../../shared/ids.ts'
import type { Engines } from '../engines.ts'
import { assertOwesNothing } from '../people/owed.ts'
import { isFresh } from '../people/sessions-store.ts'
import type { LimitedReads } from '../reading/limited.ts'
import { recordAccess } from '../record/access.ts'
import { assertPresent, atMoment } from '../record/at/at-moment.ts'
import { createDisclosures } from '../record/disclosures.ts'
import { createRefusals } from '../record/refusals.ts'
import { assertWhole, atBranch, everywhere, shownBranches } from './at-branch.ts'
import type { ChangeFeed } from './changes.ts'
import { commandContext } from './command-context.ts'
import type { Caller, CommandContext, CommandHandler, Features, QueryContext } from './context.ts'
import { zoneOf } from './days.ts'
import { fieldErrors } from './fields.ts'
import { createHandlerTable } from './handler-table.ts'
import { createInputKey } from './input-key.ts'
import type { Log } from './log.ts'
import type { Session, Sessions } from './sessions.ts'

export type CallOptions = { readonly signal?: AbortSignal; readonly clock?: Clock }

export type Call = (name: string, envelope: Envelope, options?: CallOptions) => Promise<unknown>

export type PipelineParts = {
  readonly database: OpenDatabase
  readonly features: Features
  readonly sessions: Sessions
  readonly clock: Clock
  readonly ids: IdSource
  readonly engines: Engines
  readonly feed: ChangeFeed
  readonly log: Log
  /** What somebody sees who is limited to branches, or looks at one. */
  readonly shadowOf: (scope: { readonly organizationId: string; readonly branchIds: readonly string[] }) => Shadow
  /** Where they read it. */
  readonly limited: Pick<LimitedReads, 'through'>
  /** Called after each commit that left work in the outbox. */
  readonly onWork: () => void
  /** Begins a session of somebody who acted without one until now. */
  readonly adopt: (userId: string) => Promise<void>
}

type AnyHandler = CommandHandler<unknown, unknown>

// Past this a call is felt: it is written to the log by name.
const slowMilliseconds = 40

// After these, who may do what can be different.
const decidesAccess: ReadonlySet<string> = new Set([
  'organizations',
  'branches',
  'users',
  'roles',
  'sessions',
  'security',
])

// Far beyond any form, far before the stack of whoever reads it back.
const deepestInput = 50

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !(value instanceof Uint8Array) &&
  (levels === 0 || Object.values(value).some((held) => isDeeper(held, levels - 1)))

const parseInput = (procedure: Procedure, input: unknown): unknown => {
  if (isDeeper(input, deepestInput)) {
    throw new AppError('VALIDATION', `The input is nested more than ${deepestInput} levels deep.`)
  }
  const parsed = procedure.input.safeParse(input)
  if (parsed.success) return parsed.data
  const fields = fieldErrors(parsed.error)
  const first = Object.entries(fields)[0]
  const where = first === undefined || first[0] === '' ? '' : ` (${first[0]})`
  throw new AppError('VALIDATION', `${first?.[1] ?? 'The input does not fit.'}${where}`, { fields })
}

// JSON leaves the content of files out; two files of one size are still two inputs. The same words said in another
// organization are another call. Under a key that does not lie in the database: an input can hold a password, and whoever
// reads the database could try words against a plain hash.
const hashOf = (key: Uint8Array, organizationId: string, input: unknown) => {
  const hash = createHmac('sha256', key).update(organizationId).update(toJson(input))
  const visit = (value: unknown): void => {
    if (value instanceof Uint8Array) hash.update(value)
    else if (typeof value === 'object' && value !== null) for (const held of Object.values(value)) visit(held)
  }
  visit(input)
  return hash.digest('hex')
}

/** Builds the one way into the product: every call, from every host, passes here. */
export const createPipeline = (parts: PipelineParts): Call => {
  const { database, engines, feed, ids, log } = parts
  const refused = createRefusals(parts)
  const looked = createDisclosures(parts)
  const inputKey = createInputKey({
    secrets: engines.secrets,
    log,
    onFirst: async () => {
      // Plain hashes of before: a call of that time is not known again, which is the lesser harm.
      await database.writer
        .updateTable('commands')
        .set({ inputHash: null })
        .where('inputHash', 'is not', null)
        .execute()
    },
  })

  // Only whoever has a password can say it again.
  const isProved = ({ id, provedAt }: Session) => id === null || isFresh(provedAt, parts.clock.now())

  const assertProved = (procedure: Procedure, session: Session) => {
    if (procedure.reauthenticate !== true || isProved(session)) return
    throw new AppError('REAUTHENTICATE', 'Enter your password again to do this.')
  }

  const authorize = (procedure: Procedure, name: string, envelope: Envelope): Caller => {
    const needed = procedure.permission
    if (needed === 'anyone') throw new AppError('INVALID_STATE', `${name} is answered by the gate.`)
    const session = parts.sessions.current()
    if (session === null) throw new AppError('LOCKED', 'Counterfoil is locked. Sign in to go on.')
    assertOwesNothing(parts.sessions.owes(), procedure.kind === 'command' ? procedure.settles : undefined)
    const { userId, deviceId } = session
    const caller = { userId, deviceId, sessionId: session.id, isProved: isProved(session) }
    const membership =
      envelope.organizationId === null ? undefined : parts.sessions.membershipIn(envelope.organizationId)
    if (needed === 'workspace') {
      const organizationId = membership === undefined ? '' : (envelope.organizationId ?? '')
      assertProved(procedure, session)
      const branches = membership === undefined ? everywhere : atBranch(membership, null)
      return { ...caller, organizationId, ...branches, timezone: branches.zones.business }
    }
    if (envelope.organizationId === null) throw new AppError('VALIDATION', 'Choose an organization first.')
    if (membership === undefined || !allows(procedure, membership.permissions)) {
      throw new AppError('FORBIDDEN', 'Your role in this business does not include this.', {
        details: { name, needed },
      })
    }
    assertProved(procedure, session)
    const branches = atBranch(membership, envelope.branchId ?? null)
    assertWhole(procedure, branches)
    // What is about the whole business happens on its own day.
    const timezone = zoneOf(branches.zones, procedure.wholeBusiness === true ? null : branches.branchId)
    const { permissions } = membership
    return { ...caller, organizationId: envelope.organizationId, permissions, ...branches, timezone }
  }

  const handlers = createHandlerTable(parts.features)

  const shadows = new Map<string, Shadow>()

  const shadowFor = (procedure: Procedure, caller: Caller): Shadow | null => {
    const branchIds = shownBranches(procedure, caller)
    if (branchIds === null) return null
    const { organizationId } = caller
    const key = [organizationId, ...branchIds].join(' ')
    const shadow = shadows.get(key) ?? parts.shadowOf({ organizationId, branchIds })
    shadows.set(key, shadow)
    return shadow
  }

  const enginesFor = (shadow: Shadow | null): Engines =>
    shadow === null
      ? engines
      : { ...engines, readings: { read: (kind, input) => engines.readings.read(kind, input, shadow) } }

  const queryContext = (procedure: Procedure, caller: Caller, options: CallOptions): QueryContext => {
    const shadow = shadowFor(procedure, caller)
    return {
      ...caller,
      db: shadow === null ? database.reader : parts.limited.through(shadow),
      clock: options.clock ?? parts.clock,
      ids,
      engines: enginesFor(shadow),
      signal: options.signal,
    }
  }

  const repeated = (
    key: string | null,
    name: string,
    inputHash: string | null,
  ): { readonly output: unknown } | null => {
    const earlier = key === null ? undefined : database.unitOfWork.findByKey(key)
    if (earlier === undefined) return null
    if (earlier.procedure !== name || earlier.inputHash !== inputHash) {
      throw new AppError('DUPLICATE', 'This idempotency key was used for another call. Use a new one.')
    }
    return { output: fromJson(earlier.result ?? 'null') }
  }

  // Whoever sets the first password was simply there before; they go on under a session of their own.
  const accessChanged = async ({ userId }: Caller) => {
    const wasOpen = parts.sessions.current()?.id === null
    await parts.sessions.refresh()
    if (wasOpen && userId !== null && parts.sessions.current() === null) await parts.adopt(userId)
  }

  // It has happened or it has not: the answer is given whatever becomes of the rest.
  const settle = async (name: string, handler: AnyHandler, context: QueryContext, prepared: unknown) => {
    if (typeof handler === 'function') return
    await handler
      .settle?.(context, prepared)
      .catch((error: unknown) => log.error({ procedure: name, error }, 'a command was not settled'))
  }

  const runCommand = async (
    name: string,
    procedure: Extract<Procedure, { kind: 'command' }>,
    handler: AnyHandler,
    caller: Caller,
    envelope: Envelope,
    input: unknown,
    options: CallOptions,
  ): Promise<unknown> => {
    const key = procedure.secret === true ? null : envelope.idempotencyKey
    const inputHash = key === null ? null : hashOf(await inputKey(), caller.organizationId, input)
    let prepared: unknown
    if (typeof handler !== 'function') {
      // What was done before must not be prepared again: the state that it was prepared for is gone. Asked in its turn
      // on the writing connection, where nothing is half done.
      const known =
        key === null ? null : await database.writer.connection().execute(async () => repeated(key, name, inputHash))
      if (known !== null) return known.output
      prepared = await handler.prepare(queryContext(procedure, caller, options), input)
    }
    let worked = false
    const shadow = shadowFor(procedure, caller)
    const write = () =>
      database.writer.transaction().execute(async (trx) => {
        const known = repeated(key, name, inputHash)
        if (known !== null) return known.output
        const now = (options.clock ?? parts.clock).now()
        const commandSeq = database.unitOfWork.begin({
          id: ids.next(),
          organizationId: caller.organizationId || null,
          userId: caller.userId,
          deviceId: caller.deviceId,
          procedure: name,
          at: now,
          idempotencyKey: key,
          inputHash,
        })
        const context: CommandContext = commandContext({
          trx,
          caller,
          now,
          commandSeq,
          ids,
          engines: enginesFor(shadow),
          onWork: () => (worked = true),
        })
        const work = () =>
          typeof handler === 'function' ? handler(context, input) : handler.run(context, input, prepared)
        const answer = await (shadow === null ? work() : database.writeThrough(shadow, work))
        const checked = procedure.output.parse(answer)
        await database.unitOfWork.finish(commandSeq, key === null ? null : toJson(checked))
        return checked
      })
    const output = await write().finally(() =>
      settle(name, handler, queryContext(procedure, caller, options), prepared),
    )
    if (procedure.changes.some((entity) => decidesAccess.has(entity))) await accessChanged(caller)
    feed.publish({ procedure: name, entities: [...procedure.changes] })
    if (worked) parts.onWork()
    return output
  }

  const run = async (
    name: string,
    procedure: Procedure,
    envelope: Envelope,
    options: CallOptions,
  ): Promise<unknown> => {
    // Before it is looked who calls: between that and the call itself nothing is waited for.
    const found = handlers.known(name) ?? (await handlers.find(name))
    const caller = authorize(procedure, name, envelope)
    assertPresent(name, procedure.kind, envelope)
    const input = parseInput(procedure, envelope.input)
    if (procedure.kind === 'command') {
      // The shape is what `Handlers` demands for a command.
      return await runCommand(name, procedure, found as AnyHandler, caller, envelope, input, options)
    }
    // The shape is what `Handlers` demands for a query or a stream.
    const handler = found as (context: QueryContext, input: unknown) => unknown
    const context = queryContext(procedure, caller, options)
    const answer = await handler(atMoment(name, envelope, context, shadowFor(procedure, caller)), input)
    if (procedure.kind === 'stream') return answer
    const checked = procedure.output.parse(answer)
    if (procedure.sensitive !== undefined) {
      await recordAccess(parts, caller, { procedure: name, what: procedure.sensitive, input })
    } else if (procedure.discloses !== undefined) await looked(caller, name, procedure.discloses, input)
    return checked
  }

  return async (name, envelope, options = {}) => {
    const procedure = knownProcedure(name) ?? (await findProcedure(name))
    if (procedure === undefined) throw new AppError('NOT_FOUND', `There is no procedure ${name}.`)
    const started = performance.now()
    try {
      return await run(name, procedure, envelope, options)
    } catch (thrown) {
      const error = databaseError(thrown)
      const session = parts.sessions.current()
      if (error instanceof AppError && error.code === 'FORBIDDEN' && session !== null) {
        await refused(name, procedure, { ...session, organizationId: envelope.organizationId })
      }
      if (isDamage(error)) parts.engines.backups.suspect()
      if (error instanceof AppError) throw error
      if (options.signal?.aborted === true) throw new AppError('CANCELLED', 'This was cancelled.')
      log.error({ procedure: name, error }, 'a procedure failed unexpectedly')
      throw new AppError(
        'UNEXPECTED',
        'Something went wrong that Counterfoil did not expect. Your data is as it was.',
        {
          details: { procedure: name },
        },
      )
    } finally {
      const milliseconds = performance.now() - started
      if (milliseconds > slowMilliseconds)
        log.warn({ procedure: name, milliseconds: Math.round(milliseconds) }, 'slow call')
    }
  }
}
