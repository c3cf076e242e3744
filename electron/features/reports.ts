import { addDays, fiscalYearOf, todayIn } from '../../shared/dates.ts'
import { figuresFor } from '../pdf/figures.ts'
import type { Handlers, QueryContext } from '../rpc/context.ts'
import { page, readCursor } from '../rpc/pages.ts'
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

  documents: async (context, { cursor, ...input }) => {
    const { fiscalYearStart } = await organizationOf(context)
    const { organizationId } = context
    const at = cursor === null ? null : readCursor(cursor)
    const after = at === null ? null : ([String(at.value), at.id] as const)
    const { rows, total } = await context.engines.readings.read('reportDocuments', {
      ...input,
      organizationId,
      fiscalYearStart,
      after,
    })
    return { ...page(rows, input.limit, ({ on, number, id }) => ({ value: `${on} ${number}`, id })), total }
  },

  pdf: async (context, { title, about, tables }) => {
    const { clock, timezone, engines, signal } = context
    const { tradeName, legalName, pageSize, accentColor, language } = await organizationOf(context)
    const now = clock.now()
    // The words of reports are English whatever the figures are written in.
    const dates = figuresFor(language.startsWith('en') ? language : 'en-GB', 'XXX', 2)
    const report = {
      language: 'en',
      pageSize,
      business: tradeName ?? legalName,
      accentColor,
      title,
      about,
      madeOn: `Drawn up on ${dates.date(todayIn(timezone, now))}`,
      tables,
      createdAt: now,
    }
    return { pdf: await engines.pdf.renderReport(report, signal) }
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
