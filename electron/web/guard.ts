import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

export type Refusal = { readonly status: 401 | 403 | 405 | 413 | 415; readonly message: string }

export type GuardOptions = { readonly port: number; readonly token: string }

/** Bytes of a call at most: an attachment or an import with its base64. */
export const largestBody = 32 * 1024 * 1024

const digest = (text: string) => createHash('sha256').update(text).digest()

const hasToken = (header: string | undefined, token: string): boolean => {
  const given = /^Bearer ([\w-]+)$/.exec(header ?? '')?.[1] ?? ''
  // Hashed first: the comparison then takes the same time whatever the length and the first wrong letter.
  return timingSafeEqual(digest(given), digest(token))
}

/** Where a page of the owner's own brings the token, see open-in-browser.ts. */
export const wayIn = '/open'

/**
 * Whether a whole page is asked for at the way in, with the token. It comes from a file, which browsers count as another
 * site; whoever knows the token is none.
 */
export const isWayIn = (
  method: string | undefined,
  url: string,
  headers: IncomingHttpHeaders,
  token: string,
): boolean => {
  const [path, query] = url.split('?', 2)
  if (method !== 'GET' || path !== wayIn) return false
  if ((headers['sec-fetch-dest'] ?? 'document') !== 'document') return false
  return hasToken(`Bearer ${new URLSearchParams(query).get('token') ?? ''}`, token)
}

/**
 * Whether a request may be answered at all: null, or why not. A foreign page can reach a loopback port through a name
 * that it makes point here (DNS rebinding) or straight across sites; both show in Host, Origin and Sec-Fetch-Site.
 */
export const refuseForeign = (
  headers: IncomingHttpHeaders,
  { port, mayComeFromElsewhere = false }: Pick<GuardOptions, 'port'> & { readonly mayComeFromElsewhere?: boolean },
): Refusal | null => {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const host = headers.host ?? ''
  if (!hosts.includes(host)) return { status: 403, message: `This server answers at ${hosts[0]} only.` }
  if (headers.origin !== undefined && headers.origin !== `http://${host}`) {
    return { status: 403, message: 'Another site may not call this server.' }
  }
  const site = headers['sec-fetch-site']
  if (!mayComeFromElsewhere && site !== undefined && site !== 'same-origin' && site !== 'none') {
    return { status: 403, message: 'Another site may not call this server.' }
  }
  return null
}

// Node keeps the first of two and says nothing; what stands before it may have looked at the other.
const single: ReadonlySet<string> = new Set(['host', 'origin', 'authorization', 'sec-fetch-site', 'content-type'])

/** Whether a request names something twice that decides who it is: null, or why it is refused. */
export const refuseDouble = (rawHeaders: readonly string[]): Refusal | null => {
  const seen = new Set<string>()
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase()
    if (!single.has(name)) continue
    if (seen.has(name)) return { status: 403, message: `The header ${name} came twice.` }
    seen.add(name)
  }
  return null
}

/** Whether a call may reach the pipeline: null, or why not. */
export const refuseCall = (
  method: string | undefined,
  headers: IncomingHttpHeaders,
  options: GuardOptions,
): Refusal | null => {
  if (method !== 'POST') return { status: 405, message: 'Calls are made with POST.' }
  if (headers['sec-fetch-site'] === 'none') return { status: 403, message: 'Calls are made by the page itself.' }
  if (!hasToken(headers.authorization, options.token)) {
    return { status: 401, message: 'The token is missing or wrong. Open the address that the server printed.' }
  }
  // What a form or a script without leave can send across sites is never a call.
  if (!/^application\/json(;|$)/i.test(headers['content-type'] ?? '')) {
    return { status: 415, message: 'A call is JSON.' }
  }
  if (Number(headers['content-length'] ?? 0) > largestBody) {
    return { status: 413, message: `A call may have ${largestBody / 1024 / 1024} MB at most.` }
  }
  return null
}
