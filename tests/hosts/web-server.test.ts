import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWebServer, type WebServer } from '../../electron/web/server.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'
import { type RawAnswer, sendRaw } from './raw-request.ts'

const token = 'pAGb4vIjz6Lr3xJ0m8W1cQ7yTnKeRfUhSdOaZlXtB2k'
const call = JSON.stringify({ json: { organizationId: null, idempotencyKey: null, input: {} } })

let workspace: Workspace
let server: WebServer
let folder: string

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

beforeAll(async () => {
  workspace = await openWorkspace()
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-web-'))
  const renderer = join(folder, 'renderer')
  mkdirSync(join(renderer, 'assets'), { recursive: true })
  mkdirSync(join(folder, 'renderer-other'))
  writeFileSync(join(folder, 'secret.txt'), 'SECRET')
  writeFileSync(join(folder, 'renderer-other', 'secret.txt'), 'SECRET')
  writeFileSync(
    join(renderer, 'index.html'),
    '<meta name="csp-nonce" content="__CSP_NONCE__"><title>Counterfoil</title>',
  )
  writeFileSync(join(renderer, 'assets', 'index-Vm1260lk.js'), 'export {}')
  writeFileSync(join(renderer, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  symlinkSync(join(folder, 'secret.txt'), join(renderer, 'assets', 'link.txt'))
  server = await startWebServer({
    router: workspace.core.router,
    rendererDirectory: renderer,
    port: 0,
    token,
    log: silent,
  })
})

afterAll(async () => {
  await server.close()
  await workspace.close()
  rmSync(folder, { recursive: true, force: true })
})

const get = (path: string, headers: readonly string[] = [], host = `127.0.0.1:${server.port}`): Promise<RawAnswer> =>
  sendRaw(server.port, [`GET ${path} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers])

type Post = {
  readonly path?: string
  readonly host?: string
  readonly bearer?: string | null
  readonly headers?: readonly string[]
  readonly body?: string
}

const post = ({ path = '/rpc/setup/state', host, bearer = token, headers = [], body = call }: Post = {}) =>
  sendRaw(
    server.port,
    [
      `POST ${path} HTTP/1.1`,
      `Host: ${host ?? `127.0.0.1:${server.port}`}`,
      'Connection: close',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...(bearer === null ? [] : [`Authorization: Bearer ${bearer}`]),
      ...headers,
    ],
    body,
  )

describe('a call', () => {
  it('is answered with the token', async () => {
    const { status, body } = await post()
    expect(status).toBe(200)
    expect(body).toContain('Linden Ltd')
  })

  it.each([
    ['none', null],
    ['a wrong one', 'x'.repeat(43)],
    ['the beginning of it', token.slice(0, 20)],
    ['it in other letters', token.toLowerCase()],
    ['it and more', `${token}x`],
    ['an empty one', ''],
  ])('is refused with %s as token', async (_name, bearer) => {
    const { status, body } = await post({ bearer })
    expect(status).toBe(401)
    expect(body).not.toContain('Linden')
  })

  it('is refused with the token in the address or a cookie', async () => {
    expect((await post({ bearer: null, path: `/rpc/setup/state?token=${token}` })).status).toBe(401)
    expect((await post({ bearer: null, headers: [`Cookie: token=${token}`] })).status).toBe(401)
  })

  it.each(['GET', 'PUT', 'OPTIONS', 'DELETE'])('is refused by %s, and allows no other site', async (method) => {
    const { status, headers } = await sendRaw(server.port, [
      `${method} /rpc/setup/state HTTP/1.1`,
      `Host: 127.0.0.1:${server.port}`,
      `Authorization: Bearer ${token}`,
      'Connection: close',
    ])
    expect(status).toBe(405)
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
  })

  it('of a procedure that does not exist is not found', async () => {
    expect((await post({ path: '/rpc/setup/nothing' })).status).toBe(404)
    expect((await post({ path: '/rpc/__proto__/toString' })).status).toBe(404)
  })

  it('that is nonsense is an error, not a crash', async () => {
    for (const body of ['', '{', 'null', '[]', '{"json":1}', '{"json":{},"meta":[[99,"x"]]}']) {
      expect((await post({ body })).status).toBeGreaterThanOrEqual(400)
    }
    expect((await post()).status).toBe(200)
  })
})

describe('another site', () => {
  it.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost',
    '127.0.0.1:PORT.evil.example',
    '[::1]:PORT',
    '0.0.0.0:PORT',
  ])('that makes its name %s point here gets nothing (DNS rebinding)', async (host) => {
    const named = host.replace('PORT', String(server.port))
    const answer = await post({ host: named })
    expect(answer.status).toBe(403)
    expect(answer.body).not.toContain('Linden')
    expect((await get('/', [], named)).status).toBe(403)
  })

  it('is told by its Origin', async () => {
    const origins = [
      'http://evil.example',
      'null',
      'https://127.0.0.1',
      'http://127.0.0.1:1',
      `https://127.0.0.1:${server.port}`,
    ]
    for (const origin of origins) expect((await post({ headers: [`Origin: ${origin}`] })).status).toBe(403)
    expect((await post({ headers: [`Origin: http://127.0.0.1:${server.port}`] })).status).toBe(200)
  })

  it('is told by Sec-Fetch-Site', async () => {
    for (const site of ['cross-site', 'same-site']) {
      expect((await post({ headers: [`Sec-Fetch-Site: ${site}`] })).status).toBe(403)
      expect((await get('/', [`Sec-Fetch-Site: ${site}`])).status).toBe(403)
    }
    expect((await post({ headers: ['Sec-Fetch-Site: none'] })).status).toBe(403)
    expect((await get('/', ['Sec-Fetch-Site: none'])).status).toBe(200)
    expect((await post({ headers: ['Sec-Fetch-Site: same-origin'] })).status).toBe(200)
  })

  it('is let in by a page that brings the token, to one place, which sends on', async () => {
    const from = ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate']
    const page = [...from, 'Sec-Fetch-Dest: document']
    const { status, headers, body } = await get(`/open?token=${token}`, page)
    expect(status).toBe(200)
    expect(headers).toMatchObject({ refresh: `0; url=/?token=${token}`, 'cache-control': 'no-store' })
    expect(body).not.toContain(token)
    expect((await get(`/open?token=${token}`, page, 'evil.example')).status).toBe(403)
    expect((await get(`/open?token=${token}`, [...page, 'Origin: http://evil.example'])).status).toBe(403)
    expect((await get(`/open?token=${token}`, [...from, 'Sec-Fetch-Dest: iframe'])).status).toBe(403)
    for (const path of [
      '/open',
      '/open?token=',
      `/open?token=${token}x`,
      `/?token=${token}`,
      `/open/?token=${token}`,
    ]) {
      const refused = await get(path, page)
      expect(refused.status).toBe(403)
      expect(refused.headers).not.toHaveProperty('refresh')
    }
  })

  it('may use localhost as the name', async () => {
    expect((await get('/', [], `localhost:${server.port}`)).status).toBe(200)
  })

  it('cannot connect from the network', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find((address) => !address.internal && address.family === 'IPv4')
    if (outside === undefined) return
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect(server.port, outside.address, () => resolve(true))
      socket.on('error', () => resolve(false))
    })
    expect(reached).toBe(false)
  })
})

