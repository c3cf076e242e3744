import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import { UpdateError } from './update-error.ts'

export type HandedFile = { readonly url: URL; readonly close: () => Promise<void> }

/**
 * Serves one file on loopback under a name that nobody can guess: electron-updater takes what it installs over HTTP
 * alone, and hashes it there once more against the signed manifest.
 */
export const handFile = async (path: string, name: string, size: number): Promise<HandedFile> => {
  const secret = randomBytes(24).toString('base64url')
  const server = createServer((request, response) => {
    const isAsked = request.method === 'GET' && request.url === `/${secret}/${name}`
    if (!isAsked) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': size })
    createReadStream(path)
      .on('error', () => response.destroy())
      .pipe(response)
  })
  server.listen({ host: '127.0.0.1', port: 0, exclusive: true })
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null)
    throw new UpdateError('disk', 'The new version cannot be passed on.')
  return {
    url: new URL(`http://127.0.0.1:${address.port}/${secret}/${name}`),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
