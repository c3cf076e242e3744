import { sql } from 'kysely'
import { fromJson } from '../../db/json.ts'
import type { DateOrder } from '../../shared/contract/data-imports.ts'
import { importRowSchema } from '../../shared/contract/data-imports.ts'
import { AppError } from '../../shared/errors.ts'
import { sha256Of } from '../files.ts'
import { branchKey } from '../importers/tables/fields.ts'
import type { Inspection } from '../importers/tables/inspect.ts'
import { type Handlers, withPreparation } from '../rpc/context.ts'
import { page, readCursor } from '../rpc/pages.ts'
import { getRow } from '../rpc/rows.ts'
import { hasBranches } from './data-imports/branches.ts'
import { assertMapped, takeAll } from './data-imports/request.ts'
import { prepareRun, runImport } from './data-imports/run.ts'
import { createTally } from './data-imports/tally.ts'
import { undoImport } from './data-imports/undo.ts'

// Where no date of a file tells its order, the country of the business does (CLDR 46, short dates).
const orderOf = (country: string): DateOrder => {
  if (['US', 'PH', 'PW', 'FM', 'MH', 'PR', 'GU', 'VI', 'AS', 'MP'].includes(country)) return 'mdy'
  return ['CN', 'JP', 'KR', 'TW', 'HU', 'LT', 'MN', 'IR', 'SE', 'ZA', 'CA'].includes(country) ? 'ymd' : 'dmy'
}

// What one place has no use for is not asked, and not taken for something that it is not.
const withoutBranches = ({ fields, columns, ...rest }: Inspection): Inspection => ({
  ...rest,
  fields: fields.filter(({ key }) => key !== branchKey),
  columns: columns.map((column) => (column.field === branchKey ? { ...column, field: null } : column)),
})

/** Tables of other products in: clients, items, invoices, credit notes, payments. */
export const dataImports: Handlers<'dataImports'> = {
  inspect: async ({ db, engines, organizationId }, { file, fileName, ...choice }) => {
    const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    const answer = await engines.tables.inspect(file, { ...choice, usualOrder: orderOf(organization.country) })
    if (!answer.ok) throw new AppError('IMPORT_FAILED', `${fileName}: ${answer.message}`)
    const sha256 = sha256Of(file)
    const earlier = await db
      .selectFrom('imports')
      .select(['id', 'createdAt'])
      .where('organizationId', '=', organizationId)
      .where('sha256', '=', sha256)
      .where('undoneAt', 'is', null)
      .where('deletedAt', 'is', null)
      .orderBy('createdAt', 'desc')
      .limit(1)
      .executeTakeFirst()
    const inspection = (await hasBranches(db, organizationId)) ? answer.inspection : withoutBranches(answer.inspection)
    return { ...inspection, sha256, earlier: earlier ?? null }
  },

  dryRun: async ({ db, ids, engines, organizationId, signal }, plan) => {
    assertMapped(plan)
    const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    const tally = createTally()
    const progress = engines.progress.begin(plan.progressId, signal)
    try {
      const work = { db, command: null, organization, plan, ids, tally, progress }
      await takeAll(work, engines.tables.records(plan.file, plan))
    } finally {
      progress.end()
    }
    return tally.report()
  },

  progress: ({ engines, signal }, { progressId }) => engines.progress.watch(progressId, signal),
  cancel: ({ engines }, { progressId }) => Promise.resolve({ stopped: engines.progress.stop(progressId) }),

  run: withPreparation({ prepare: prepareRun, run: runImport }),

  undo: undoImport,

  list: async ({ db, organizationId }, { cursor, limit }) => {
    let query = db.selectFrom('imports').where('organizationId', '=', organizationId).where('deletedAt', 'is', null)
    if (cursor !== null) {
      const from = readCursor(cursor)
      query = query.where(sql<boolean>`(created_at, id) < (${from.value}, ${from.id})`)
    }
    const rows = await query
      .select(['id', 'createdAt', 'entity', 'product', 'fileName', 'counts', 'made', 'undoneAt'])
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute()
    const cut = page(rows, limit, (row) => ({ value: row.createdAt, id: row.id }))
    return {
      ...cut,
      rows: cut.rows.map((row) =>
        importRowSchema.parse({ ...row, counts: fromJson(row.counts), made: fromJson(row.made) }),
      ),
    }
  },
}
