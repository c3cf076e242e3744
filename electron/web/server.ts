import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/node'
import { httpWire } from '../../shared/contract/wire.ts'
import { securityHeaders } from '../content-policy.ts'
import { rendererFiles } from '../renderer-files.ts'
import { type CallLimit, createCallLimit, limitingCalls } from '../rpc/call-limit.ts'
import type { Log } from '../rpc/log.ts'
import type { RpcRouter } from '../rpc/router.ts'
import { isWayIn, largestBody, type Refusal, refuseCall, refuseDouble, refuseForeign, wayIn } from './guard.ts'

export type WebServerOptions = {
  readonly router: RpcRouter
  readonly rendererDirectory: string
  /** 0 takes a free one. */
  readonly port: number
  readonly token: string
  readonly log: Log
  /** Somebody came in by the way in: what brought them there is not needed any more. */
  readonly onEntered?: () => void
  /** How much may be asked for; the tests have a clock of their own. */
  readonly limit?: CallLimit
  /** How long a request may take to arrive, in milliseconds; the tests wait less. */
  readonly patience?: { readonly headers: number; readonly request: number }
}

export type WebServer = {
  readonly port: number
  /** The address to open, token included. */
  readonly address: string
  /** The address for a page on the disk that leads here, token included. */
  readonly wayIn: string
  readonly close: () => Promise<void>
}

// An import of it reads all that it could give, a whole client of the web with it: eleven megabytes for nothing.
const { createServer } = process.getBuiltinModule('node:http')

const refuse = (response: ServerResponse, { status, message }: Refusal) => {
  response.writeHead(status, {
    ...securityHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    Connection: 'close',
  })
  response.end(message)
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    // Loopback alone: nobody else on the network can even connect.
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })

// Not a redirect: the page after it would still count as one that came from another site, and be refused when reloaded.
const sendIn = (response: ServerResponse, token: string) => {
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    Refresh: `0; url=/?token=${token}`,
  })
  response.end('Opening Counterfoil.')
}

const sendFile = async (
  files: ReturnType<typeof rendererFiles>,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
) => {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(response, { status: 405, message: 'Files are read with GET.' })
    return
  }
  const { status, headers, body } = await files(pathname)
  response.writeHead(status, { ...headers, 'Content-Length': body.byteLength })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** Serves the renderer and its calls on 127.0.0.1; rejects with the system's error (EADDRINUSE, EACCES) if it cannot. */
export const startWebServer = async (options: WebServerOptions): Promise<WebServer> => {
  const { token, log } = options
  const files = rendererFiles(options.rendererDirectory)
  const handler = new RPCHandler(options.router, {
    ...httpWire,
    // One for all: whoever has the token counts once, however many lines they open.
    interceptors: [limitingCalls(options.limit ?? createCallLimit(), '/rpc/')],
    plugins: [new BodyLimitPlugin({ maxBodySize: largestBody })],
  })
  const patience = options.patience ?? { headers: 10_000, request: 60_000 }
  let port = options.port

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const entering = isWayIn(request.method, request.url ?? '/', request.headers, token)
    const foreign =
      refuseDouble(request.rawHeaders) ?? refuseForeign(request.headers, { port, mayComeFromElsewhere: entering })
    if (foreign !== null) return refuse(response, foreign)
    if (entering) {
      options.onEntered?.()
      return sendIn(response, token)
    }
    // Split by hand: URL would resolve `..` before the confinement could refuse it.
    const pathname = (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/'
    if (!pathname.startsWith('/rpc/')) return await sendFile(files, request, response, pathname)
    const refused = refuseCall(request.method, request.headers, { port, token })
    if (refused !== null) return refuse(response, refused)
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    response.setHeader('Cache-Control', 'no-store')
    const { matched } = await handler.handle(request, response, { prefix: '/rpc' })
    if (!matched) {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' })
      response.end('There is no such procedure.')
    }
  }

  const server = createServer(
    {
      requestTimeout: patience.request,
      headersTimeout: patience.headers,
      // Node looks only this often whether somebody sends a letter a second to keep the line open.
      connectionsCheckingInterval: Math.min(1000, patience.headers / 2),
      keepAliveTimeout: 30_000,
      maxHeaderSize: 16_384,
      insecureHTTPParser: false,
    },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        log.error({ error, url: request.url?.split('?', 1)[0] }, 'a request failed')
        if (response.headersSent) response.destroy()
        else response.writeHead(500, { ...securityHeaders, 'Content-Type': 'text/plain' }).end('Something went wrong.')
      })
    },
  )
  port = await listen(server, options.port)
  return {
    port,
    address: `http://127.0.0.1:${port}/?token=${token}`,
    wayIn: `http://127.0.0.1:${port}${wayIn}?token=${token}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
