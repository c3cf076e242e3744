import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWebServer, type WebServer } from '../../electron/web/server.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'
import { sendRaw } from './raw-request.ts'

// Beside tests/hosts/web-server.test.ts: what a foreign page can send without asking, and what breaks other servers.

const token = 'pAGb4vIjz6Lr3xJ0m8W1cQ7yTnKeRfUhSdOaZlXtB2k'
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const call = JSON.stringify({ json: { organizationId: null, idempotencyKey: null, input: {} } })

let workspace: Workspace
let server: WebServer
const errors: unknown[] = []

beforeAll(async () => {
  workspace = await openWorkspace()
  server = await startWebServer({
    router: workspace.core.router,
    rendererDirectory: join(workspace.directory, 'files'),
    port: 0,
    token,
    log: { ...silent, error: (fields) => errors.push(fields) },
    patience: { headers: 700, request: 1500 },
  })
})
afterAll(async () => {
  await server.close()
  await workspace.close()
})

const host = () => `Host: 127.0.0.1:${server.port}`
const alive = async () => {
  const { status } = await sendRaw(
    server.port,
    [
      'POST /rpc/setup/state HTTP/1.1',
      host(),
      'Connection: close',
      'Content-Type: application/json',
      `Authorization: Bearer ${token}`,
      `Content-Length: ${Buffer.byteLength(call)}`,
    ],
    call,
  )
  expect(status).toBe(200)
}

/** Writes pieces to one connection and gives all that comes back until it closes. */
const talk = (pieces: readonly (string | number)[], milliseconds = 5000): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1')
    let said = ''
    const timer = setTimeout(() => socket.destroy(), milliseconds)
    socket.on('data', (chunk) => (said += chunk.toString('latin1')))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(said)
    })
    const next = (index: number): void => {
      const piece = pieces[index]
      if (piece === undefined || socket.destroyed) return
      if (typeof piece === 'number') return void setTimeout(() => next(index + 1), piece)
      socket.write(piece, () => next(index + 1))
    }
    next(0)
  })

const statuses = (said: string) => [...said.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status))
const bearer = () => `Authorization: Bearer ${token}`

