import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { openFileStore } from '../../electron/files.ts'
import { asCommand, freshDirectory } from '../support/database.ts'
import { openWorkspace } from '../support/workspace.ts'

let fresh: ReturnType<typeof freshDirectory>
beforeEach(() => {
  fresh = freshDirectory()
})
afterEach(() => fresh.remove())

test('a folder whose opening failed halfway is free for the next try', async () => {
  const { directory } = fresh
  const storage = {
    afterStatement: () => {
      throw new Error('The disk went away.')
    },
  }
  await expect(openWorkspace({ directory, empty: true, storage })).rejects.toThrow('The disk went away.')
  const workspace = await openWorkspace({ directory, empty: true })
  expect((await workspace.call('setup.state', {})).organizations).toEqual([])
  await workspace.close()
})

test('that a password changed is recorded, what it is made into is not', async () => {
  const { directory } = fresh
  const workspace = await openWorkspace({ directory, empty: true })
  await workspace.call('setup.createOrganization', { legalName: 'Linden Ltd', country: 'GB' })
  const raw = openConnection(join(directory, 'counterfoil.db'), { readonly: false })
  const set = raw.prepare('UPDATE users SET password_hash = ?')
  asCommand(raw, () => set.run('$argon2id$one'))
  asCommand(raw, () => set.run('$argon2id$two'))
  const rows = raw
    .prepare(
      `SELECT old_values, new_values FROM audit_log WHERE table_name = 'users' AND action = 'update' ORDER BY seq`,
    )
    .all()
  raw.close()
  await workspace.close()
  expect(rows).toEqual([
    { old_values: '{"password_hash":null}', new_values: '{"password_hash":"[left out]"}' },
    { old_values: '{"password_hash":"[left out]"}', new_values: '{"password_hash":"[left out]"}' },
  ])
})

test('the same bytes kept many times at once are kept whole and once', async () => {
  const files = openFileStore(fresh.directory, null)
  const content = new Uint8Array(3_000_000).map((_, index) => index % 251)
  const names = await Promise.all(Array.from({ length: 8 }, () => files.put(content)))
  const [name = ''] = names
  expect(new Set(names).size).toBe(1)
  expect(await files.get(name)).toEqual(content)
  expect(readdirSync(join(fresh.directory, 'files', name.slice(0, 2)))).toEqual([name])
})

test('something that is there already is said at its field', async () => {
  const workspace = await openWorkspace({ directory: fresh.directory, empty: true })
  const { id } = await workspace.call('setup.createOrganization', { legalName: 'Linden Ltd', country: 'GB' })
  workspace.use(id)
  await workspace.call('clients.create', { name: 'One', code: 'C7' })
  const message = 'There is already one with the same code.'
  const again = workspace.call('clients.create', { name: 'Two', code: 'C7' })
  await expect(again).rejects.toMatchObject({ code: 'DUPLICATE', message, fields: { code: message } })
  await workspace.close()
})

test('what a screen keeps is small', async () => {
  const workspace = await openWorkspace({ directory: fresh.directory, empty: true })
  const set = (length: number) => workspace.call('settings.set', { key: 'layout', value: 'x'.repeat(length) })
  await expect(set(20_000)).rejects.toMatchObject({ code: 'VALIDATION', fields: { value: expect.any(String) } })
  expect(await set(19_998)).toEqual({ key: 'layout' })
  await workspace.close()
})

test.each([
  ['in the clear', undefined],
  ['encrypted', new Uint8Array(32).fill(7)],
])(
  'a data file that is taken away while it is open is refused more, and what was saved comes back, %s',
  async (_, key) => {
    const directory = join(fresh.directory, key === undefined ? 'clear' : 'sealed')
    const workspace = await openWorkspace({ directory, empty: true, ...(key === undefined ? {} : { key }) })
    workspace.use((await workspace.call('setup.createOrganization', { legalName: 'Linden Ltd', country: 'GB' })).id)
    await workspace.call('clients.create', { name: 'Before' })
    rmSync(join(directory, 'counterfoil.db'))
    const gone = { code: 'STORAGE_UNAVAILABLE', message: expect.stringContaining('taken out of its folder') }
    for (const name of ['After', 'Later']) {
      await expect(workspace.call('clients.create', { name })).rejects.toMatchObject(gone)
    }
    const names = async () => (await workspace.call('clients.list', {})).rows.map((row) => row.name)
    expect(await names()).toEqual(['Before'])
    workspace.clock.advance(1000)
    await workspace.reopen()
    expect(await names()).toEqual(['Before'])
    await workspace.call('clients.create', { name: 'Again' })
    // Nobody saves anything between the loss and the end.
    rmSync(join(directory, 'counterfoil.db'))
    workspace.clock.advance(1000)
    await workspace.reopen()
    expect((await names()).sort()).toEqual(['Again', 'Before'])
    await workspace.close()
  },
)

test('a data file that comes back to its place goes on with its log; another one there is left alone', async () => {
  const directory = join(fresh.directory, 'moved')
  const workspace = await openWorkspace({ directory, empty: true })
  workspace.use((await workspace.call('setup.createOrganization', { legalName: 'Linden Ltd', country: 'GB' })).id)
  await workspace.call('clients.create', { name: 'Before' })
  const [file, away] = [join(directory, 'counterfoil.db'), join(fresh.directory, 'away.db')]
  renameSync(file, away)
  writeFileSync(file, 'of somebody')
  await expect(workspace.call('clients.create', { name: 'After' })).rejects.toMatchObject({
    message: expect.stringContaining('Another file lies in its place'),
  })
  expect(readFileSync(file, 'utf8')).toBe('of somebody')
  renameSync(away, file)
  await workspace.call('clients.create', { name: 'Again' })
  workspace.clock.advance(1000)
  await workspace.reopen()
  const { rows } = await workspace.call('clients.list', {})
  expect(rows.map(({ name }) => name).sort()).toEqual(['Again', 'Before'])
  expect(readdirSync(directory).filter((name) => name.includes('rescued'))).toEqual([])
  await workspace.close()
})
