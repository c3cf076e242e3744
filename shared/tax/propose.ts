import type { DocumentContent, DocumentLine, LineTax } from '../contract/documents.ts'
import type { Percent } from '../money/scaled.ts'
import type { LineFacts, Proposal, Regime, SaleFacts, TaxTables } from './regimes/regime.ts'

/** A tax rate of the business with its history, as far as choosing one asks. */
export type RateHistory = {
  readonly id: string
  readonly name: string
  readonly category: LineTax['category']
  readonly rateE6: Percent
  readonly isCompound: boolean
  readonly exemptionReason: string | null
  /** State, province or country whose authority charges it; null for a rate that is chosen by item. */
  readonly place: string | null
  readonly effectiveFrom: string | null
  readonly effectiveTo: string | null
  readonly status: 'active' | 'archived'
  /** What it was before and will be, oldest first; before the first one it is what the rate itself says. */
  readonly versions: readonly { readonly effectiveFrom: string; readonly name: string; readonly rateE6: Percent }[]
}

type Listed = Omit<RateHistory, 'name' | 'rateE6'> & { readonly original: Pick<RateHistory, 'name' | 'rateE6'> }

/** A rate as `taxRates.list` gives it, with its history. */
export const historyOf = (rate: Listed): RateHistory => ({ ...rate, ...rate.original })

/** Name and percentage of a rate on a day: the last version that has begun, before the first one the rate as made. */
export const rateOn = (
  rate: Pick<RateHistory, 'name' | 'rateE6' | 'versions'>,
  on: string,
): { name: string; rateE6: Percent } => {
  let { name, rateE6 } = rate
  let since = ''
  for (const version of rate.versions) {
    if (version.effectiveFrom > on || version.effectiveFrom < since) continue
    since = version.effectiveFrom
    name = version.name
    rateE6 = version.rateE6
  }
  return { name, rateE6 }
}

const isOffered = (rate: RateHistory, on: string): boolean =>
  (rate.effectiveFrom === null || rate.effectiveFrom <= on) && (rate.effectiveTo === null || on <= rate.effectiveTo)

/** A rate as a line holds it, with the percentage in force on a day. */
export const lineTaxOn = (rate: RateHistory, on: string): LineTax => ({
  taxRateId: rate.id,
  ...rateOn(rate, on),
  category: rate.category,
  isCompound: rate.isCompound,
  exemptionReason: rate.exemptionReason,
})

/** The day that decides which rate holds: the last day of the supply, or else the document's own. */
export const taxPointOf = (content: Pick<DocumentContent, 'issuedOn' | 'supplyFrom' | 'supplyTo'>): string =>
  content.supplyTo ?? content.supplyFrom ?? content.issuedOn

export type ProposalFacts = SaleFacts & {
  readonly regime: Regime
  readonly rates: readonly RateHistory[]
  readonly tables: TaxTables
}

/**
 * The taxes of a line as the regime proposes them for a document's client, treatment, place and date. `rateId` is the
 * item's rate or the default; null charges none. Pure: the editor calls it when one of them changes.
 */
export const taxesForLine = (
  facts: ProposalFacts,
  content: Pick<DocumentContent, 'issuedOn' | 'supplyFrom' | 'supplyTo' | 'taxTreatment' | 'placeOfSupply'>,
  rateId: string | null,
  kind: 'goods' | 'services',
): Proposal => {
  const taxPoint = taxPointOf(content)
  const rate = facts.rates.find((it) => it.id === rateId)
  const placeRates = facts.rates.filter(
    (it) =>
      it.place !== null && it.place === content.placeOfSupply && it.status === 'active' && isOffered(it, taxPoint),
  )
  const line: LineFacts = {
    ...facts,
    kind,
    treatment: content.taxTreatment,
    placeOfSupply: content.placeOfSupply,
    taxPoint,
    rate: rate === undefined ? null : lineTaxOn(rate, taxPoint),
    placeRates: placeRates.map((it) => lineTaxOn(it, taxPoint)),
  }
  const { taxes, warnings } = facts.regime.proposeTaxes(line)
  // Each tax remembers the rate that it was made from, so that another treatment can begin from it again.
  return { taxes: taxes.map((tax) => ({ ...tax, taxRateId: tax.taxRateId ?? rate?.id ?? null })), warnings }
}

/** The rate that a line's taxes were made from: the one they all name, or null for taxes of several or of none. */
export const rateIdOf = (line: Pick<DocumentLine, 'taxes'>): string | null => {
  const first = line.taxes[0]?.taxRateId ?? null
  for (const tax of line.taxes) if (tax.taxRateId !== first) return null
  return first
}
