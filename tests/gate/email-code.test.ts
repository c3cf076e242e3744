import { afterEach, beforeEach, expect, test } from 'vitest'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'
import { startSmtpServer } from '../support/smtp-server.ts'

let it: TestGate
let server: Awaited<ReturnType<typeof startSmtpServer>>

beforeEach(async () => {
  server = await startSmtpServer()
  it = await openTestGate()
  await it.makeBusiness()
  await it.call('users.setPassword', { password: goodPassword })
  const me = await it.call<{ version: number; name: string; color: string | null }>('users.me')
  await it.call('users.updateMe', { version: me.version, name: me.name, email: 'ada@linden.example', color: me.color })
  await it.call('mail.saveAccount', {
    fromName: 'Linden Ltd',
    fromAddress: 'office@linden.example',
    replyTo: null,
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    userName: null,
    password: null,
    version: null,
  })
})
afterEach(async () => {
  await it.close()
  await server.stop()
})

const mailedCode = () => /is (\d{6})/.exec(server.messages.at(-1)?.raw.toString() ?? '')?.[1] ?? 'none'

test('a code by mail is the second proof: asked for, good once, and never in the outbox', async () => {
  expect(await it.call('mfa.beginEmail')).toEqual({ address: 'ada@linden.example' })
  await expect(it.call('mfa.confirmEmail', { code: '000000' })).rejects.toMatchObject({ code: 'VALIDATION' })
  const { recoveryCodes } = await it.call<{ recoveryCodes: string[] }>('mfa.confirmEmail', { code: mailedCode() })
  expect(recoveryCodes).toHaveLength(10)
  expect(await it.call('mail.outbox')).toMatchObject({ rows: [] })
  await it.call('access.lock')
  const userId = (await it.state()).people[0]?.id
  const signIn = (code: string | null) => it.call('access.signIn', { userId, password: goodPassword, code })
  expect(await signIn(null)).toEqual({ next: 'code', methods: ['email', 'recovery-code'] })
  expect((await it.state()).person).toBeNull()
  await expect(it.call('access.sendEmailCode', { userId, password: 'not this one' })).rejects.toMatchObject({
    code: 'SIGN_IN_FAILED',
  })
  it.clock.advance(31_000)
  const before = server.messages.length
  await it.call('access.sendEmailCode', { userId, password: goodPassword })
  expect(server.messages).toHaveLength(before + 1)
  await expect(it.call('access.sendEmailCode', { userId, password: goodPassword })).rejects.toMatchObject({
    message: expect.stringContaining('wait'),
    // The page then takes the one that was sent, and does not stop at the refusal.
    details: { codeSent: true },
  })
  const code = mailedCode()
  expect(await signIn(code)).toEqual({ next: 'open', methods: [] })
  await it.call('access.lock')
  await expect(signIn(code)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
  expect(await signIn(recoveryCodes[0] ?? '')).toMatchObject({ next: 'open' })
  await it.call('access.lock')
  await expect(signIn(recoveryCodes[0] ?? '')).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
})

test('a mailed code is worth nothing after ten minutes', async () => {
  await it.call('mfa.beginEmail')
  it.clock.advance(10 * 60_000 + 1000)
  await expect(it.call('mfa.confirmEmail', { code: mailedCode() })).rejects.toMatchObject({ code: 'VALIDATION' })
})

test('where codes are asked for, those by mail are enough', async () => {
  const rules = { sessionDays: 7, idleMinutes: 15, adminIdleMinutes: 5, secondFactor: 'everybody' }
  await it.call('security.setSettings', rules)
  await it.call('access.lock')
  const userId = (await it.state()).people[0]?.id
  await it.call('access.signIn', { userId, password: goodPassword })
  expect(await it.state()).toMatchObject({ owes: { what: 'second-factor', byMail: true } })
  await it.call('mfa.beginEmail')
  await it.call('mfa.confirmEmail', { code: mailedCode() })
  expect(await it.state()).toMatchObject({ owes: null })
  expect(await it.call('setup.state')).toMatchObject({ organizations: [{ name: 'Linden Ltd' }] })
})
