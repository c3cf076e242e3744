import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type Sqlite from 'better-sqlite3'
import { afterEach, describe, expect, test } from 'vitest'
import { entityTables } from '../../db/capture/triggers.ts'
import { migrate } from '../../db/migrate.ts'
import { migrations } from '../../db/migrations/index.ts'
import type { Migration } from '../../db/migrations/migration.ts'
import { openConnection, openDatabase } from '../../db/open.ts'
import { AppError } from '../../shared/errors.ts'
import {
  asCommand,
  freshDirectory,
  insertIssuedInvoice,
  insertRow,
  migratedDatabase,
  seedBasics,
} from '../support/database.ts'

const leftovers: (() => void)[] = []
afterEach(() => {
  for (const remove of leftovers.splice(0)) remove()
})

const opened = (steps?: readonly Migration[]) => {
  const made = migratedDatabase(steps)
  leftovers.push(made.remove)
  return made
}

const versionOf = (database: Sqlite.Database) => database.pragma('user_version', { simple: true })
const count = (database: Sqlite.Database, table: string) =>
  Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
const triggers = (database: Sqlite.Database) =>
  database.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name`).all()

const newest = migrations.at(-1)?.version ?? 0
const step = (name: string, up: Migration['up'], version = newest + 1): Migration => ({ version, name, up })

/** The copies in a folder of backups, oldest name first. */
const copiesIn = (directory: string) => readdirSync(join(directory, 'backups')).filter((name) => name.endsWith('.db'))
const copyIn = (directory: string, at = 0) =>
  openConnection(join(directory, 'backups', copiesIn(directory)[at] ?? ''), { readonly: true })

const errorOf = (work: () => unknown): AppError => {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('It did not fail.')
}

describe('migrations', () => {
  test('bring an empty file to the newest version', () => {
    const { database, directory } = opened()
    expect(versionOf(database)).toBe(newest)
    expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, index) => index + 1))
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(database.pragma('foreign_key_check')).toEqual([])
    // Nothing was there to copy.
    expect(existsSync(join(directory, 'backups'))).toBe(false)
  })

  test('each one on its own leads to the same schema as all at once', () => {
    const together = opened()
    const apart = opened(migrations.slice(0, 1))
    for (const [index] of migrations.entries()) migrate(apart.database, apart.file, migrations.slice(0, index + 1))
    const schema = (database: Sqlite.Database) =>
      database.prepare(`SELECT type, name, sql FROM sqlite_schema ORDER BY type, name`).all()
    expect(schema(apart.database)).toEqual(schema(together.database))
  })

  test('every file in the folder is registered, in order', () => {
    const folder = fileURLToPath(new URL('../../db/migrations', import.meta.url))
    const files = readdirSync(folder).filter((name) => /^\d{4}-/.test(name))
    expect(files.sort()).toEqual(
      migrations.map(({ version, name }) => `${String(version).padStart(4, '0')}-${name}.ts`),
    )
  })

  test('a landed migration is never edited', () => {
    // A new one is added to the list; changing a line of it means that existing data took another way.
    const frozen: unknown = JSON.parse(readFileSync(new URL('frozen.json', import.meta.url), 'utf8'))
    const hashes = Object.fromEntries(
      migrations.map(({ version, name, up }) => {
        const hash = createHash('sha256')
        up((sql) => hash.update(sql).update('\0'))
        return [`${String(version).padStart(4, '0')}-${name}`, hash.digest('hex')]
      }),
    )
    expect(frozen).toEqual(hashes)
  })
})

describe('before a migration', () => {
  test('the file is copied, and the copy opens with all its rows', () => {
    const { database, file, directory } = opened()
    asCommand(database, () => {
      seedBasics(database)
      insertIssuedInvoice(database, 'i1', 1)
    })
    migrate(database, file, [...migrations, step('next', (run) => run('CREATE TABLE later (id TEXT) STRICT'))])
    expect(readdirSync(join(directory, 'backups'))).toEqual([
      expect.stringMatching(new RegExp(`^before-migration-from-${newest}-2026-11-21T09-00-00Z-\\d+\\.db$`)),
    ])
    const copy = copyIn(directory)
    expect(versionOf(copy)).toBe(newest)
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(count(copy, 'invoices')).toBe(1)
    copy.close()
    expect(versionOf(database)).toBe(newest + 1)
  })

  test('each state has a copy of its own, and an attempt on the same state makes no second one', () => {
    const { database, file, directory } = opened()
    const failing = step('fails', (run) => run('no such statement'))
    asCommand(database, () => seedBasics(database))
    errorOf(() => migrate(database, file, [...migrations, failing]))
    errorOf(() => migrate(database, file, [...migrations, failing]))
    expect(copiesIn(directory)).toHaveLength(1)
    asCommand(database, () => insertIssuedInvoice(database, 'i1', 1))
    errorOf(() => migrate(database, file, [...migrations, failing]))
    expect(copiesIn(directory)).toHaveLength(2)
    for (const [at, invoices] of [0, 1].entries()) {
      const copy = copyIn(directory, at)
      expect(count(copy, 'invoices')).toBe(invoices)
      copy.close()
    }
  })

  test('a copy that is not whole is no copy: nothing is begun', () => {
    const { database, file, directory } = opened()
    asCommand(database, () => seedBasics(database))
    database.pragma('foreign_keys = OFF')
    database.exec('DROP TRIGGER clients_search_insert; DROP TRIGGER capture_clients_delete; DELETE FROM clients')
    asCommand(database, () => {
      database.exec(`DROP TRIGGER capture_organizations_delete; DELETE FROM organizations WHERE id = 'org'`)
    })
    const good = step('good', (run) => run('ALTER TABLE items ADD COLUMN colour TEXT'))
    expect(() => migrate(database, file, [...migrations, good])).toThrow('references lead nowhere')
    expect(versionOf(database)).toBe(newest)
    expect(copiesIn(directory)).toEqual([])
  })
})

describe('a migration that goes wrong', () => {
  const withRows = () => {
    const made = opened()
    asCommand(made.database, () => {
      seedBasics(made.database)
      insertIssuedInvoice(made.database, 'i1', 1)
      insertIssuedInvoice(made.database, 'i2', 2)
    })
    return made
  }

  const refused = (up: Migration['up']) => {
    const { database, file, directory } = withRows()
    const before = triggers(database)
    const error = errorOf(() => migrate(database, file, [...migrations, step('wrong', up)]))
    expect(error.code).toBe('STORAGE_UNAVAILABLE')
    expect(error.message).toContain('It is as it was before.')
    expect(versionOf(database)).toBe(newest)
    expect(count(database, 'invoices')).toBe(2)
    expect(triggers(database)).toEqual(before)
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(copiesIn(directory)).toHaveLength(1)
    return { database, message: error.message }
  }

  test('in the middle leaves the old version, its rows and its triggers', () => {
    const { database } = refused((run) => {
      run('CREATE TABLE half (id TEXT) STRICT')
      run('UPDATE clients SET name = upper(name)')
      run('INSERT INTO nowhere VALUES (1)')
    })
    expect(() => count(database, 'half')).toThrow('no such table')
    expect(database.prepare('SELECT name FROM clients').pluck().get()).toBe('Rosewood')
  })

  test('by losing a row is refused', () => {
    const { message } = refused((run) => {
      run('DROP TRIGGER IF EXISTS capture_invoice_lines_delete')
      run(`DELETE FROM invoice_lines WHERE id = 'i1-line'`)
    })
    expect(message).toContain('rows of invoice_lines: 2 before, 1 after')
  })

  test('by dropping a table is refused', () => {
    const { message } = refused((run) => run('DROP TABLE mail_log'))
    expect(message).toContain('rows of mail_log: 0 before, none after')
  })

  test('by changing a total is refused', () => {
    const { message } = refused((run) => {
      run('DROP TRIGGER invoices_frozen')
      run(`UPDATE invoices SET payable_e4 = payable_e4 + 1 WHERE id = 'i2'`)
    })
    expect(message).toContain('total of invoices')
  })

  test('by leaving a reference that leads nowhere is refused', () => {
    const { message } = refused((run) => {
      run('DROP TRIGGER invoices_frozen')
      run('DROP TRIGGER invoices_client_stays')
      run(`UPDATE invoices SET client_id = 'nobody' WHERE id = 'i2'`)
    })
    expect(message).toContain('1 references lead nowhere')
  })

  const good = step('good', (run) => run('ALTER TABLE clients ADD COLUMN nickname TEXT'))
  const bad = step('bad', (run) => run('no such statement'), newest + 2)

  test('later goes back to the copy from before, which the version before opens', () => {
    const { database, file, directory } = withRows()
    const error = errorOf(() => migrate(database, file, [...migrations, good, bad]))
    expect(error.message).toContain('The copy from before was put back: it is as it was.')
    expect(existsSync(join(directory, 'migration.json'))).toBe(false)
    const again = openConnection(file, { readonly: false })
    leftovers.unshift(() => again.close())
    expect(versionOf(again)).toBe(newest)
    expect(() => again.exec('SELECT nickname FROM clients')).toThrow('no such column')
    expect(count(again, 'invoices')).toBe(2)
    expect(again.pragma('integrity_check', { simple: true })).toBe('ok')
    migrate(again, file)
    again.close()
    const once = openConnection(file, { readonly: false })
    expect(() => migrate(once, file, [...migrations, good, bad])).toThrow('was put back')
    // What was reached is kept, once however often it is tried.
    expect(readdirSync(join(directory, 'replaced'))).toEqual(['half-updated'])
    const reached = openConnection(join(directory, 'replaced', 'half-updated', 'counterfoil.db'), { readonly: true })
    expect(versionOf(reached)).toBe(newest + 1)
    reached.close()
  })

  test('after it was left and gone on with goes back to where it began', () => {
    const { database, file, directory } = withRows()
    let steps = 0
    const isLeft = () => steps > 1
    const onStep = () => {
      steps += 1
    }
    expect(() => migrate(database, file, [...migrations, good, bad], { isLeft, onStep })).toThrow('It goes on')
    expect(versionOf(database)).toBe(newest + 1)
    errorOf(() => migrate(database, file, [...migrations, good, bad]))
    const again = openConnection(file, { readonly: true })
    leftovers.unshift(() => again.close())
    expect(versionOf(again)).toBe(newest)
    expect(copiesIn(directory)).toHaveLength(1)
  })

  test('later, where the copy cannot be put back, says where it lies', () => {
    const { database, file, directory } = withRows()
    const losing = step('losing', () => rmSync(join(directory, 'backups'), { recursive: true }), newest + 2)
    const failing = step('bad', (run) => run('no such statement'), newest + 3)
    const error = errorOf(() => migrate(database, file, [...migrations, good, losing, failing]))
    expect(error.message).toContain('could not be put back')
    expect(error.message).toContain(join(directory, 'backups', 'before-migration-from-'))
    const again = openConnection(file, { readonly: true })
    leftovers.unshift(() => again.close())
    expect(versionOf(again)).toBe(newest + 2)
  })
})

describe('change capture', () => {
  test('is made anew with each step, inside its transaction', () => {
    const { database, file } = opened()
    // Looks at what a kill right after this step would leave.
    const seen: unknown[] = []
    const spying: Migration[] = [
      step('one', (run) => run('ALTER TABLE items ADD COLUMN colour TEXT')),
      step(
        'two',
        (run) => {
          const other = openConnection(file, { readonly: true })
          seen.push(...triggers(other).filter((row) => JSON.stringify(row).includes('capture_items_insert')))
          other.close()
          run('SELECT 1')
        },
        newest + 2,
      ),
    ]
    migrate(database, file, [...migrations, ...spying])
    expect(seen).toHaveLength(1)
    expect(JSON.stringify(seen)).toContain('colour')
    expect(entityTables(database)).toContain('items')
  })
})

describe('a file of a newer version', () => {
  test('is refused in words, its bytes untouched', async () => {
    const { directory, remove } = freshDirectory()
    leftovers.push(remove)
    const file = join(directory, 'counterfoil.db')
    const made = await openDatabase(directory)
    await made.close()
    const future = openConnection(file, { readonly: false })
    future.pragma(`user_version = ${newest + 1}`)
    future.pragma('journal_mode = DELETE')
    future.close()
    const before = readFileSync(file)
    const names = readdirSync(directory)
    await expect(openDatabase(directory)).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      message: expect.stringContaining(
        `was written by a newer version of Counterfoil (data version ${newest + 1}, this one knows ${newest})`,
      ),
    })
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(readdirSync(directory)).toEqual(names)
  })

  test('is refused by the runner itself too', () => {
    const { database, file } = opened()
    database.pragma(`user_version = ${newest + 7}`)
    const error = errorOf(() => migrate(database, file))
    expect(error.message).toContain('Update Counterfoil to open it.')
    expect(versionOf(database)).toBe(newest + 7)
  })
})

test('the helper that writes by raw SQL is itself captured', () => {
  const { database } = opened()
  asCommand(database, () => seedBasics(database))
  expect(count(database, 'audit_log')).toBe(3)
  expect(() =>
    insertRow(database, 'items', { id: 'x', kind: 'product', name: 'n', sort_name: 'n', unit: 'C62', price_e6: 1n }),
  ).toThrow('NOT NULL constraint failed: audit_log.command_seq')
})
