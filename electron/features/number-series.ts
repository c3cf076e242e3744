import { todayIn } from '../../shared/dates.ts'
import { formatNumber, validatePattern } from '../../shared/documents/numbering.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { getRow, updateRow } from '../rpc/rows.ts'
import { peekNumber } from './numbering.ts'

const previewed = [0, 1, 2]

const refusePattern = (message: string): never => {
  throw new AppError('VALIDATION', message, { fields: { pattern: message } })
}

type Series = Parameters<typeof peekNumber>[1]

// A pattern that was used before, or one with the year written out, could begin at a number that is given already.
const assertFree = async (
  { trx, now, timezone }: CommandContext,
  series: Series,
  organization: Parameters<typeof peekNumber>[2],
) => {
  const number = await peekNumber(trx, series, organization, todayIn(timezone, now))
  const taken = await Promise.all(
    (['invoices', 'payments', 'quotes', 'creditNotes', 'refunds'] as const).map((table) =>
      trx
        .selectFrom(table)
        .select('id')
        .where('seriesId', '=', series.id)
        .where('number', '=', number)
        .limit(1)
        .executeTakeFirst(),
    ),
  )
  if (taken.some((row) => row !== undefined)) {
    refusePattern(`The next number would be ${number}, which is given already. Choose another pattern or first value.`)
  }
}

/** How documents are numbered. */
export const numberSeries: Handlers<'numberSeries'> = {
  list: async ({ db, organizationId, clock, timezone }) => {
    const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    const today = todayIn(timezone, clock.now())
    const rows = await db
      .selectFrom('numberSeries')
      .selectAll()
      .where('organizationId', '=', organizationId)
      .where('deletedAt', 'is', null)
      .orderBy('documentKind')
      .orderBy('code')
      .execute()
    return await Promise.all(
      rows.map(async (row) => ({
        ...row,
        isDefault: row.isDefault === 1,
        nextNumber: await peekNumber(db, row, organization, today),
      })),
    )
  },

  update: async (context, { id, version, pattern, startValue }) => {
    const { trx, organizationId } = context
    const series = await getRow(trx, 'numberSeries', organizationId, id, 'number series')
    const organization = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
    if (pattern !== undefined) {
      const [problem] = validatePattern(pattern, { country: organization.country, series: series.code, branch: 'MAIN' })
      if (problem !== undefined) refusePattern(`${problem.message}.`)
    }
    const changed = { pattern: pattern ?? series.pattern, startValue: startValue ?? series.startValue }
    await assertFree(context, { ...series, ...changed }, organization)
    const updated = await updateRow(context, 'numberSeries', { id, version }, changed)
    await context.record({
      kind: 'number-series.changed',
      entity: 'number-series',
      entityId: id,
      data: { pattern: changed.pattern },
    })
    return updated
  },

  preview: async ({ db, organizationId }, { pattern, startValue, on }) => {
    const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    const sample = { series: 'INV', branch: 'MAIN' }
    const [problem] = validatePattern(pattern, { country: organization.country, ...sample })
    if (problem !== undefined) return { numbers: [], problem: `${problem.message}.` }
    const numbers = previewed.map((step) =>
      formatNumber(pattern, {
        ...sample,
        counter: startValue + step,
        issuedOn: on,
        fiscalYearStart: organization.fiscalYearStart,
      }),
    )
    return { numbers, problem: null }
  },
}
