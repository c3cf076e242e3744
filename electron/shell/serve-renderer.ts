import type { Session } from 'electron'
import { securityHeaders } from '../content-policy.ts'
import { rendererFiles } from '../renderer-files.ts'
import { appHost, scheme } from './scheme.ts'

/** Answers app://counterfoil/ from the renderer's built files, and nothing else on that scheme. */
export const serveRenderer = (session: Session, rendererDirectory: string): void => {
  const files = rendererFiles(rendererDirectory)
  session.protocol.handle(scheme, async (request) => {
    const url = new URL(request.url)
    if (url.host !== appHost || request.method !== 'GET') {
      return new Response('Not found.', { status: 404, headers: securityHeaders })
    }
    const { status, headers, body } = await files(url.pathname)
    // A view over a plain ArrayBuffer is what Response takes; file contents always are.
    return new Response(body as Uint8Array<ArrayBuffer>, { status, headers })
  })
}
