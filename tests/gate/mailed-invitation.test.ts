import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { goodPassword, openTestGate, type TestGate } from '../support/gate.ts'
import { startSmtpServer } from '../support/smtp-server.ts'

let it: TestGate
let server: Awaited<ReturnType<typeof startSmtpServer>>

const saveAccount = () =>
  it.call('mail.saveAccount', {
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

beforeEach(async () => {
  server = await startSmtpServer()
  it = await openTestGate()
  await it.makeBusiness()
  await it.call('users.setPassword', { password: goodPassword })
})
afterEach(async () => {
  await it.close()
  await server.stop()
})

type Invited = { readonly id: string; readonly token: string | null; readonly needsCode: boolean }
const invite = (values: object = {}) =>
  it.call<Invited>('users.invite', {
    name: 'Ben Reed',
    email: 'ben@linden.example',
    role: 'staff',
    roleId: null,
    handsCode: false,
    ...values,
  })
// Long lines are folded on the way.
const lastMail = () => (server.messages.at(-1)?.raw.toString() ?? '').replaceAll('=\r\n', '')
const mailedToken = () => /((?:[0-9a-z]{4}-){12}[0-9a-z]{4})/.exec(lastMail())?.[1] ?? 'none'
const files = (directory: string): string[] =>
  readdirSync(directory, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(directory, entry.name)) : [join(directory, entry.name)],
  )

test('an invitation goes to the person by mail, and nobody else can read it', async () => {
  await saveAccount()
  expect(await it.call('users.me')).toMatchObject({ hasMailAccount: true })
  const ben = await invite()
  expect(ben).toMatchObject({ token: null, needsCode: true })
  const sent = await it.call<Record<string, unknown>>('users.mailCode', { id: ben.id })
  expect(Object.keys(sent).sort()).toEqual(['expiresAt', 'id', 'sentTo'])
  expect(sent).toMatchObject({ sentTo: 'ben@linden.example' })
  expect(server.messages.map(({ to }) => to)).toEqual([['ben@linden.example']])
  expect(lastMail()).toContain('your way into Counterfoil')
  const token = mailedToken()
  // Neither in the outbox nor in any file.
  expect(await it.call('mail.outbox')).toMatchObject({ rows: [] })
  const kept = files(it.directory).filter((file) => {
    const text = readFileSync(file)
    return text.includes(token) || text.includes(token.replaceAll('-', ''))
  })
  expect(kept).toEqual([])
  // A new one makes the one before worthless.
  await it.call('users.mailCode', { id: ben.id })
  const second = mailedToken()
  const password = 'copper 41 meadow finch'
  await expect(it.call('access.acceptToken', { token, password })).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
  expect(await it.call('access.acceptToken', { token: second, password })).toMatchObject({ next: 'open' })
  expect((await it.state()).person?.name).toBe('Ben Reed')
})

test('who has a password is mailed a reset, and keeps the password until it is used', async () => {
  await saveAccount()
  const { id } = await invite()
  await it.call('users.mailCode', { id })
  await it.call('access.acceptToken', { token: mailedToken(), password: 'copper 41 meadow finch' })
  await it.call('access.lock')
  const [ada] = (await it.state()).people
  await it.call('access.signIn', { userId: ada?.id, password: goodPassword })
  await it.call('users.mailCode', { id })
  expect(lastMail()).toContain('new password for Counterfoil')
  await it.call('access.lock')
  expect(await it.call('access.signIn', { userId: id, password: 'copper 41 meadow finch' })).toMatchObject({
    next: 'open',
  })
})

test('what cannot be sent is said, and the person can be handed the code instead', async () => {
  const { id } = await invite()
  await expect(it.call('users.mailCode', { id })).rejects.toMatchObject({
    code: 'INVALID_STATE',
    message: expect.stringContaining('no mail account'),
  })
  await saveAccount()
  server.refuse({ 'ben@linden.example': { status: 550, text: 'No such mailbox' } })
  await expect(it.call('users.mailCode', { id })).rejects.toMatchObject({
    code: 'MAIL_FAILED',
    message: expect.stringContaining('No such mailbox'),
  })
  const nameless = await invite({ name: 'Cat', email: null })
  await expect(it.call('users.mailCode', { id: nameless.id })).rejects.toMatchObject({ code: 'INVALID_STATE' })
  expect((await it.call<{ token: string }>('users.makeCode', { id })).token).toMatch(/^[0-9a-z-]{64}$/)
  const me = await it.call<{ id: string }>('users.me')
  await expect(it.call('users.mailCode', { id: me.id })).rejects.toMatchObject({ code: 'INVALID_STATE' })
})
