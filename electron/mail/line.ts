import type { LookupAddress } from 'node:dns'
import { lookup as systemLookup } from 'node:dns/promises'
import net, { isIP, type LookupFunction } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { MailOptions, MailTimeouts, SmtpAccount } from './account.ts'
import { isLoopbackHost } from './address.ts'
import { fromConnect, fromLookup, timeout } from './line-failures.ts'
import { MailError } from './mail-error.ts'
import type { FailureContext } from './smtp-failures.ts'

/** Longest wait for one of several addresses of a host before the next is tried. */
const ATTEMPT_MS = 1000

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) {
    const codes = error.errors.map(codeOf)
    return (
      codes.find((code) => code === 'ECONNREFUSED') ??
      codes.find((code) => code === 'ETIMEDOUT') ??
      codes[0] ??
      'unknown'
    )
  }
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}

function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((list) => list?.some((one) => !one.internal))
}

async function within<T>(work: Promise<T>, ms: number, late: () => MailError): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}

/** Looks up the addresses of the account's host with the system's own resolver (hosts file and VPN included). */
async function resolveHost(
  account: SmtpAccount,
  options: MailOptions,
  context: FailureContext,
): Promise<readonly LookupAddress[]> {
  const family = isIP(account.host)
  if (family !== 0) return [{ address: account.host, family }]
  const lookup = options.lookup ?? ((host: string) => systemLookup(host, { all: true }))
  try {
    return await lookup(account.host)
  } catch (error) {
    throw fromLookup(codeOf(error), context, (options.hasNetwork ?? hasNetwork)())
  }
}

function connect(
  account: SmtpAccount,
  addresses: readonly LookupAddress[],
  ms: number,
  context: FailureContext,
): Promise<net.Socket> {
  const [first] = addresses
  if (first === undefined) return Promise.reject(fromLookup('ENOTFOUND', context, true))
  const lookup: LookupFunction = (_host, wanted, done) => {
    if (wanted.all === true) done(null, [...addresses])
    else done(null, first.address, first.family)
  }
  return new Promise((resolve, reject) => {
    const socket = net.connect({
      host: account.host,
      port: account.port,
      lookup,
      autoSelectFamily: addresses.length > 1,
      autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
    })
    const fail = (error: MailError) => {
      clearTimeout(timer)
      socket.destroy()
      reject(error)
    }
    const timer = setTimeout(() => fail(timeout('connect', context)), ms)
    const onError = (error: Error) => fail(fromConnect(codeOf(error), context))
    socket.on('error', onError)
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.off('error', onError)
      resolve(socket)
    })
  })
}

/** Opens the TCP line to the account's server; throws MailError with step 'resolve' or 'connect'. */
export async function openLine(
  account: SmtpAccount,
  options: MailOptions,
  limits: MailTimeouts,
  context: FailureContext,
): Promise<net.Socket> {
  const addresses = await within(resolveHost(account, options, context), limits.connection, () =>
    timeout('resolve', context),
  )
  const socket = await connect(account, addresses, limits.connection, context)
  const mustStay = account.security === 'none' && account.allowInsecure !== true
  if (mustStay && !isLoopbackHost(socket.remoteAddress ?? '')) {
    socket.destroy()
    throw new MailError({
      code: 'tls-unavailable',
      step: 'connect',
      permanent: true,
      message: `${account.host} is not this computer, so mail to it must be encrypted. Choose TLS or STARTTLS.`,
    })
  }
  return socket
}