describe('the page', () => {
  it('has a strict policy with a nonce of its own for each response', async () => {
    const [first, second] = [await get('/'), await get('/index.html')]
    const nonceOf = ({ headers }: RawAnswer) =>
      /'nonce-([\w+/=]{22,})'/.exec(headers['content-security-policy'] ?? '')?.[1]
    expect(nonceOf(first)).toBeDefined()
    expect(nonceOf(first)).not.toBe(nonceOf(second))
    expect(first.body).toContain(`content="${nonceOf(first)}"`)
    const policy = first.headers['content-security-policy'] ?? ''
    expect(policy).not.toMatch(/unsafe|\*|http/)
    for (const directive of [
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "object-src 'none'",
    ]) {
      expect(policy.split('; ')).toContain(directive)
    }
    expect(first.headers).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
  })

  it('keeps assets with a hash for ever, and nothing else', async () => {
    const hashed = await get('/assets/index-Vm1260lk.js')
    expect(hashed.status).toBe(200)
    expect(hashed.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await get('/icon.svg')).headers['cache-control']).toBe('no-cache')
  })

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/../renderer-other/secret.txt',
    '/%00',
    '/%',
    '/assets',
    '/assets/link.txt',
    '//etc/passwd',
    '/etc/passwd',
    'http://127.0.0.1/../secret.txt',
  ])('gives no file for %s', async (path) => {
    const { status, body } = await get(path)
    expect(status).toBe(404)
    expect(body).not.toContain('SECRET')
  })

  it('is read only', async () => {
    const { status } = await post({ path: '/' })
    expect(status).toBe(405)
  })
})

describe('a body', () => {
  it('above 32 MB is refused by its announced length', async () => {
    const { status } = await sendRaw(server.port, [
      'POST /rpc/setup/state HTTP/1.1',
      `Host: 127.0.0.1:${server.port}`,
      `Authorization: Bearer ${token}`,
      'Content-Type: application/json',
      `Content-Length: ${33 * 1024 * 1024}`,
      'Connection: close',
    ])
    expect(status).toBe(413)
  })

  it('above 32 MB is refused where its length was not announced', async () => {
    const size = 33 * 1024 * 1024
    const chunk = Buffer.concat([
      Buffer.from(`${size.toString(16)}\r\n`),
      Buffer.alloc(size, 0x20),
      Buffer.from('\r\n0\r\n\r\n'),
    ])
    const { status } = await sendRaw(
      server.port,
      [
        'POST /rpc/setup/state HTTP/1.1',
        `Host: 127.0.0.1:${server.port}`,
        `Authorization: Bearer ${token}`,
        'Content-Type: application/json',
        'Transfer-Encoding: chunked',
        'Connection: close',
      ],
      chunk,
    )
    expect(status).toBe(413)
    expect((await post()).status).toBe(200)
  })
})
