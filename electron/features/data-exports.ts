import { callableWith } from '../../shared/callable.ts'
import { sheetNames, sheetsShownBy } from '../../shared/contract/data-exports.ts'
import { todayIn } from '../../shared/dates.ts'
import { AppError } from '../../shared/errors.ts'
import { schemaVersionOf } from '../exports/export-workspace.ts'
import { importWorkspace } from '../exports/import-workspace.ts'
import { type SheetName, sheets } from '../exports/sheets.ts'
import { assertMayMakeBusiness, keepFirstBusiness } from '../people/workstation.ts'
import { signRecordFile } from '../record/file-statement.ts'
import type { Db, Handlers, QueryContext } from '../rpc/context.ts'
import { withPreparation } from '../rpc/context.ts'
import { getRow } from '../rpc/rows.ts'
import { scanJob } from './notifications/scan.ts'
import { reminderJob } from './reminders/job.ts'
import { within } from './setup/create-organization.ts'
import { ensureOwner } from './setup/owner.ts'

const nameOf = async (db: Db, organizationId: string) => {
  const { tradeName, legalName } = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
  return (tradeName ?? legalName).replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'books'
}

const sheetsOf = ({ permissions, branchIds }: QueryContext): readonly SheetName[] => {
  const callable = new Set(callableWith(permissions ?? new Set(), branchIds !== null))
  const theirs = sheetNames.filter((name) => callable.has(sheetsShownBy[name]))
  if (theirs.length > 0) return theirs
  throw new AppError('FORBIDDEN', 'Your role may see none of the tables, so there is nothing to export.')
}

const assertSheets = (names: readonly SheetName[], theirs: readonly SheetName[]) => {
  const refused = names.find((name) => !theirs.includes(name))
  if (refused === undefined) return
  throw new AppError('FORBIDDEN', `You may not see ${sheets[refused].title.toLowerCase()}, so it cannot be exported.`)
}

/** Everything of a business as a file of its own, and back. */
export const dataExports: Handlers<'dataExports'> = {
  everything: async ({ db, engines, organizationId, permissions, clock, timezone }) => {
    const exportedAt = clock.now()
    const showsEvents = permissions?.has('security.read') === true
    const record = await engines.readings.read('exportRecord', { organizationId, madeAt: exportedAt, showsEvents })
    const { bytes, ...facts } = await engines.readings.read('exportWorkspace', {
      organizationId,
      directory: engines.workspace.directory,
      exportedAt,
      record: signRecordFile(record, engines.signer),
    })
    return {
      ...facts,
      content: bytes,
      fileName: `${await nameOf(db, organizationId)}-${todayIn(timezone, clock.now())}.counterfoil.zip`,
    }
  },

  sheet: async (context, { sheet, separator, from, to }) => {
    const { engines, organizationId, clock, timezone } = context
    assertSheets([sheet], sheetsOf(context))
    return {
      content: await engines.readings.read('writeCsv', { organizationId, sheet, separator, from, to }),
      fileName: `${sheet}-${todayIn(timezone, clock.now())}.csv`,
    }
  },

  workbook: async (context, { sheets: chosen, from, to }) => {
    const { db, engines, organizationId, clock, timezone } = context
    const theirs = sheetsOf(context)
    assertSheets(chosen, theirs)
    const all = theirs.filter((name) => name !== 'audit')
    return {
      content: await engines.readings.read('writeXlsx', {
        organizationId,
        names: [chosen, all, theirs].find(({ length }) => length > 0) ?? theirs,
        from,
        to,
      }),
      fileName: `${await nameOf(db, organizationId)}-${todayIn(timezone, clock.now())}.xlsx`,
    }
  },

  bundle: async (context, { from, to }) => {
    const { db, engines, organizationId, clock, timezone } = context
    const { legalName } = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    const { bytes, ...facts } = await engines.readings.read('writeBundle', {
      organizationId,
      sheets: sheetsOf(context),
      from,
      to,
      directory: engines.workspace.directory,
      businessName: legalName,
      madeAt: clock.now(),
    })
    const name = await nameOf(db, organizationId)
    return { ...facts, content: bytes, fileName: `${name}-accountant-${todayIn(timezone, clock.now())}.zip` }
  },

  importEverything: withPreparation({
    prepare: async ({ db, userId, engines }, { content }) => {
      // Before the archive is read: nothing of it is kept for whoever may not.
      await assertMayMakeBusiness(db, userId)
      const { books, files } = await engines.readings.read('readArchive', content)
      const known = await db
        .selectFrom('organizations')
        .select('legalName')
        .where('id', '=', books.organizationId)
        .executeTakeFirst()
      if (known !== undefined)
        throw new AppError('IMPORT_FAILED', `The books of ${known.legalName} are here already. Nothing was changed.`)
      // Files first: rows that name them are only there once they are. Kept by their hash, one too many does no harm.
      for (const file of files.values()) await engines.files.put(file)
      return { books, fileCount: files.size, schemaVersion: await schemaVersionOf(db) }
    },
    run: async (context, _input, { books, fileCount, schemaVersion }) => {
      await keepFirstBusiness(context)
      const { rowCount } = await importWorkspace(context, books, schemaVersion)
      const { organizationId } = books
      const own = within(context, organizationId)
      const userId = await ensureOwner(context, { ownerName: null, email: null })
      await context.trx
        .insertInto('memberships')
        .values({ ...own.newRow(), userId, role: 'owner' })
        .execute()
      await own.enqueue({ kind: scanJob, subjectId: organizationId })
      await own.enqueue({ kind: reminderJob, subjectId: organizationId })
      const { legalName } = await getRow(context.trx, 'organizations', organizationId, organizationId, 'organization')
      return { organizationId, legalName, rowCount, fileCount }
    },
  }),

  stateHash: async ({ engines, organizationId }) => ({
    stateHash: await engines.readings.read('stateHash', organizationId),
  }),
}
