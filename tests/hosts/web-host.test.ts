import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { defaultDataDirectory } from '../../electron/data-directory.ts'
import { ensureBuilt, root } from '../../scripts/parts.ts'

type Host = { readonly child: ChildProcess; readonly said: () => string; readonly code: Promise<number | null> }

let directory: string
const children: ChildProcess[] = []

beforeAll(() => ensureBuilt())
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'counterfoil-host-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(directory, { recursive: true, force: true })
})

const start = (...parameters: readonly string[]): Host => startWith({}, '--no-open', ...parameters)

const startWith = (environment: NodeJS.ProcessEnv, ...parameters: readonly string[]): Host => {
  const child = spawn(process.execPath, [join(root, 'out/main/web-host.js'), ...parameters], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
  children.push(child)
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  child.stderr.on('data', (chunk) => chunks.push(chunk))
  const code = once(child, 'close').then(() => child.exitCode)
  return { child, said: () => Buffer.concat(chunks).toString(), code }
}

const addressOf = async (host: Host): Promise<URL> => {
  for (let waited = 0; waited < 50_000; waited += 50) {
    const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}/.exec(host.said())?.[0]
    if (address !== undefined) return new URL(address)
    if (host.child.exitCode !== null) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`no address: ${host.said()}`)
}

const takenPort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 }
}

