import type Sqlite from 'better-sqlite3'

/** What one organization has in a database, as a person recognizes it. */
export type OrganizationFacts = {
  readonly id: string
  readonly name: string
  readonly currency: string
  readonly clients: number
  readonly documents: number
  readonly payments: number
  /** What clients owe, by currency. */
  readonly open: readonly { readonly currency: string; readonly amountE4: bigint }[]
  readonly newest: { readonly number: string; readonly client: string; readonly on: string } | null
}

/** What a database holds: equal in two files of the same state. */
export type DatabaseFacts = {
  readonly schemaVersion: number
  readonly rows: Readonly<Record<string, number>>
  /** Sums over everything, in ten-thousandths, whatever the currency: to compare, not to read. */
  readonly totals: Readonly<Record<string, string>>
  readonly organizations: readonly OrganizationFacts[]
  /** The last command: what was done after it is not in the file. */
  readonly head: { readonly seq: number; readonly id: string; readonly at: string } | null
  /** The newest entry of the hash chain; null where there is none yet. */
  readonly chain: string | null
  /** SHA-256 of every file that a row names. */
  readonly files: readonly string[]
}

type Read = {
  readonly tables: ReadonlySet<string>
  readonly has: (table: string, ...columns: readonly string[]) => boolean
  readonly all: (sql: string, ...values: readonly unknown[]) => Readonly<Record<string, unknown>>[]
}

/** Every table with rows of its own; the search index makes its own from them. */
export const tableNames = (database: Sqlite.Database): string[] =>
  database
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%' ORDER BY name`,
    )
    .pluck()
    .all()
    .map(String)

const reading = (database: Sqlite.Database): Read => {
  const tables = new Set(tableNames(database))
  const columnsOf = (table: string) =>
    new Set(database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table).map(String))
  return {
    tables,
    has: (table, ...columns) => {
      if (!tables.has(table)) return false
      const own = columnsOf(table)
      return columns.every((column) => own.has(column))
    },
    // A statement that reads gives objects by column name.
    all: (sql, ...values) =>
      database
        .prepare(sql)
        .safeIntegers(true)
        .all(...values) as Record<string, unknown>[],
  }
}

// One reading of each table, whatever is summed up of it.
const sums: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['invoices', { invoiced: 'payable_e4', paid: 'paid_e4' }],
  ['payments', { received: 'amount_e4', allocated: 'allocated_e4' }],
  ['payment_allocations', { allocations: 'amount_e4' }],
  ['credit_notes', { credited: 'total_e4' }],
  ['refunds', { refunded: 'amount_e4' }],
]

const totalsOf = ({ all, has }: Read): Record<string, string> => {
  const totals: Record<string, string> = {}
  for (const [table, names] of sums) {
    if (!has(table, ...Object.values(names))) continue
    const columns = Object.entries(names).map(
      ([name, column]) => `CAST(coalesce(sum(${column}), 0) AS TEXT) AS ${name}`,
    )
    const [row] = all(`SELECT ${columns.join(', ')} FROM "${table}"`)
    for (const name of Object.keys(names)) totals[name] = String(row?.[name])
  }
  return totals
}

const countOf = ({ all, has }: Read, table: string, where: string, organizationId: string): number => {
  if (!has(table, 'organization_id')) return 0
  const [row] = all(`SELECT count(*) AS count FROM "${table}" WHERE organization_id = ? AND ${where}`, organizationId)
  return Number(row?.['count'] ?? 0)
}

const newestOf = (read: Read, organizationId: string): OrganizationFacts['newest'] => {
  if (!read.has('invoices', 'number', 'client_name', 'issued_on', 'issued_at')) return null
  const [row] = read.all(
    `SELECT number, client_name AS client, issued_on AS "on" FROM invoices
      WHERE organization_id = ? AND deleted_at IS NULL AND issued_at IS NOT NULL
      ORDER BY issued_on DESC, counter DESC LIMIT 1`,
    organizationId,
  )
  if (row === undefined) return null
  return { number: String(row['number']), client: String(row['client']), on: String(row['on']) }
}

const openOf = (read: Read, organizationId: string): OrganizationFacts['open'] => {
  if (!read.has('client_balances', 'currency', 'open_e4')) return []
  return read
    .all(
      'SELECT currency, sum(open_e4) AS amount FROM client_balances WHERE organization_id = ? GROUP BY currency ORDER BY currency',
      organizationId,
    )
    .map((row) => ({ currency: String(row['currency']), amountE4: BigInt(String(row['amount'])) }))
}

