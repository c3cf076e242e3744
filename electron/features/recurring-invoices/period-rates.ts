import type { InvoiceContent } from '../../../shared/contract/invoices.ts'
import { type Percent, percent } from '../../../shared/money/scaled.ts'
import { rateOn, taxPointOf } from '../../../shared/tax/propose.ts'
import type { Db, Trx } from '../../rpc/context.ts'
import { datedRateOf } from '../exchange-rates/table.ts'
import { versionsOf } from '../tax-rates.ts'

type Tax = InvoiceContent['lines'][number]['taxes'][number]
type Version = { readonly effectiveFrom: string; readonly name: string; readonly rateE6: Percent }
type Rate = { readonly name: string; readonly rateE6: Percent; readonly versions: readonly Version[] }

// A tax that a regime splits, such as CGST and SGST, holds the half of its rate.
const halved = 2n

/** A tax of a schedule at the percentage that its rate has on a day; one that was never its rate's stays. */
const taxOn = (tax: Tax, rate: Rate, on: string): Tax => {
  const known = [rate, ...rate.versions]
  const now = rateOn(rate, on)
  const whole = known.find(({ rateE6 }) => rateE6 === tax.rateE6)
  if (whole !== undefined) return { ...tax, rateE6: now.rateE6, name: tax.name === whole.name ? now.name : tax.name }
  const isHalf = known.some(({ rateE6 }) => rateE6 === tax.rateE6 * halved)
  return isHalf && now.rateE6 % halved === 0n ? { ...tax, rateE6: percent(now.rateE6 / halved) } : tax
}

/** The taxes of a period's lines at the rates in force at its tax point. */
export const withRatesInForce = async (
  db: Db | Trx,
  organizationId: string,
  content: InvoiceContent,
): Promise<InvoiceContent> => {
  const versions = await versionsOf(db, organizationId)
  if (versions.size === 0) return content
  const rates = await db
    .selectFrom('taxRates')
    .select(['id', 'name', 'rateE6'])
    .where('organizationId', '=', organizationId)
    .where('id', 'in', [...versions.keys()])
    .execute()
  const known = new Map(rates.map((rate) => [rate.id, { ...rate, versions: versions.get(rate.id) ?? [] }]))
  const on = taxPointOf(content)
  const inForce = (tax: Tax): Tax => {
    const rate = tax.taxRateId === null ? undefined : known.get(tax.taxRateId)
    return rate === undefined ? tax : taxOn(tax, rate, on)
  }
  return { ...content, lines: content.lines.map((line) => ({ ...line, taxes: line.taxes.map(inForce) })) }
}

/** The exchange rate of a period's day from the dated table; what the schedule says where the table knows none. */
export const withExchangeRate = async (
  db: Db | Trx,
  { organizationId, base }: { readonly organizationId: string; readonly base: string },
  content: InvoiceContent,
): Promise<InvoiceContent> => {
  if (content.currency === base) return content
  const dated = await datedRateOf(db, organizationId, base, content.currency, content.issuedOn)
  return dated === undefined ? content : { ...content, exchangeRateE10: dated.rateE10 }
}
