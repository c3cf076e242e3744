import { sql } from 'kysely'
import { daysBetween } from '../../shared/dates.ts'
import type { Amount } from '../../shared/money/scaled.ts'
import type { Handlers } from '../rpc/context.ts'
import { page, readCursor } from '../rpc/pages.ts'
import { getRow } from '../rpc/rows.ts'
import { rawRows } from './raw-rows.ts'
import { openOn } from './statements/aged.ts'
import { statementsOf } from './statements/of-client.ts'
import { composeStatement, sendStatement, statementPdf } from './statements/send.ts'

type OpenRow = {
  readonly id: string
  readonly number: string
  readonly clientId: string
  readonly clientName: string
  readonly issuedOn: string
  readonly dueOn: string | null
  readonly currency: string
  readonly payableE4: Amount
  readonly openE4: Amount
}

/** What clients owed on any day, from the ledger of documents and allocations. */
export const statements: Handlers<'statements'> = {
  get: ({ db, organizationId }, input) => statementsOf(db, organizationId, input),

  pdf: statementPdf,
  compose: composeStatement,
  send: sendStatement,

  aged: async ({ db, engines, organizationId }, { on, basis, currency, clientId }) => {
    const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    const aged = await engines.readings.read('aged', {
      organizationId,
      baseCurrency: organization.currency,
      roundingMode: organization.roundingMode,
      on,
      basis,
      currency,
      clientId,
    })
    return { baseCurrency: organization.currency, ...aged }
  },

  openInvoices: async ({ db, organizationId }, { on, clientId, currency, cursor, limit }) => {
    const scope = { organizationId, on, clientId, currency }
    const at = cursor === null ? null : readCursor(cursor)
    const rows = await rawRows<OpenRow>(
      db,
      sql`SELECT id, number, client_id, client_name, issued_on, due_on, currency, payable_e4, open_e4
        FROM (${openOn(scope)}) WHERE open_e4 > 0
        ${at === null ? sql`` : sql`AND (coalesce(due_on, issued_on), id) > (${at.value}, ${at.id})`}
        ORDER BY coalesce(due_on, issued_on), id LIMIT ${limit + 1}`,
    )
    const aged = rows.map((row) => ({
      ...row,
      daysOverdue: row.dueOn === null ? 0 : Math.max(0, daysBetween(row.dueOn, on)),
    }))
    return page(aged, limit, (row) => ({ value: row.dueOn ?? row.issuedOn, id: row.id }))
  },
}