const organizationsOf = (read: Read): OrganizationFacts[] => {
  if (!read.has('organizations', 'legal_name', 'currency')) return []
  const rows = read.all(
    'SELECT id, coalesce(trade_name, legal_name) AS name, currency FROM organizations WHERE deleted_at IS NULL ORDER BY created_at',
  )
  return rows.map((row) => {
    const id = String(row['id'])
    const documents = ['invoices', 'quotes', 'credit_notes'].map((table) =>
      countOf(read, table, 'deleted_at IS NULL', id),
    )
    return {
      id,
      name: String(row['name']),
      currency: String(row['currency']),
      clients: countOf(read, 'clients', 'deleted_at IS NULL', id),
      documents: documents.reduce((sum, count) => sum + count, 0),
      payments: countOf(read, 'payments', 'deleted_at IS NULL', id),
      open: openOf(read, id),
      newest: newestOf(read, id),
    }
  })
}

const hashColumns: readonly (readonly [string, string])[] = [
  ['attachments', 'sha256'],
  ['invoices', 'pdf_sha256'],
  ['quotes', 'pdf_sha256'],
  ['credit_notes', 'pdf_sha256'],
  ['bank_statements', 'file_sha256'],
]

const filesOf = ({ all, has }: Read): string[] => {
  const hashes = new Set<string>()
  for (const [table, column] of hashColumns) {
    if (!has(table, column)) continue
    for (const row of all(`SELECT DISTINCT ${column} AS hash FROM "${table}" WHERE ${column} IS NOT NULL`)) {
      hashes.add(String(row['hash']))
    }
  }
  return [...hashes].sort()
}

/** The hashes of the files that rows of a database name. */
export const namedFiles = (database: Sqlite.Database): string[] => filesOf(reading(database))

const headOf = ({ all, has }: Read): DatabaseFacts['head'] => {
  if (!has('commands', 'seq', 'id', 'at')) return null
  const [row] = all('SELECT seq, id, at FROM commands ORDER BY seq DESC LIMIT 1')
  return row === undefined ? null : { seq: Number(row['seq']), id: String(row['id']), at: String(row['at']) }
}

const chainOf = ({ all, has }: Read): string | null => {
  if (!has('chain_entries', 'seq', 'hash')) return null
  const [row] = all('SELECT hash FROM chain_entries ORDER BY seq DESC LIMIT 1')
  if (row === undefined) return null
  const { hash } = row
  return hash instanceof Uint8Array ? Buffer.from(hash).toString('hex') : String(hash)
}

/** What tells two states of a database apart; quickly read. */
export type StateMarks = Pick<DatabaseFacts, 'schemaVersion' | 'rows' | 'totals' | 'head' | 'chain'>

/** Reads counts, sums and the last command; older versions of the tables give what they have. */
export const readMarks = (database: Sqlite.Database): StateMarks => {
  const read = reading(database)
  const rows: Record<string, number> = {}
  for (const table of read.tables) {
    const [row] = read.all(`SELECT count(*) AS count FROM "${table}"`)
    rows[table] = Number(row?.['count'])
  }
  return {
    schemaVersion: Number(database.pragma('user_version', { simple: true })),
    rows,
    totals: totalsOf(read),
    head: headOf(read),
    chain: chainOf(read),
  }
}

/** Reads what a database holds; older versions of the tables give what they have. */
export const readFacts = (database: Sqlite.Database): DatabaseFacts => {
  const read = reading(database)
  return { ...readMarks(database), organizations: organizationsOf(read), files: filesOf(read) }
}

/** What two databases differ in, in words; empty for the same state. */
export const compareFacts = (expected: StateMarks, found: StateMarks): string[] => {
  const differences: string[] = []
  const say = (what: string, should: unknown, is: unknown) => {
    if (should !== is) differences.push(`${what}: ${should ?? 'none'} expected, ${is ?? 'none'} found`)
  }
  say('version of the tables', expected.schemaVersion, found.schemaVersion)
  for (const [table, count] of Object.entries(expected.rows)) say(`rows of ${table}`, count, found.rows[table])
  for (const [name, total] of Object.entries(expected.totals)) say(`sum of ${name}`, total, found.totals[name])
  say('last command', expected.head?.id, found.head?.id)
  say('head of the record', expected.chain, found.chain)
  return differences
}

/** Faults of a file that SQLite finds in its pages and (only when `full`) indexes; the first 20 in words. */
export const findBadPages = (database: Sqlite.Database, full: boolean): string[] =>
  database
    .prepare(full ? 'PRAGMA integrity_check(20)' : 'PRAGMA quick_check(20)')
    .pluck()
    .all()
    .map(String)
    .filter((row) => row !== 'ok')

/** In words, that rows refer to rows that are not there; empty where none does. */
export const findBrokenReferences = (database: Sqlite.Database): string[] => {
  const broken = database.prepare('PRAGMA foreign_key_check').raw(true).all()
  return broken.length === 0 ? [] : [`${broken.length} references lead nowhere`]
}

