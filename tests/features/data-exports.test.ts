import { join } from 'node:path'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openReader } from '../../db/open.ts'
import { exportWorkspace } from '../../electron/exports/export-workspace.ts'
import { stateHash } from '../../electron/exports/state-hash.ts'
import { readArchive } from '../../electron/exports/workspace-file.ts'
import { makeClient } from '../support/factories.ts'
import { randomFrom } from '../support/random.ts'
import { doSomething } from '../support/random-work.ts'
import { exportFile, verifyAlone } from '../support/record.ts'
import { times } from '../support/scale.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const seed = Number(process.env['COUNTERFOIL_SEED'] ?? 20261121)

let workspace: Workspace
let archive: Uint8Array
let hash: string
beforeAll(async () => {
  workspace = await openWorkspace()
  const random = randomFrom(seed)
  const clients = [await makeClient(workspace, 'One'), await makeClient(workspace, 'Two')]
  for (let index = 0; index < Math.max(250, times(250)); index += 1) await doSomething(workspace, random, clients)
  await workspace.call('attachments.add', {
    entity: 'client',
    entityId: clients[0] ?? '',
    fileName: 'note.txt',
    content: strToU8('Bring the keys.'),
  })
  const reader = openReader(join(workspace.directory, 'counterfoil.db'))
  const exported = await exportWorkspace(
    reader.db,
    {
      organizationId: workspace.organizationId,
      directory: workspace.directory,
      exportedAt: workspace.clock.now(),
      record: (await exportFile(join(workspace.directory, 'counterfoil.db'), workspace.organizationId)).bytes,
    },
    null,
  )
  archive = exported.bytes
  hash = exported.stateHash
  await reader.close()
})
afterAll(() => workspace.close())

const hashOf = async (directory: string, organizationId: string) => {
  const reader = openReader(join(directory, 'counterfoil.db'))
  try {
    return await stateHash(reader.db, organizationId)
  } finally {
    await reader.close()
  }
}

describe('everything as a file', () => {
  test('export, wipe, import gives the same state', async () => {
    const fresh = await openWorkspace({ empty: true })
    try {
      const made = await fresh.call('dataExports.importEverything', { content: archive })
      expect(made).toMatchObject({ organizationId: workspace.organizationId, legalName: 'Linden Ltd', fileCount: 1 })
      fresh.use(made.organizationId)
      expect(await hashOf(fresh.directory, made.organizationId)).toBe(hash)
      // The sums that triggers keep are those of the documents, and the books go on.
      expect((await fresh.call('integrity.check', {})).differences).toEqual([])
      fresh.clock.advance(400 * 86_400_000)
      const client = await makeClient(fresh, 'After the move')
      expect((await fresh.call('clients.get', { id: client })).name).toBe('After the move')
      const [file] = (await fresh.call('clients.list', {})).rows
      expect(file).toBeDefined()
      // A second time would make it twice.
      await expect(fresh.call('dataExports.importEverything', { content: archive })).rejects.toMatchObject({
        code: 'IMPORT_FAILED',
        message: expect.stringContaining('here already'),
      })
    } finally {
      await fresh.close()
    }
  })

  test('says what it is, exactly, in a form that others can read', async () => {
    const entries = unzipSync(archive)
    expect(strFromU8(entries['README.txt'] ?? new Uint8Array())).toContain('E4 are amounts in ten-thousandths')
    // The record comes with the program that checks it.
    expect(await verifyAlone(strFromU8(entries['record.jsonl'] ?? new Uint8Array()))).toMatchObject({ ok: true })
    expect(strFromU8(entries['verify.mjs'] ?? new Uint8Array())).toContain('imports nothing of Counterfoil')
    const books = JSON.parse(strFromU8(entries['books.json'] ?? new Uint8Array()))
    expect(books).toMatchObject({ format: 'counterfoil-books', organizationId: workspace.organizationId })
    expect(books.tables.invoices[0].totalE4).toMatch(/^-?\d+$/)
    expect(readArchive(archive).books.stateHash).toBe(hash)
  })

  test('a file that was changed, cut or is something else changes nothing, and says why', async () => {
    const fresh = await openWorkspace({ empty: true })
    const entries = unzipSync(archive)
    const books = JSON.parse(strFromU8(entries['books.json'] ?? new Uint8Array()))
    const rewritten = (change: (tables: Record<string, Record<string, unknown>[]>) => void) => {
      const copy = structuredClone(books)
      change(copy.tables)
      return zipSync({ ...entries, 'books.json': strToU8(JSON.stringify(copy)) })
    }
    const refused = async (content: Uint8Array, words: RegExp) =>
      await expect(fresh.call('dataExports.importEverything', { content })).rejects.toMatchObject({
        message: expect.stringMatching(words),
      })
    try {
      await refused(strToU8('not a file at all'), /not a whole ZIP/)
      await refused(archive.slice(0, archive.length / 2), /not a whole ZIP/)
      await refused(zipSync({ 'other.json': strToU8('{}') }), /books.json is missing/)
      await refused(zipSync({ 'books.json': strToU8('{"format":"x"}') }), /books.json, format/)
      await refused(
        rewritten(({ clients = [] }) => {
          const [client] = clients
          if (client) client['name'] = 'Somebody else'
        }),
        /was changed/,
      )
      await refused(
        rewritten((tables) => {
          tables['surprise'] = [{ id: 'x' }]
        }),
        /"surprise", which is not known/,
      )
      const newer = zipSync({
        ...entries,
        'books.json': strToU8(JSON.stringify({ ...books, schemaVersion: 9999 })),
      })
      await refused(newer, /newer version/)
      expect((await fresh.call('setup.state', {})).organizations).toEqual([])
    } finally {
      await fresh.close()
    }
  })
})
