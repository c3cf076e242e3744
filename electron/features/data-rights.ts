import type { Selectable } from 'kysely'
import { readJson } from '../../db/json.ts'
import type { ErasureTable } from '../../db/tables/erasures.ts'
import { dataRights as slice } from '../../shared/contract/data-rights.ts'
import { todayIn } from '../../shared/dates.ts'
import { erase } from '../data-rights/erase.ts'
import { measure } from '../data-rights/measure.ts'
import type { Db, Handlers, Trx } from '../rpc/context.ts'
import { getRow } from '../rpc/rows.ts'

const countsSchema = slice.erase.output.shape.counts

const inWords = ({ counts, createdAt, ...row }: Selectable<ErasureTable>, by: string | null) => ({
  ...row,
  at: createdAt,
  by,
  counts: readJson(countsSchema, counts),
})

const erasuresOf = async (db: Db | Trx, organizationId: string, clientId: string | null) => {
  const rows = await db
    .selectFrom('erasures as e')
    .leftJoin('users as u', 'u.id', 'e.userId')
    .selectAll('e')
    .select('u.name as by')
    .where('e.organizationId', '=', organizationId)
    .$if(clientId !== null, (query) => query.where('e.clientId', '=', clientId ?? ''))
    .orderBy('e.createdAt', 'desc')
    .orderBy('e.id', 'desc')
    .execute()
  return rows.map(({ by, ...row }) => inWords(row, by))
}

/** What people may ask of a business about their own data: to see it, and to have it erased. */
export const dataRights: Handlers<'dataRights'> = {
  exportData: async ({ db, engines, organizationId, clock, timezone }, { clientId }) => {
    const { code } = await getRow(db, 'clients', organizationId, clientId, 'client')
    const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    const { bytes, ...facts } = await engines.readings.read('exportPerson', {
      organizationId,
      clientId,
      directory: engines.workspace.directory,
      businessName: organization.legalName,
      madeAt: clock.now(),
    })
    const plain = code.replace(/[^\p{L}\p{N}]+/gu, '-')
    return { ...facts, content: bytes, fileName: `${plain}-${todayIn(timezone, clock.now())}.zip` }
  },

  previewErasure: async ({ db, organizationId, clock, timezone }, { clientId }) => {
    const { id, version, code, name } = await getRow(db, 'clients', organizationId, clientId, 'client')
    const { ids, counts, kept, keptCount, retainedUntil, rule } = await measure(
      db,
      organizationId,
      id,
      todayIn(timezone, clock.now()),
    )
    const open = await db
      .selectFrom('invoices')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where('clientId', 'in', [...ids])
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow()
    const waiting = await db
      .selectFrom('outboxMessages')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where('clientId', 'in', [...ids])
      .where('state', '=', 'queued')
      .where('deletedAt', 'is', null)
      .executeTakeFirstOrThrow()
    return {
      client: { id, version, code, name },
      counts,
      kept: [...kept],
      keptCount,
      retainedUntil,
      rule: { country: rule.country, years: rule.years, from: rule.from, source: rule.source },
      openInvoices: open.count,
      waitingMessages: waiting.count,
      earlier: await erasuresOf(db, organizationId, id),
    }
  },

  erase: async (context, input) => {
    const { id } = await erase(context, input)
    const row = await getRow(context.trx, 'erasures', context.organizationId, id, 'erasure')
    const user =
      row.userId === null
        ? undefined
        : await context.trx.selectFrom('users').select('name').where('id', '=', row.userId).executeTakeFirst()
    return inWords(row, user?.name ?? null)
  },

  erasures: ({ db, organizationId }) => erasuresOf(db, organizationId, null),
}