/** Faults of a file that SQLite finds: pages, indexes (only when `full`) and references, in words. */
export const findFaults = (database: Sqlite.Database, full: boolean): string[] => [
  ...findBadPages(database, full),
  ...findBrokenReferences(database),
]

/** What was done in a database after the state that `head` names. */
export type ChangesSince = {
  readonly documents: number
  readonly payments: number
  readonly clients: number
  /** Rows of any other kind. */
  readonly other: number
  /** Clients and people whose data was erased since. */
  readonly erasures: number
  /** Numbers of documents issued since: the newest ten. */
  readonly issued: readonly string[]
  /** Where the state is one that was left by going back to an earlier one: when that was. Since then is counted. */
  readonly leftAt: string | null
}

const documentTables = new Set(['invoices', 'quotes', 'credit_notes'])
const erasureTables = new Set(['erasures', 'person_erasures'])

type Head = DatabaseFacts['head']

const commandAt = ({ all }: Read, seq: number): NonNullable<Head> | null => {
  const [row] = all('SELECT seq, id, at FROM commands WHERE seq <= ? ORDER BY seq DESC LIMIT 1', seq)
  return row === undefined ? null : { seq: Number(row['seq']), id: String(row['id']), at: String(row['at']) }
}

const isIn = ({ all }: Read, { seq, id }: NonNullable<Head>): boolean =>
  all('SELECT id FROM commands WHERE seq = ?', seq)[0]?.['id'] === id

/** The last command that two databases have in common: from it on they went different ways. null for other data. */
export const lastInCommon = (one: Sqlite.Database, other: Sqlite.Database): Head => {
  const [mine, theirs] = [reading(one), reading(other)]
  let common: Head = null
  // Up to where they part all is the same, from there on nothing.
  let [low, high] = [1, Math.min(headOf(mine)?.seq ?? 0, headOf(theirs)?.seq ?? 0)]
  while (low <= high) {
    const middle = Math.floor((low + high) / 2)
    const command = commandAt(mine, middle)
    if (command !== null && isIn(theirs, command)) {
      common = command
      low = middle + 1
    } else high = middle - 1
  }
  return common
}

// The first command after the state that was left is the one that went back to it.
const leftSince = ({ all }: Read, seq: number): string | null => {
  const [row] = all(`SELECT at FROM commands WHERE seq > ? ORDER BY seq LIMIT 1`, seq)
  return row === undefined ? null : String(row['at'])
}

/** Whether a database was ever in the state that `head` names. */
export const wasIn = (database: Sqlite.Database, head: Head): boolean => head !== null && isIn(reading(database), head)

/**
 * What would be gone if a database, or one organization in it, were set back to a state; null where it never was in that
 * state. `isLeft` for the last state that it has in common with another one, which it left by going back.
 */
export const changesSince = (
  database: Sqlite.Database,
  head: Head,
  organizationId: string | null = null,
  isLeft = false,
): ChangesSince | null => {
  const read = reading(database)
  const { all } = read
  if (head === null || !isIn(read, head)) return null
  const counts = { documents: 0, payments: 0, clients: 0, other: 0, erasures: 0 }
  const rows = all(
    `SELECT table_name, count(DISTINCT row_id) AS count FROM audit_log
      WHERE command_seq > ? AND coalesce(organization_id = ?, 1)
        AND (? = 0 OR command_seq NOT IN (SELECT seq FROM commands WHERE procedure = 'recovery.restore')) GROUP BY table_name`,
    head.seq,
    organizationId,
    isLeft ? 1 : 0,
  )
  for (const row of rows) {
    const table = String(row['table_name'])
    const kind = documentTables.has(table) ? 'documents' : table === 'payments' || table === 'clients' ? table : 'other'
    counts[kind] += Number(row['count'])
    if (erasureTables.has(table)) counts.erasures += Number(row['count'])
  }
  const issued = all(
    `SELECT number FROM invoices WHERE issued_at IS NOT NULL AND issued_at > ? AND coalesce(organization_id = ?, 1)
      ORDER BY issued_at DESC, counter DESC LIMIT 10`,
    head.at,
    organizationId,
  )
  const leftAt = isLeft ? leftSince(read, head.seq) : null
  return { ...counts, issued: issued.map((row) => String(row['number'])), leftAt }
}

/** The hashes of the files that rows of one organization name. */
export const filesOfOrganization = (database: Sqlite.Database, organizationId: string): string[] => {
  const { all, has } = reading(database)
  const hashes = new Set<string>()
  for (const [table, column] of hashColumns) {
    if (!has(table, column)) continue
    const sql = `SELECT DISTINCT ${column} AS hash FROM "${table}" WHERE ${column} IS NOT NULL AND organization_id = ?`
    for (const row of all(sql, organizationId)) hashes.add(String(row['hash']))
  }
  return [...hashes].sort()
}