describe('the web host', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('prints its address with a token, and ends cleanly at %s', async (signal) => {
    const host = start('--data', directory)
    const first = await addressOf(host)
    expect((await fetch(first)).status).toBe(200)
    host.child.kill(signal)
    expect(await host.code).toBe(0)
    const again = start('--data', directory)
    const second = await addressOf(again)
    expect(second.searchParams.get('token')).not.toBe(first.searchParams.get('token'))
  })

  it('keeps what it writes to the user alone', async () => {
    const host = start('--data', directory)
    await addressOf(host)
    expect(statSync(join(directory, 'logs', 'counterfoil.log')).mode & 0o077).toBe(0)
  })

  it.skipIf(process.platform !== 'linux')('opens the browser with a page of its own, not with the token', async () => {
    const programs = join(directory, 'programs')
    const told = join(directory, 'told')
    mkdirSync(programs)
    writeFileSync(join(programs, 'xdg-open'), `#!/bin/sh\necho "$*" > ${told}.part && mv ${told}.part ${told}\n`, {
      mode: 0o755,
    })
    const data = join(directory, 'data')
    const path = `${programs}:${process.env['PATH']}`
    const host = startWith({ PATH: path, DISPLAY: ':0' }, '--data', data)
    const address = await addressOf(host)
    const token = address.searchParams.get('token') ?? ''
    await expect.poll(() => existsSync(told)).toBe(true)
    const opened = readFileSync(told, 'utf8').trim()
    expect(opened).not.toContain(token)
    const page = fileURLToPath(opened)
    expect(statSync(page).mode & 0o777).toBe(0o600)
    expect(statSync(join(page, '..')).mode & 0o777).toBe(0o700)
    const leadsTo = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(readFileSync(page, 'utf8'))?.[1] ?? ''
    const answer = await fetch(leadsTo)
    expect(answer.headers.get('refresh')).toBe(`0; url=${address.pathname}${address.search}`)
    expect(existsSync(page)).toBe(false)
    // What was printed lets its reader in again.
    expect((await fetch(address)).status).toBe(200)
    host.child.kill('SIGKILL')
    await host.code
    const killed = startWith({ PATH: path, DISPLAY: ':0' }, '--data', data)
    await addressOf(killed)
    await expect.poll(() => existsSync(page)).toBe(true)
    killed.child.kill('SIGKILL')
    await killed.code
    await addressOf(start('--data', data))
    expect(existsSync(page)).toBe(false)
  })

  it('ends at a signal while a page still listens for changes', async () => {
    const host = start('--data', directory)
    const address = await addressOf(host)
    const response = await fetch(new URL('/rpc/changes/watch', address), {
      method: 'POST',
      headers: { authorization: `Bearer ${address.searchParams.get('token')}`, 'content-type': 'application/json' },
      body: '{"json":{"organizationId":null,"idempotencyKey":null,"input":{}}}',
    })
    expect(response.status).toBeLessThan(500)
    host.child.kill('SIGTERM')
    expect(await host.code).toBe(0)
    await response.body?.cancel().catch(() => undefined)
  })

  it('takes the port that it is given, and says in words that one is taken', async () => {
    const { server, port } = await takenPort()
    const refused = start('--data', directory, '--port', String(port))
    expect(await refused.code).toBe(1)
    expect(refused.said()).toBe(`Port ${port} is taken. Name another with --port, or leave it out for a free one.\n`)
    server.close()
    await once(server, 'close')
    expect((await addressOf(start('--data', directory, '--port', String(port)))).port).toBe(String(port))
  })

  it('takes the port of the last time again, and another one where that is taken', async () => {
    const first = start('--data', directory)
    const { port } = await addressOf(first)
    first.child.kill('SIGTERM')
    await first.code
    const second = start('--data', directory)
    expect((await addressOf(second)).port).toBe(port)
    second.child.kill('SIGTERM')
    await second.code
    const other = createServer().listen(Number(port), '127.0.0.1')
    await once(other, 'listening')
    const third = start('--data', directory)
    expect((await addressOf(third)).port).not.toBe(port)
    other.close()
  })

  it.each([
    [['--port', 'eighty'], '--port takes a number'],
    [['--port', '70000'], '--port takes a number'],
    [['--verbose'], "Unknown option '--verbose'"],
    [['--port'], 'argument missing'],
  ])('explains %j', async (parameters, text) => {
    const host = start('--data', directory, ...parameters)
    expect(await host.code).toBe(1)
    expect(host.said()).toContain(text)
    expect(host.said()).not.toContain('node:internal')
  })

  it('says that the data is open elsewhere', async () => {
    const first = start('--data', directory)
    await addressOf(first)
    const second = start('--data', directory)
    expect(await second.code).toBe(1)
    expect(second.said()).toContain(`already open with the data in ${directory}`)
  })

  it('says what is wrong with a data folder that it cannot use', async () => {
    const file = join(directory, 'file')
    writeFileSync(file, '')
    const onFile = start('--data', file)
    expect(await onFile.code).toBe(1)
    expect(onFile.said()).toContain('is a file')
    writeFileSync(join(directory, 'counterfoil.db'), 'x'.repeat(200))
    // What cannot be opened can still be mended: the page that does it is served.
    const onJunk = start('--data', directory)
    const address = await addressOf(onJunk)
    expect(onJunk.said()).toContain('not a Counterfoil database')
    const state = await fetch(new URL('/rpc/access/state', address), {
      method: 'POST',
      headers: { authorization: `Bearer ${address.searchParams.get('token')}`, 'content-type': 'application/json' },
      body: '{"json":{"organizationId":null,"idempotencyKey":null,"input":{}}}',
    })
    expect(await state.text()).toContain('"phase":"damaged"')
    expect(`${onFile.said()}${onJunk.said()}`).not.toContain('node:internal')
    onJunk.child.kill('SIGTERM')
    await onJunk.code
  })

  it('makes the demo company once', { timeout: 120_000 }, async () => {
    for (let run = 0; run < 2; run += 1) {
      const host = start('--data', directory, '--demo')
      const address = await addressOf(host)
      const response = await fetch(new URL('/rpc/setup/state', address), {
        method: 'POST',
        headers: { authorization: `Bearer ${address.searchParams.get('token')}`, 'content-type': 'application/json' },
        body: '{"json":{"organizationId":null,"idempotencyKey":null,"input":{}}}',
      })
      expect((await response.text()).match(/"isDemo":true/g)).toHaveLength(1)
      host.child.kill('SIGTERM')
      expect(await host.code).toBe(0)
    }
  })
})

describe('the data folder', () => {
  it('is where the platform keeps such things', () => {
    expect(defaultDataDirectory('linux', {}, '/home/ada')).toBe('/home/ada/.local/share/counterfoil')
    expect(defaultDataDirectory('linux', { XDG_DATA_HOME: '/data' }, '/home/ada')).toBe('/data/counterfoil')
    expect(defaultDataDirectory('linux', { XDG_DATA_HOME: 'relative' }, '/home/ada')).toBe(
      '/home/ada/.local/share/counterfoil',
    )
    expect(defaultDataDirectory('darwin', {}, '/Users/ada')).toBe('/Users/ada/Library/Application Support/Counterfoil')
    expect(defaultDataDirectory('win32', { APPDATA: '/roaming' }, '/ada')).toBe('/roaming/Counterfoil')
  })
})
