import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { ReleaseManifest } from '../../electron/updater/manifest.ts'
import { describeFile, signBytes } from '../../scripts/release-manifest.ts'

export type Answer = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: Uint8Array
}
export type Serve = (request: IncomingMessage, response: ServerResponse) => void

const keys = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64'),
  }
}

/** A key pair of the makers, and one of somebody else. */
export const ours = keys()
export const theirs = keys()

export const fileName = 'Counterfoil-x64.AppImage'

/** The content of a release: any bytes will do. */
export const releaseContent = (size = 200_000): Buffer =>
  Buffer.from(Array.from({ length: size }, (_, at) => (at * 31 + (at >> 8)) % 251))

/** A manifest for a file in a folder; the changes make it a bad one. */
export const manifestFor = (
  folder: string,
  content: Buffer,
  changes: Partial<ReleaseManifest> = {},
): ReleaseManifest => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, fileName), content)
  return {
    format: 1,
    product: 'counterfoil',
    version: '1.2.0',
    releasedAt: '2026-11-20T08:00:00.000Z',
    expiresAt: '2027-02-20T08:00:00.000Z',
    minimumDataVersion: 0,
    rolloutPercent: 100,
    notes: 'Quicker lists.',
    files: [describeFile(folder, fileName)],
    ...changes,
  }
}

/** A feed on this computer; `routes` may be changed while it runs. */
export const openFeed = async () => {
  const routes = new Map<string, Answer | Serve>()
  const asked: { readonly path: string; readonly range: string | undefined }[] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1)
    asked.push({ path, range: request.headers.range })
    const route = routes.get(path)
    if (route === undefined) return void response.writeHead(404).end()
    if (typeof route === 'function') return route(request, response)
    response.writeHead(route.status ?? 200, { 'content-length': route.body.length, ...route.headers }).end(route.body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    address: `http://127.0.0.1:${port}/`,
    routes,
    asked,
    /** Announces a release, signed by a key over exactly the bytes that are served. */
    announce: (manifest: unknown, { privateKey = ours.privateKey, after = (bytes: Buffer) => bytes } = {}) => {
      const bytes = Buffer.from(JSON.stringify(manifest))
      routes.set('counterfoil-updates.json', { body: after(bytes) })
      routes.set('counterfoil-updates.json.sig', { body: Buffer.from(signBytes(bytes, privateKey)) })
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export type Feed = Awaited<ReturnType<typeof openFeed>>

/** Serves a file with ranges, as a web server does; `cutAfter` bytes of an answer the line breaks, once. */
export const servingRanges = (content: Buffer, cutAfter: number | null = null): Serve => {
  let cut = cutAfter
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const rest = content.subarray(from)
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': rest.length,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
    })
    if (cut === null) return void response.end(rest)
    response.write(rest.subarray(0, cut), () => setTimeout(() => response.destroy(), 50))
    cut = null
  }
}
