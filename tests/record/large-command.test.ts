import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertClients } from '../../electron/features/data-imports/client-rows.ts'
import type { CommandContext } from '../../electron/rpc/context.ts'
import { verifyFile } from '../support/record.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const rows = 4000
const nowhere = { line1: null, line2: null, city: null, region: null, postalCode: null, country: null }
let workspace: Workspace

beforeAll(async () => {
  workspace = await openWorkspace()
})
afterAll(() => workspace.close())

const addClients = async (context: CommandContext) => {
  const record = {
    row: 1,
    kind: 'company' as const,
    code: null,
    email: null,
    phone: null,
    website: null,
    address: nowhere,
    delivery: null,
    taxIds: [],
    currency: null,
    terms: null,
    notes: null,
    archived: false,
    contact: null,
  }
  const made = Array.from({ length: rows }, (_, index) => {
    const name = `Client ${index}`
    return { id: context.ids.next(), code: `L${index}`, sortName: name, record: { ...record, name } }
  })
  await insertClients({ ...context, organizationId: workspace.organizationId }, made)
}

const count = () =>
  workspace.core.read(
    async (db) =>
      (
        await db
          .selectFrom('clients')
          .select((row) => row.fn.countAll<number>().as('count'))
          .executeTakeFirst()
      )?.count,
  )

test('while a large command is put on record others are answered, and see nothing of it until it is whole', async () => {
  const seen: unknown[] = []
  let over = false
  const others = async () => {
    while (!over) {
      await setTimeout(1)
      if (!over) seen.push(await count())
    }
  }
  let watching = Promise.resolve()
  await workspace.core.runCommand({ name: 'test.large', entities: [] }, async (context) => {
    await addClients(context)
    watching = others()
  })
  over = true
  await watching
  expect(seen.length).toBeGreaterThan(2)
  expect(new Set(seen.slice(0, -1))).toEqual(new Set([0]))
  expect(await count()).toBe(rows)
  expect(await verifyFile(join(workspace.directory, 'counterfoil.db'))).toMatchObject({ ok: true })
})

test('a command that comes while another is put on record waits for its turn, and both are in the chain', async () => {
  const large = workspace.core.runCommand({ name: 'test.large', entities: [] }, async (context) => {
    await context.trx.updateTable('clients').set({ paymentTermsDays: 14 }).execute()
  })
  const small = workspace.call('tags.create', { name: 'Meanwhile', color: 'gray' })
  await Promise.all([large, small])
  const result = await verifyFile(join(workspace.directory, 'counterfoil.db'))
  expect(result).toMatchObject({ ok: true, first: null })
})
