import { z } from 'zod'
import { addDays, addMonths, type FiscalYearStart, firstDayOfMonth, todayIn } from '../../../shared/dates.ts'
import { freeFrom, lastFreeDate, type RetentionRule, retentionRuleOf } from '../../../shared/retention.ts'
import type { Db, Trx } from '../../rpc/handles.ts'
import { writeOrganizationSetting } from '../../rpc/organization-setting.ts'

const key = 'record-retention'

const settingSchema = z.object({
  /** Full years that the record is kept; null for ever. */
  years: z.int().min(1).max(99).nullable(),
  /** Nothing is removed while it is set: somebody may ask for it. */
  legalHold: z.boolean(),
})
export type RetentionSetting = z.output<typeof settingSchema>

/** Years that a record is kept where nobody said otherwise and no law asks for more. */
export const usualYears = 7

type Business = {
  readonly id: string
  readonly country: string
  readonly timezone: string
  readonly fiscalYearStart: string
}

export type Kept = RetentionSetting & {
  readonly organizationId: string
  readonly timezone: string
  readonly fiscalYearStart: FiscalYearStart
  /** The law that sets the least. */
  readonly rule: RetentionRule
  /** From this day on the record is kept; null for ever. */
  readonly keptFrom: string | null
}

const read = (text: string | null | undefined): RetentionSetting | null => {
  const parsed = settingSchema.safeParse(JSON.parse(text ?? 'null'))
  return parsed.success ? parsed.data : null
}

/** The first day that is kept: whole months, and never a day that the law of the country still asks for. */
export const keptFromOn = (
  years: number,
  rule: RetentionRule,
  { today, fiscalYearStart }: { readonly today: string; readonly fiscalYearStart: FiscalYearStart },
): string => {
  const asSet = firstDayOfMonth(addMonths(today, -12 * years))
  const byLaw = firstDayOfMonth(addDays(lastFreeDate(rule, today, fiscalYearStart), 1))
  const [from = asSet] = [asSet, byLaw].sort()
  return from
}

/** The day on which everything before a first of a month has gone past its time; null for ever. */
export const goneOn = ({ years, rule, fiscalYearStart }: Kept, month: string): string | null => {
  if (years === null) return null
  const asSet = addMonths(month, 12 * years)
  const byLaw = freeFrom(rule, addDays(month, -1), fiscalYearStart)
  return [asSet, byLaw].sort().at(-1) ?? asSet
}

const keptBy = (business: Business, stored: RetentionSetting | null, now: string): Kept => {
  const today = todayIn(business.timezone, now)
  const rule = retentionRuleOf(business.country, today)
  const usual = { years: Math.max(usualYears, rule.years), legalHold: false }
  const { years, legalHold } = stored ?? usual
  // A law that came later, or another country, asks for its own.
  const counted = years === null ? null : Math.max(years, rule.years)
  const fiscalYearStart = business.fiscalYearStart
  const keptFrom = counted === null ? null : keptFromOn(counted, rule, { today, fiscalYearStart })
  const { id: organizationId, timezone } = business
  return { organizationId, timezone, fiscalYearStart, years: counted, legalHold, rule, keptFrom }
}

/** How long each business of this folder keeps its record. */
export const retentions = async (db: Db | Trx, now: string): Promise<Kept[]> => {
  const rows = await db
    .selectFrom('organizations as o')
    .leftJoin('settings as s', (join) =>
      join
        .onRef('s.organizationId', '=', 'o.id')
        .on('s.key', '=', key)
        .on('s.userId', 'is', null)
        .on('s.deletedAt', 'is', null),
    )
    .select(['o.id', 'o.country', 'o.timezone', 'o.fiscalYearStart', 's.value'])
    .execute()
  return rows.map(({ value, ...business }) => keptBy(business, read(value), now))
}

/** Writes how long a business keeps its record. */
export const writeRetention = async (
  trx: Trx,
  frame: { readonly organizationId: string; readonly now: string; readonly id: string },
  setting: RetentionSetting,
): Promise<void> => await writeOrganizationSetting(trx, frame, key, setting)