describe('a foreign page that sends without asking', () => {
  // Forms, images, no-cors fetches and beacons carry no header of their own choice, and one of three kinds of body.
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain;charset=UTF-8',
    'application/json',
  ])('a body of %s without the token is refused', async (type) => {
    for (const more of [
      [],
      ['Origin: null'],
      ['Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Site: cross-site'],
      ['Cookie: token=x', `Referer: http://127.0.0.1:${server.port}/?token=${token}`],
    ]) {
      const { status, body } = await sendRaw(
        server.port,
        [
          'POST /rpc/setup/state HTTP/1.1',
          host(),
          'Connection: close',
          `Content-Type: ${type}`,
          `Content-Length: ${Buffer.byteLength(call)}`,
          ...more,
        ],
        call,
      )
      expect([401, 403]).toContain(status)
      expect(body).not.toContain('Linden')
    }
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    '',
  ])('a body of %j is no call, even with the token', async (type) => {
    const { status } = await sendRaw(
      server.port,
      [
        'POST /rpc/setup/state HTTP/1.1',
        host(),
        'Connection: close',
        bearer(),
        ...(type === '' ? [] : [`Content-Type: ${type}`]),
        `Content-Length: ${Buffer.byteLength(call)}`,
      ],
      call,
    )
    expect(status).toBe(415)
  })

  it('asks first where it would send a header, and is told nothing', async () => {
    const { status, headers } = await sendRaw(server.port, [
      'OPTIONS /rpc/setup/state HTTP/1.1',
      host(),
      'Connection: close',
      'Origin: http://evil.example',
      'Access-Control-Request-Method: POST',
      'Access-Control-Request-Headers: authorization',
      'Access-Control-Request-Private-Network: true',
    ])
    expect(status).toBe(403)
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('reads no answer into a page of its own: each one forbids it', async () => {
    const { headers } = await sendRaw(server.port, ['GET /nothing HTTP/1.1', host(), 'Connection: close'])
    expect(headers).toMatchObject({
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
  })

  it.each([
    'Origin: http://127.0.0.1:PORT@evil.example',
    'Origin: http://127.0.0.1:PORT.evil.example',
    'Origin: HTTP://127.0.0.1:PORT',
    'Origin: http://127.0.0.1:PORT/',
    'Origin: http://127.0.0.1:PORT, http://evil.example',
    'Origin: chrome-extension://abc',
    'Origin: file://',
    'Sec-Fetch-Site: same-origin, cross-site',
    'Sec-Fetch-Site: x',
  ])('with %s is refused', async (header) => {
    const { status } = await sendRaw(
      server.port,
      [
        'POST /rpc/setup/state HTTP/1.1',
        host(),
        'Connection: close',
        bearer(),
        'Content-Type: application/json',
        header.replace('PORT', String(server.port)),
        `Content-Length: ${Buffer.byteLength(call)}`,
      ],
      call,
    )
    expect(status).toBe(403)
  })

  it('with two Host headers, or none, is refused', async () => {
    expect(
      statuses(await talk([`GET / HTTP/1.1\r\n${host()}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`])),
    ).not.toContain(200)
    expect(statuses(await talk(['GET / HTTP/1.1\r\nConnection: close\r\n\r\n']))).not.toContain(200)
    expect(statuses(await talk(['GET / HTTP/1.0\r\n\r\n']))).not.toContain(200)
    expect(
      statuses(await talk([`GET http://evil.example/ HTTP/1.1\r\n${host()}\r\nConnection: close\r\n\r\n`])),
    ).not.toContain(200)
  })
})

describe('a method', () => {
  it.each(['TRACE', 'TRACK', 'CONNECT', 'PROPFIND', 'PATCH', 'DELETE'])(
    '%s is refused, and echoes nothing',
    async (method) => {
      const target = method === 'CONNECT' ? '127.0.0.1:22' : '/'
      const said = await talk(
        [`${method} ${target} HTTP/1.1\r\n${host()}\r\nX-Secret: echo-me\r\nConnection: close\r\n\r\n`],
        2000,
      )
      expect(said).not.toContain('echo-me')
      for (const status of statuses(said)) expect(status).toBeGreaterThanOrEqual(400)
    },
  )

  it('cannot become another line of work by an upgrade', async () => {
    const said = await talk(
      [
        `GET /rpc/changes/watch HTTP/1.1\r\n${host()}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      ],
      1000,
    )
    expect(statuses(said)).not.toContain(101)
    const plain = await talk(
      [
        `GET / HTTP/1.1\r\n${host()}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n`,
      ],
      1000,
    )
    expect(statuses(plain)).not.toContain(101)
  })
})

describe('a request inside a request', () => {
  const inner = () => `POST /rpc/setup/state HTTP/1.1\r\n${host()}\r\n\r\n`

  it.each<[string, () => string]>([
    [
      'with a length and chunks',
      () =>
        `POST /rpc/setup/state HTTP/1.1\r\n${host()}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner()}`,
    ],
    [
      'with two lengths',
      () => `POST /rpc/setup/state HTTP/1.1\r\n${host()}\r\nContent-Length: 0\r\nContent-Length: 50\r\n\r\n${inner()}`,
    ],
    [
      'with chunks spelt twice',
      () =>
        `POST /rpc/setup/state HTTP/1.1\r\n${host()}\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${inner()}`,
    ],
    [
      'with chunks in disguise',
      () => `POST /rpc/setup/state HTTP/1.1\r\n${host()}\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner()}`,
    ],
    [
      'with a space before the colon',
      () => `POST /rpc/setup/state HTTP/1.1\r\n${host()}\r\nContent-Length : 4\r\n\r\nxxxx${inner()}`,
    ],
    [
      'with a header on two lines',
      () => `POST /rpc/setup/state HTTP/1.1\r\n${host()}\r\nX: a\r\n Content-Length: 4\r\n\r\n${inner()}`,
    ],
    [
      'with a negative length',
      () => `POST /rpc/setup/state HTTP/1.1\r\n${host()}\r\nContent-Length: -1\r\n\r\n${inner()}`,
    ],
    [
      'with a length that is no number',
      () => `POST /rpc/setup/state HTTP/1.1\r\n${host()}\r\nContent-Length: 4, 5\r\n\r\n${inner()}`,
    ],
    [
      'with a chunk that lies',
      () => `POST /rpc/setup/state HTTP/1.1\r\n${host()}\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n${inner()}`,
    ],
    ['with bare line feeds', () => `POST /rpc/setup/state HTTP/1.1\n${host()}\nContent-Length: 0\n\n${inner()}`],
  ])('%s is one refusal, and the line is closed', async (_name, make) => {
    const found = statuses(await talk([make()], 2000))
    expect(found.length).toBeLessThanOrEqual(1)
    for (const status of found) expect(status).toBeGreaterThanOrEqual(400)
    await alive()
  })

  it('behind a refusal is not read: the line is closed after each', async () => {
    const found = statuses(
      await talk(
        [
          `POST /rpc/setup/state HTTP/1.1\r\n${host()}\r\nContent-Length: ${inner().length}\r\n\r\n${inner()}${inner()}`,
        ],
        2000,
      ),
    )
    expect(found).toEqual([401])
  })
})

describe('too much', () => {
  it('of headers is refused by size and by number', async () => {
    const long = await sendRaw(server.port, ['GET / HTTP/1.1', host(), 'Connection: close', `X: ${'x'.repeat(20_000)}`])
    expect(long.status).toBe(431)
    const many = await sendRaw(server.port, [
      'GET / HTTP/1.1',
      host(),
      'Connection: close',
      ...Array.from({ length: 3000 }, (_, at) => `X${at}: 1`),
    ])
    expect(many.status).toBe(431)
    await alive()
  })

  it('of an address is refused', async () => {
    const { status } = await sendRaw(server.port, [`GET /${'x'.repeat(20_000)} HTTP/1.1`, host(), 'Connection: close'])
    expect(status).toBe(431)
  })

  it('of time for the headers ends the line', async () => {
    const started = performance.now()
    const pieces = Array.from({ length: 100 }, (_, at) => [`X${at}: 1\r\n`, 100]).flat()
    const said = await talk([`GET / HTTP/1.1\r\n${host()}\r\n`, ...pieces], 8000)
    expect(performance.now() - started).toBeLessThan(6000)
    expect(statuses(said)).not.toContain(200)
    await alive()
  })

  it('of time for the body ends the line', async () => {
    const started = performance.now()
    const pieces = Array.from({ length: 100 }, () => ['x', 100]).flat()
    const said = await talk(
      [
        `POST /rpc/setup/state HTTP/1.1\r\n${host()}\r\n${bearer()}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n`,
        ...pieces,
      ],
      8000,
    )
    expect(performance.now() - started).toBeLessThan(7000)
    expect(statuses(said)).not.toContain(200)
    await alive()
  })

  it('of nesting in a body is an error in words', async () => {
    const deep = `{"json":{"organizationId":null,"idempotencyKey":null,"input":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`
    const { status } = await sendRaw(
      server.port,
      [
        'POST /rpc/setup/state HTTP/1.1',
        host(),
        'Connection: close',
        bearer(),
        'Content-Type: application/json',
        `Content-Length: ${deep.length}`,
      ],
      deep,
    )
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    await alive()
  })

  it('of anything before was no fault that had to be logged', () => expect(errors).toEqual([]))
})

describe('a path', () => {
  it.each([
    '/%252e%252e/secret.txt',
    '/%2e%2e%2f%2e%2e%2fetc/passwd',
    '/.%2e/x',
    '/..%c0%af..%c0%afetc/passwd',
    '/..%ef%bc%8f..%ef%bc%8fetc/passwd',
    '/%2e%2e%5c%2e%2e%5cx',
    '/a/%00.js',
    '/\\..\\..\\etc\\passwd',
    '/C:/windows/win.ini',
    '/%43%3a/x',
    '/file:/etc/passwd',
    '/;/../etc/passwd',
    '/../counterfoil.db',
    '/secrets/',
    '/logs/counterfoil.log',
    '/~root',
    '/rpc',
    '/rpc/',
    '/RPC/setup/state',
    '//evil.example/%2e%2e',
  ])('%s gives no file and goes nowhere else', async (path) => {
    const { status, headers, body } = await sendRaw(server.port, [`GET ${path} HTTP/1.1`, host(), 'Connection: close'])
    expect(status).toBeGreaterThanOrEqual(400)
    expect(headers['location']).toBeUndefined()
    expect(body).not.toContain('root:')
  })
})
