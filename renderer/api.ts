import { ORPCError } from '@orpc/client'
import type { CallOptions, Client, Envelope } from '../shared/contract/index.ts'
import { AppError, type FieldErrors, isErrorCode } from '../shared/errors.ts'
import { currentLink, setConnection, useConnection } from './connection.ts'
import { newId } from './ids.ts'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

let organizationId: string | null = null

/** The organization that every following call acts in. */
export const setOrganizationId = (id: string | null): void => {
  organizationId = id
}

export const currentOrganizationId = (): string | null => organizationId

let asOf: string | null = null

/** The view into the past that every following call is to be answered from; null for the present. */
export const setAsOf = (id: string | null): void => {
  asOf = id
}

export const currentAsOf = (): string | null => asOf

let onPastClosed: (() => void) | null = null

/** Who goes back to now where the view into the past is there no more. */
export const setPastCloser = (closer: (() => void) | null): void => {
  onPastClosed = closer
}

const isPastClosed = ({ details }: AppError): boolean => isRecord(details) && details['past'] === 'closed'

let branchId: string | null = null

/** The branch that every following call is made at; null is the whole business, or where the caller belongs. */
export const setBranchId = (id: string | null): void => {
  branchId = id
}

export const currentBranchId = (): string | null => branchId

let prove: (() => Promise<boolean>) | null = null

/** Who asks for the password where a call needs it again: true lets the call go on. */
export const setProver = (prover: (() => Promise<boolean>) | null): void => {
  prove = prover
}

const fieldsOf = (data: unknown): FieldErrors | undefined => {
  if (!isRecord(data) || !isRecord(data['fields'])) return undefined
  return Object.fromEntries(Object.entries(data['fields']).map(([path, text]) => [path, String(text)]))
}

/** What the server threw as an AppError again; null for anything that did not come from it: the line is cut. */
const answeredError = (thrown: unknown): AppError | null => {
  if (thrown instanceof AppError) return thrown
  if (!(thrown instanceof ORPCError)) return null
  const code = isErrorCode(thrown.code) ? thrown.code : 'UNEXPECTED'
  const fields = fieldsOf(thrown.data)
  const details: unknown = isRecord(thrown.data) ? thrown.data['details'] : undefined
  return new AppError(code, thrown.message, {
    ...(fields === undefined ? {} : { fields }),
    ...(details === undefined ? {} : { details }),
  })
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

// A moment is waited out, nobody sits before a screen for longer without a word.
const longestHold = 1000

const waitOf = ({ details }: AppError): number | null => {
  const waitMs = isRecord(details) ? details['waitMs'] : null
  return typeof waitMs === 'number' && waitMs <= longestHold ? waitMs : null
}

const patience = [200, 400, 800, 1500, 3000, 5000, 5000, 5000, 5000, 5000]

/**
 * Calls a procedure by name. A cut line is waited for and the call repeated with the same key, which makes a repeated
 * command harmless; after half a minute it gives up with STORAGE_UNAVAILABLE. Throws AppError and nothing else.
 */
export const call = async (
  feature: string,
  procedure: string,
  input: unknown,
  options: CallOptions = {},
): Promise<unknown> => {
  const envelope: Envelope = {
    organizationId,
    // Which branches there are is asked from outside of them: the one that was chosen may be closed by now.
    branchId: feature === 'branches' ? null : branchId,
    idempotencyKey: options.idempotencyKey ?? newId(),
    asOf,
    input: input ?? {},
  }
  const signal = options.signal instanceof AbortSignal ? options.signal : undefined
  for (const wait of [...patience, null]) {
    try {
      const link = currentLink()
      const answer = await link.call([feature, procedure], envelope, { context: {}, ...(signal ? { signal } : {}) })
      setConnection('live')
      return answer
    } catch (thrown) {
      const answered = answeredError(thrown)
      if (answered !== null) {
        setConnection('live')
        if (isPastClosed(answered)) onPastClosed?.()
        const held = answered.code === 'TOO_MANY_CALLS' ? waitOf(answered) : null
        if (held !== null && wait !== null) {
          await pause(Math.max(held, wait))
          continue
        }
        if (answered.code !== 'REAUTHENTICATE' || prove === null) throw answered
        if (!(await prove())) throw new AppError('CANCELLED', 'Nothing was changed.')
        continue
      }
      if (signal?.aborted) throw new AppError('CANCELLED', 'This was cancelled.')
      setConnection('reconnecting')
      if (wait !== null) await pause(wait)
    }
  }
  throw new AppError('STORAGE_UNAVAILABLE', 'The app does not answer. What you typed is still here.')
}

/** Whether the host refused this page for good: it has no valid token. */
export const isRefused = (): boolean => useConnection.getState().state === 'refused'

const feature = (name: string) =>
  new Proxy(
    {},
    {
      get: (_, procedure) => (input: unknown, options?: CallOptions) => call(name, String(procedure), input, options),
    },
  )

const features = new Map<string, object>()

/** The whole API, typed by the contract: `api.invoices.issue({ id, version }, { signal })`. */
// The proxy makes each member on demand; the contract's type says which exist.
export const api = new Proxy({} as Client, {
  get: (_, name) => {
    const key = String(name)
    const known = features.get(key) ?? feature(key)
    features.set(key, known)
    return known
  },
})
