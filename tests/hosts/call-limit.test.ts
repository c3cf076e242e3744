import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allowances, type CallLimit, createCallLimit } from '../../electron/rpc/call-limit.ts'
import { servePort } from '../../electron/shell/serve-port.ts'
import { startWebServer } from '../../electron/web/server.ts'
import { httpWire, portWire } from '../../shared/contract/wire.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const atHand = () => {
  let time = 0
  return { clock: () => time, wait: (milliseconds: number) => (time += milliseconds) }
}

/** So many calls in one moment of the limit, whose clock stands: not more under way at a time than the line carries. */
const storm = async (times: number, ask: () => Promise<unknown> | undefined) => {
  const outcomes: PromiseSettledResult<unknown>[] = []
  while (outcomes.length < times) {
    const next = Math.min(100, times - outcomes.length)
    outcomes.push(...(await Promise.allSettled(Array.from({ length: next }, ask))))
  }
  return outcomes
}

/** How many of so many calls at once are let through. */
const letThrough = async (limit: CallLimit, name: string, times: number): Promise<number> => {
  const outcomes = await Promise.allSettled(Array.from({ length: times }, () => limit(name)))
  return outcomes.filter(({ status }) => status === 'fulfilled').length
}

const most = allowances.call.burst

describe('the limit of a connection', () => {
  it('lets a burst through, then as many as its rate, and never saves up more than a burst', async () => {
    const { clock, wait } = atHand()
    const limit = createCallLimit(clock)
    expect(await letThrough(limit, 'clients.list', most + 500)).toBe(most)
    wait(100)
    expect(await letThrough(limit, 'clients.list', 100)).toBe(allowances.call.rate / 10)
    wait(3_600_000)
    expect(await letThrough(limit, 'clients.list', most + 500)).toBe(most)
  })

  it('says in words how long to wait, and that much is enough', async () => {
    const { clock, wait } = atHand()
    const limit = createCallLimit(clock)
    await letThrough(limit, 'clients.list', most)
    const refusal: unknown = await limit('clients.list').catch((error: unknown) => error)
    expect(refusal).toMatchObject({
      code: 'TOO_MANY_CALLS',
      message: expect.stringContaining('Wait a moment'),
      data: { details: { waitMs: 1000 / allowances.call.rate } },
    })
    wait(1000 / allowances.call.rate)
    await limit('clients.list')
  })

  it('is no way to try words faster: what takes a secret has one of its own', async () => {
    const limit = createCallLimit(atHand().clock)
    expect(await letThrough(limit, 'access.signIn', 500)).toBe(allowances.secret.burst)
    for (const name of ['access.signInWithPin', 'access.recover', 'users.setPassword', 'mfa.confirmTotp']) {
      expect(await letThrough(limit, name, 1), name).toBe(0)
    }
    expect(await letThrough(limit, 'clients.list', 1)).toBe(1)
    expect(await letThrough(limit, 'access.touch', 100)).toBe(100)
  })

  it('never keeps anybody from leaving, nor a screen from following what happens', async () => {
    const limit = createCallLimit(atHand().clock)
    await letThrough(limit, 'clients.list', most + 1)
    await letThrough(limit, 'access.signIn', 100)
    expect(await letThrough(limit, 'access.lock', 5000)).toBe(5000)
    expect(await letThrough(limit, 'access.signOut', 5000)).toBe(5000)
    expect(await letThrough(limit, 'changes.watch', 50)).toBe(50)
    expect(await letThrough(limit, 'access.watch', 50)).toBe(50)
  })

  it('counts names that there are not', async () => {
    const limit = createCallLimit(atHand().clock)
    expect(await letThrough(limit, 'nothing.ofTheKind', most + 5)).toBe(most)
    expect(await letThrough(limit, '__proto__.toString', 5)).toBe(0)
  })
})

type Calls = Readonly<
  Record<string, Readonly<Record<string, (input: unknown, options?: { signal: AbortSignal }) => Promise<unknown>>>>
>
const envelope = { organizationId: null, branchId: null, idempotencyKey: null, input: {} }
const token = 'pAGb4vIjz6Lr3xJ0m8W1cQ7yTnKeRfUhSdOaZlXtB2k'
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

const hosts = {
  'the web host': async ({ core, directory }: Workspace, limit: CallLimit) => {
    const rendererDirectory = join(directory, 'files')
    const { port, close } = await startWebServer({
      router: core.router,
      rendererDirectory,
      port: 0,
      token,
      log: silent,
      limit,
    })
    const headers = { authorization: `Bearer ${token}` }
    return { link: new FetchLink({ url: `http://127.0.0.1:${port}/rpc`, headers, ...httpWire }), close }
  },
  'the port of a window': ({ core }: Workspace, limit: CallLimit) => {
    const { port1, port2 } = new MessageChannel()
    servePort(core.router, port1, limit)
    port2.start()
    return { link: new PortLink({ port: port2, ...portWire }), close: () => port1.close() }
  },
}

describe.each(Object.entries(hosts))('over %s', (_name, open) => {
  const { clock, wait } = atHand()
  let workspace: Workspace
  let close: () => unknown
  let calls: Calls

  beforeAll(async () => {
    workspace = await openWorkspace()
    const opened = await open(workspace, createCallLimit(clock))
    close = opened.close
    // The client has the shape of the router; a test names its calls by text.
    calls = createORPCClient(opened.link) as unknown as Calls
  })
  afterAll(async () => {
    await close()
    await workspace.close()
  })

  it('a storm is refused in words and does no harm to what came before or comes after', async () => {
    const ask = () => calls['setup']?.['state']?.(envelope)
    const following = new AbortController()
    const changes = await calls['changes']?.['watch']?.(envelope, { signal: following.signal })
    expect(changes).toHaveProperty('next')
    const outcomes = await storm(most + 50, ask)
    const refused = outcomes.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(50)
    expect(refused[0]).toMatchObject({
      reason: { code: 'TOO_MANY_CALLS', data: { details: { waitMs: 1000 / allowances.call.rate } } },
    })
    // A stream begins and ends as ever.
    expect(await calls['changes']?.['watch']?.(envelope, { signal: following.signal })).toHaveProperty('next')
    following.abort()
    wait(1000)
    await expect(ask()).resolves.toBeDefined()
  })
})
