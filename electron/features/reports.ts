import { addDays, fiscalYearOf, todayIn } from '../../shared/dates.ts'
import type { Handlers, QueryContext } from '../rpc/context.ts'
import { getRow } from '../rpc/rows.ts'

const organizationOf = ({ db, organizationId }: QueryContext) =>
  getRow(db, 'organizations', organizationId, organizationId, 'organization')

/** Reports over any range, in the base currency, each row with the documents behind it. */
export const reports: Handlers<'reports'> = {
  run: async (context, input) => {
    const { currency, fiscalYearStart } = await organizationOf(context)
    const { organizationId } = context
    const report = await context.engines.readings.read('report', { ...input, organizationId, fiscalYearStart })
    return { baseCurrency: currency, ...report }
  },

  documents: async (context, input) => {
    const { fiscalYearStart } = await organizationOf(context)
    const { organizationId } = context
    return await context.engines.readings.read('reportDocuments', { ...input, organizationId, fiscalYearStart })
  },

  fiscalYears: async (context) => {
    const { db, organizationId, timezone, clock } = context
    const { fiscalYearStart } = await organizationOf(context)
    const today = todayIn(timezone, clock.now())
    const { first, last } = await db
      .selectFrom('monthlyTotals')
      .select(({ fn }) => [fn.min('month').as('first'), fn.max('month').as('last')])
      .where('organizationId', '=', organizationId)
      .executeTakeFirstOrThrow()
    const years = []
    const newest = last === null || `${last}-01` < today ? today : `${last}-01`
    const oldest = first === null || `${first}-01` > today ? today : `${first}-01`
    for (let date = newest; ; ) {
      const { label, from, until } = fiscalYearOf(date, fiscalYearStart)
      years.push({ label, from, to: addDays(until, -1) })
      if (from <= oldest || years.length >= 60) break
      date = addDays(from, -1)
    }
    return years
  },
}
