import { UpdateError } from './update-error.ts'

const patience = 20_000

/** The folder of a feed as a URL: https, or loopback http where that is allowed; UpdateError for anything else. */
export const feedUrl = (address: string, allowLoopback: boolean): URL => {
  const refuse = () => new UpdateError('no-feed', 'The address for new versions is not an https address.')
  let url: URL
  try {
    url = new URL(address.endsWith('/') ? address : `${address}/`)
  } catch {
    throw refuse()
  }
  const isLoopback = url.protocol === 'http:' && url.hostname === '127.0.0.1' && allowLoopback
  if (url.protocol !== 'https:' && !isLoopback) throw refuse()
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') throw refuse()
  return url
}

export type Asked = { readonly from?: number; readonly signal?: AbortSignal }

/** Asks for a file of the feed, without following it elsewhere and without asking for it compressed. */
export const askFeed = async (feed: URL, name: string, { from = 0, signal }: Asked = {}): Promise<Response> => {
  const limit = signal ?? AbortSignal.timeout(patience)
  try {
    return await fetch(new URL(name, feed), {
      // A redirect could leave https, and would name a place that nobody chose.
      redirect: 'error',
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      headers: { 'accept-encoding': 'identity', ...(from > 0 ? { range: `bytes=${from}-` } : {}) },
      signal: limit,
    })
  } catch {
    throw new UpdateError('unreachable', 'The place for new versions did not answer. Try again when you are online.')
  }
}

/** Reads a small file of the feed whole; UpdateError where it is missing or larger than `most` bytes. */
export const readSmall = async (feed: URL, name: string, most: number): Promise<Uint8Array> => {
  const response = await askFeed(feed, name)
  if (!response.ok || response.body === null) {
    await response.body?.cancel()
    throw new UpdateError(
      'unreachable',
      `The place for new versions answered with ${response.status}. Try again later.`,
    )
  }
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of response.body) {
      size += part.byteLength
      if (size > most) throw new UpdateError('oversized', 'The notice of a new version is far too large. It was left.')
      parts.push(part)
    }
  } catch (error) {
    if (error instanceof UpdateError) throw error
    throw new UpdateError('unreachable', 'The line to the place for new versions was cut. Try again.')
  }
  return new Uint8Array(Buffer.concat(parts))
}
