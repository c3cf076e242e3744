import { ORPCError } from '@orpc/server'
import type { Procedure } from '../../shared/contract/procedure.ts'
import { findProcedure, knownProcedure } from '../../shared/contract/slices.ts'

type Allowance = {
  /** Calls that may come at once. */
  readonly burst: number
  /** Calls a second after that. */
  readonly rate: number
}

/**
 * How much one connection may ask for. The busiest screens ask for a dozen at once, a run over many rows for some
 * hundred a second, each after the answer to the one before.
 */
export const allowances = {
  call: { burst: 1000, rate: 500 },
  /** What checks or makes a secret costs a third of a second and 64 MB, whatever the back-off says of it. */
  secret: { burst: 40, rate: 1 },
  /** Beside the others, so that no storm of calls keeps a screen from following what happens. */
  stream: { burst: 300, rate: 30 },
} as const satisfies Readonly<Record<string, Allowance>>

type Kind = keyof typeof allowances

/** Leaving works at any time. */
const always: ReadonlySet<string> = new Set(['access.lock', 'access.signOut'])

const kindOf = (name: string, procedure: Procedure | undefined): Kind => {
  if (procedure?.kind === 'stream') return 'stream'
  const isSecret = procedure?.kind === 'command' && procedure.secret === true
  const isAtTheDoor = procedure?.kind === 'command' && procedure.permission === 'anyone' && name !== 'access.touch'
  return isSecret || isAtTheDoor ? 'secret' : 'call'
}

/** A bucket that fills steadily: null where one more fits, else the milliseconds until it does. */
const bucket = ({ burst, rate }: Allowance, clock: () => number) => {
  let left: number = burst
  let last = clock()
  return (): number | null => {
    const now = clock()
    left = Math.min(burst, left + ((now - last) * rate) / 1000)
    last = now
    if (left < 1) return Math.ceil(((1 - left) / rate) * 1000)
    left -= 1
    return null
  }
}

/** Takes one call of a connection, by its wire name; throws TOO_MANY_CALLS with the milliseconds to wait. */
export type CallLimit = (name: string) => Promise<void>

/** The limit of one connection; `clock` in milliseconds, and only ever forwards. */
export const createCallLimit = (clock: () => number = () => performance.now()): CallLimit => {
  const buckets = {
    call: bucket(allowances.call, clock),
    secret: bucket(allowances.secret, clock),
    stream: bucket(allowances.stream, clock),
  }
  return async (name) => {
    if (always.has(name)) return
    const kind = kindOf(name, knownProcedure(name) ?? (await findProcedure(name)))
    const waitMs = buckets[kind]()
    if (waitMs === null) return
    throw new ORPCError('TOO_MANY_CALLS', {
      status: 429,
      message: `This window asks for more than ${allowances[kind].rate} answers a second. Wait a moment, then try again.`,
      data: { details: { waitMs } },
    })
  }
}

type Arriving<T> = { readonly request: { readonly url: URL }; readonly next: () => Promise<T> }

/** The limit as the hosts' handlers of calls take it: before an input is read. `prefix` is what stands before the name. */
export const limitingCalls =
  (limit: CallLimit, prefix = '/') =>
  async <T>({ request, next }: Arriving<T>): Promise<T> => {
    await limit(request.url.pathname.slice(prefix.length).replaceAll('/', '.'))
    return await next()
  }
