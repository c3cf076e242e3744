import { v7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { coreProcedures } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import { type Permission, permissions, rolePermissions, roles } from '../../shared/permissions.ts'
import { contentFor, makeClient, makeInvoice, makeQuote } from '../support/factories.ts'
import { beside, takeRole, withPassword } from '../support/people.ts'
import { validInputs } from '../support/valid-inputs.ts'
import { openWorkspace } from '../support/workspace.ts'

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'none'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

describe('who may call what', () => {
  test('every procedure names a permission that there is', () => {
    const unknown = [...coreProcedures].filter(([, { permission }]) => !permissions.includes(permission))
    expect(unknown).toEqual([])
  })

  test.each(roles)('a %s may call what the role says, and nothing else', async (role) => {
    const own = await openWorkspace()
    await takeRole(own, role)
    for (const [name, { permission }] of coreProcedures) {
      // Nobody reads the input of a caller who may not call: null is refused by every schema.
      const expected = rolePermissions[role].has(permission) ? 'VALIDATION' : 'FORBIDDEN'
      expect(`${name} ${await codeOf(own.callRaw(name, null))}`).toBe(`${name} ${expected}`)
    }
    await own.close()
  })

  test.each(['clients.read', 'users.manage'] as const)(
    'an own role of %s may call that and what everybody may, and nothing else',
    async (own) => {
      const workspace = await openWorkspace()
      const { id } = await workspace.call('roles.create', { name: 'Clerk', permissions: [own] })
      await takeRole(workspace, 'staff', id)
      for (const [name, { permission }] of coreProcedures) {
        const expected = permission === own || permission === 'workspace' ? 'VALIDATION' : 'FORBIDDEN'
        expect(`${name} ${await codeOf(workspace.callRaw(name, null))}`).toBe(`${name} ${expected}`)
      }
      await workspace.close()
    },
  )

  test('nobody signed in may call nothing at all', async () => {
    const workspace = await openWorkspace()
    await withPassword(workspace)
    await workspace.core.identity.leave('signed-out')
    for (const [name] of coreProcedures) {
      expect(`${name} ${await codeOf(workspace.callRaw(name, {}))}`).toBe(`${name} LOCKED`)
    }
    await workspace.close()
  })

  test('what turns up beside other things is what the role includes', async () => {
    const workspace = await openWorkspace({ jobs: true })
    const clientId = await makeClient(workspace, 'Rosewood Bakery')
    const invoice = await makeInvoice(workspace, clientId)
    const attach = { fileName: 'order.txt', content: new TextEncoder().encode('Rosewood') }
    const file = await workspace.call('attachments.add', { entity: 'invoice', entityId: invoice.id, ...attach })
    const own = await workspace.call('attachments.add', { entity: 'client', entityId: clientId, ...attach })
    // Past the day on which it was due.
    for (const days of [30, 1, 1]) {
      workspace.clock.advance(days * 86_400_000)
      await workspace.core.settle()
    }
    const seen = async () => ({
      found: (await workspace.call('search.find', { text: 'Rosewood' })).map(({ kind }) => kind).sort(),
      numbered: (await workspace.call('search.find', { text: invoice.number })).length,
      happened: [...new Set((await workspace.call('activity.list', {})).rows.map(({ entity }) => entity))].sort(),
      told: (await workspace.call('notifications.list', {})).rows.map(({ kind }) => kind),
      files: (await workspace.call('attachments.list', { entityId: invoice.id })).length,
    })
    expect(await seen()).toEqual({
      found: ['client', 'invoice'],
      numbered: 1,
      happened: ['client', 'invoice', 'organization'],
      told: ['invoice-overdue'],
      files: 1,
    })
    const { id } = await workspace.call('roles.create', {
      name: 'Address book',
      permissions: ['organizations.read', 'clients.read'],
    })
    await takeRole(workspace, 'staff', id)
    expect(await seen()).toEqual({
      found: ['client'],
      numbered: 0,
      happened: ['client', 'organization'],
      told: [],
      files: 0,
    })
    expect(await codeOf(workspace.call('attachments.content', { id: file.id }))).toBe('FORBIDDEN')
    expect(await codeOf(workspace.call('attachments.content', { id: own.id }))).toBe('none')
    await workspace.close()
  })

  test('what was mailed, and what became of it, is told to whoever may read mail', async () => {
    const workspace = await openWorkspace({ jobs: true })
    const clientId = await makeClient(workspace, 'Rosewood Bakery')
    const invoice = await makeInvoice(workspace, clientId)
    await workspace.call('mail.saveAccount', {
      version: null,
      fromName: 'Linden Ltd',
      fromAddress: 'ada@linden.example',
      replyTo: null,
      host: '127.0.0.1',
      port: 1,
      security: 'none',
      userName: null,
    })
    const words = { subject: 'What we owe each other', body: 'See attached.' }
    const { id } = await workspace.call('mail.send', {
      entityId: invoice.id,
      to: ['bo@secret.example'],
      ...words,
      sendAt: '2027-06-01T09:00:00.000Z',
    })
    workspace.clock.advance(30 * 86_400_000)
    await workspace.core.settle()
    beside(workspace, (raw) =>
      raw
        .prepare(`UPDATE outbox_messages SET state = 'failed', next_attempt_at = NULL,
          last_error = 'The mailbox bo@secret.example is full.', updated_at = ? WHERE id = ?`)
        .run(workspace.clock.now(), id),
    )
    for (let day = 0; day < 2; day += 1) {
      workspace.clock.advance(86_400_000)
      await workspace.core.settle()
    }
    const seen = async () => {
      const lists = [{}, { entityId: invoice.id }, { clientId }].map((of) => workspace.call('activity.list', of))
      const happened = await Promise.all(lists)
      const told = (await workspace.call('notifications.list', {})).rows
      const { attention } = await workspace.call('home.summary', {})
      const all = [...happened.map(({ rows }) => rows), told, attention]
      return {
        said: all.map((it) =>
          /secret\.example|owe each other/.test(
            JSON.stringify(it, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
          ),
        ),
        issued: happened.map(({ rows }) => rows.some(({ kind }) => kind === 'invoice.issued')),
        told: told.map(({ kind }) => kind).sort(),
      }
    }
    expect(await seen()).toEqual({
      said: [true, true, true, true, true],
      issued: [true, true, true],
      told: ['invoice-overdue', 'mail-failed'],
    })
    const notice = (await workspace.call('notifications.list', {})).rows.find(({ kind }) => kind === 'mail-failed')
    const own = await workspace.call('roles.create', {
      name: 'Front desk',
      permissions: ['organizations.read', 'clients.read', 'invoices.read', 'settings.write'],
    })
    await takeRole(workspace, 'staff', own.id)
    expect(await seen()).toEqual({
      said: [false, false, false, false, false],
      issued: [true, true, true],
      told: ['invoice-overdue'],
    })
    // What they are not told of they cannot mark as read for those who are.
    const read = { id: notice?.id ?? '', version: notice?.version ?? 0, read: true }
    expect(await codeOf(workspace.call('notifications.setRead', read))).toBe('FORBIDDEN')
    expect(await workspace.call('notifications.readAll', {})).toEqual({ changed: 1 })
    const left = await workspace.core.read((db) =>
      db.selectFrom('notifications').select('kind').where('readAt', 'is', null).execute(),
    )
    expect(left).toEqual([{ kind: 'mail-failed' }])
    await workspace.close()
  })

  test('a message is written out for whoever may see mail, the client and what it brings', async () => {
    const workspace = await openWorkspace()
    const asked = await Promise.all(
      ['reminders.preview', 'mail.compose'].map(async (name) => [name, await validInputs[name]?.(workspace)] as const),
    )
    const quote = await makeQuote(workspace, await makeClient(workspace))
    const all = [...asked, ['mail.compose', { entity: 'quote', entityId: quote.id }] as const]
    const answers = () => Promise.all(all.map(([name, input]) => codeOf(workspace.callRaw(name, input))))
    const roleOf = (name: string, ...allowed: Permission[]) =>
      workspace.call('roles.create', { name, permissions: allowed })
    const withoutMail = await roleOf('Without mail', 'invoices.read', 'clients.read')
    const withoutClients = await roleOf('Without clients', 'mail.read', 'invoices.read', 'quotes.read')
    const withoutQuotes = await roleOf('Without quotes', 'mail.read', 'mail.send', 'clients.read', 'invoices.read')
    expect(await answers()).toEqual(['none', 'none', 'none'])
    await takeRole(workspace, 'staff', withoutMail.id)
    expect(await answers()).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'])
    await takeRole(workspace, 'staff', withoutClients.id)
    expect(await answers()).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'])
    await takeRole(workspace, 'staff', withoutQuotes.id)
    expect(await answers()).toEqual(['none', 'none', 'FORBIDDEN'])
    const message = { to: ['me@example.com'], subject: 'Yours', body: 'See attached.' }
    const sent = workspace.call('mail.send', { entity: 'quote', entityId: quote.id, ...message })
    expect(await codeOf(sent)).toBe('FORBIDDEN')
    await workspace.close()
  })

  test('a schedule that made an invoice is named to whoever may see schedules', async () => {
    const workspace = await openWorkspace({ jobs: true })
    const content = await contentFor(workspace, await makeClient(workspace))
    const on = workspace.clock.now().slice(0, 10)
    const schedule = { unit: 'month', every: 1, anchor: 'same-day', startsOn: on, endsOn: null, count: null } as const
    const acts = { action: 'issue', prices: 'fixed', catchUp: 'ask' } as const
    const values = { name: 'The secret schedule', ...schedule, ...acts, content }
    await workspace.call('recurringInvoices.create', { id: v7(), values })
    workspace.clock.advance(86_400_000)
    await workspace.core.settle()
    const told = async () => (await workspace.call('notifications.list', {})).rows
    const made = { kind: 'recurring-made', entity: 'invoice', data: { client: 'Rosewood Bakery', on } }
    expect(await told()).toMatchObject([{ ...made, data: { name: 'The secret schedule' } }])
    const { id } = await workspace.call('roles.create', {
      name: 'Front desk',
      permissions: ['organizations.read', 'invoices.read'],
    })
    await takeRole(workspace, 'staff', id)
    const seen = await told()
    expect(seen).toMatchObject([made])
    expect(Object.keys(seen[0]?.data ?? {}).sort()).toEqual(['client', 'number', 'on'])
    await workspace.close()
  })
})
