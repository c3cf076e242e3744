import { sql } from 'kysely'
import { v7 } from 'uuid'
import { makeClient } from './factories.ts'
import type { Workspace } from './workspace.ts'

type Make = (workspace: Workspace) => object | Promise<object>

/** An input that works for each procedure of the record. */
export const recordInputs: Readonly<Record<string, Make>> = {
  'audit.list': async (workspace) => ({
    cursor: null,
    limit: 5,
    rowId: await makeClient(workspace),
    tables: ['clients'],
    userId: null,
    deviceId: null,
    action: 'insert',
    procedure: 'clients',
    from: '2026-01-01',
    to: '2027-12-31',
  }),
  'audit.between': async (workspace) => ({
    subject: { table: 'clients', id: await makeClient(workspace) },
    from: '2026-01-01T00:00:00.000Z',
    to: '2027-12-31T00:00:00.000Z',
  }),
  'history.list': () => ({}),
  'history.undo': async (workspace) => {
    await makeClient(workspace, 'To be undone')
    const [last] = await workspace.call('history.list', {})
    return { commandId: last?.commandId }
  },
  'audit.choices': () => ({}),
  'audit.verify': () => ({ head: null }),
  'audit.roots': () => ({ to: '2026-11-21', days: 3 }),
  'audit.rootPdf': (workspace) => ({ day: workspace.clock.now().slice(0, 10) }),
  'audit.noteExport': () => ({ what: 'clients.csv', rows: 3 }),
  'audit.retention': () => ({}),
  'audit.confirmKeyLoss': async (workspace) => {
    // A device whose key was lost: no other is at hand in a workspace of one.
    const taken = { deviceId: v7(), seq: 2, publicKey: `${'A'.repeat(59)}=` }
    const said = JSON.stringify({ previous: 'another', publicKey: taken.publicKey })
    await workspace.core.runCommand({ name: 'test.key-lost', entities: [] }, async ({ trx, now }) => {
      await sql`INSERT INTO chain_entries VALUES (${taken.deviceId}, 2, 1, 'key', NULL, ${now}, ${said}, zeroblob(32),
        zeroblob(32), zeroblob(32), zeroblob(64))`.execute(trx)
    })
    return taken
  },
  'audit.setRetention': () => ({ years: 10, legalHold: false }),
  'audit.exportRecord': () => ({}),
  'pointInTime.reach': () => ({}),
  'pointInTime.open': (workspace) => ({ at: workspace.clock.now() }),
  'pointInTime.close': () => ({ id: v7() }),
}
