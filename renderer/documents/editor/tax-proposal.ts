import type { Client } from '../../../shared/contract/clients.ts'
import type { Contract, Output } from '../../../shared/contract/index.ts'
import type { Organization } from '../../../shared/contract/organizations.ts'
import type { TaxRate } from '../../../shared/contract/tax-rates.ts'
import { historyOf, type ProposalFacts, rateIdOf, taxesForLine, taxPointOf } from '../../../shared/tax/propose.ts'
import { regimeOf } from '../../../shared/tax/regimes/index.ts'
import { regimeSettingsOf, registrationOn } from '../../../shared/tax/registrations.ts'
import { sellerTaxIds } from '../../../shared/tax/seller-ids.ts'
import type { DocumentContent, DocumentLine, LineTax } from '../document-content.ts'
import type { Edit } from './draft-edits.ts'

export type TaxSettings = Output<Contract['taxSettings']['get']>
type SupplyKind = 'goods' | 'services'

export type TaxSources = {
  readonly organization: Organization
  readonly settings: TaxSettings
  readonly rates: readonly TaxRate[]
  /** null while none is chosen. */
  readonly client: Client | null
}

// Units that only work and time are counted in (UN/ECE Recommendation 20).
const timeUnits: ReadonlySet<string> = new Set(['HUR', 'DAY', 'MIN', 'WEE', 'MON', 'ANN', 'SEC'])

const usualKind = ({ kind }: Organization): SupplyKind =>
  kind === 'service' || kind === 'practice' ? 'services' : 'goods'

/** Goods or services, as far as a line tells: its unit, its code (SAC begins with 99), or what the business does. */
export const kindOfLine = (
  line: Pick<DocumentLine, 'unit' | 'classification'>,
  organization: Organization,
): SupplyKind => {
  if (timeUnits.has(line.unit) || line.classification?.startsWith('99')) return 'services'
  return usualKind(organization)
}

/** What the regime in force at the tax point of a document has to know. */
export const factsOf = (
  { organization, settings, rates, client }: TaxSources,
  content: Pick<DocumentContent, 'issuedOn' | 'supplyFrom' | 'supplyTo'>,
): ProposalFacts => {
  const registration = registrationOn(settings.registrations, taxPointOf(content)) ?? settings.current
  return {
    regime: regimeOf(registration.regime),
    settings: regimeSettingsOf(registration),
    seller: {
      country: organization.country,
      region: organization.address.region,
      taxIds: sellerTaxIds(organization.taxIds, settings.registrations, taxPointOf(content), settings.numberLabel),
    },
    buyer:
      client === null
        ? null
        : { country: client.address.country, region: client.address.region, taxIds: client.taxIds },
    deliverTo:
      client?.deliveryAddress == null
        ? null
        : { country: client.deliveryAddress.country, region: client.deliveryAddress.region },
    kind: usualKind(organization),
    rates: rates.map(historyOf),
    tables: settings.tables,
  }
}

const same = (one: readonly LineTax[], other: readonly LineTax[]) =>
  JSON.stringify(plain(one)) === JSON.stringify(plain(other))
const plain = (taxes: readonly LineTax[]) => taxes.map((tax) => ({ ...tax, rateE6: String(tax.rateE6) }))

/** Whether a line's taxes are for the regime to decide: none, and several rates chosen by hand, stay as they are. */
const isProposed = (line: DocumentLine) => line.taxes.length > 0 && rateIdOf(line) !== null

/** The lines with their taxes as the regime proposes them now; lines that it does not change stay the same objects. */
export const retax =
  (sources: TaxSources): Edit =>
  (content) => {
    // A credit note mirrors the taxes of its invoice.
    if (content.invoiceId != null) return content
    const facts = factsOf(sources, content)
    let isChanged = false
    const lines = content.lines.map((line) => {
      if (!isProposed(line)) return line
      const { taxes } = taxesForLine(facts, content, rateIdOf(line), kindOfLine(line, sources.organization))
      if (same(taxes, line.taxes)) return line
      isChanged = true
      return { ...line, taxes: [...taxes] }
    })
    return isChanged ? { ...content, lines } : content
  }

/** Treatment and place as the regime suggests them for the client, and the taxes that follow. */
export const treatClient =
  (sources: TaxSources): Edit =>
  (content) => {
    if (content.invoiceId != null) return content
    const facts = factsOf(sources, content)
    const taxTreatment = facts.regime.suggestTreatment(facts)
    const placeOfSupply = facts.regime.suggestPlace({ ...facts, treatment: taxTreatment })
    const treated =
      taxTreatment === content.taxTreatment && placeOfSupply === content.placeOfSupply
        ? content
        : { ...content, taxTreatment, placeOfSupply }
    return retax(sources)(treated)
  }

/** What the regime warns of, once each. */
export const warningsOf = (sources: TaxSources, content: DocumentContent): readonly string[] => {
  if (content.invoiceId != null) return []
  const facts = factsOf(sources, content)
  // Lines are many and ways to tax them few: each way is asked once. This runs with every key.
  const asked = new Set<string>()
  const found: string[] = []
  for (const line of content.lines) {
    const rateId = line.taxes.length === 0 ? null : rateIdOf(line)
    if (rateId === null) continue
    const kind = kindOfLine(line, sources.organization)
    const way = rateId + kind
    if (asked.has(way)) continue
    asked.add(way)
    found.push(...taxesForLine(facts, content, rateId, kind).warnings)
  }
  return [...new Set([...found, ...codesMissing(facts, content)])]
}

/** Lines whose code of goods or services is too short for what the regime asks, such as HSN digits. */
const codesMissing = (facts: ProposalFacts, content: DocumentContent): readonly string[] => {
  const digits = facts.regime.classificationDigits({
    isLarge: facts.settings.isLarge,
    treatment: content.taxTreatment,
    buyer: (facts.buyer?.taxIds.length ?? 0) > 0 ? 'business' : 'consumer',
  })
  if (digits === null) return []
  const short = content.lines.flatMap(({ name, classification }, index) => {
    // A code of services (SAC) has 6 digits whatever the turnover.
    const wanted = classification?.startsWith('99') ? 6 : digits
    return name !== '' && (classification ?? '').replace(/\D/g, '').length < wanted ? [index + 1] : []
  })
  if (short.length === 0) return []
  const which = short.length > 5 ? `${short.slice(0, 5).join(', ')} …` : short.join(', ')
  return [`HSN of ${digits} digits (SAC of 6) is asked for: line ${which}. Add it by the menu of the line.`]
}
