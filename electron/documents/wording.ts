import type { Selectable } from 'kysely'
import type { OrganizationTable } from '../../db/tables/organizations.ts'
import type { DocumentContent } from '../../shared/contract/documents.ts'
import { checkTaxId } from '../../shared/tax/ids/index.ts'
import { taxPointOf } from '../../shared/tax/propose.ts'
import { regimeOf } from '../../shared/tax/regimes/index.ts'
import type { DocumentWording, Regime, TaxParty } from '../../shared/tax/regimes/regime.ts'
import { regimeSettingsOf } from '../../shared/tax/registrations.ts'
import { hasTaxNumber } from '../../shared/tax/seller-ids.ts'
import { registrationInForce } from '../features/tax-settings/registrations.ts'
import type { Db, Trx } from '../rpc/context.ts'
import type { Buyer, Seller } from './snapshots.ts'

const partyOf = ({ address, taxIds }: Pick<Seller, 'address' | 'taxIds'>): TaxParty => ({
  country: address.country,
  region: address.region,
  taxIds,
})

/** The reasons for no tax that lines give themselves, each once. */
export const lineReasons = (content: DocumentContent): readonly string[] => [
  ...new Set(content.lines.flatMap((line) => line.taxes.flatMap(({ exemptionReason }) => exemptionReason ?? []))),
]

// A rate may word the reason in the language of its country: the regime's own words would then say it twice.
const unsaid = (texts: readonly string[], content: DocumentContent, regime: Regime): string[] => {
  const taxes = content.lines.flatMap((line) => line.taxes)
  const explained = new Set(taxes.flatMap((tax) => (tax.exemptionReason === null ? [] : [tax.category])))
  const said = new Set(lineReasons(content))
  return texts.filter(
    (text) => !said.has(text) && !regime.reasons.some((it) => it.text === text && explained.has(it.category)),
  )
}

/** Whether the seller may call its invoices tax invoices: the number it is registered by is among those it prints. */
const isRegistered = (seller: Seller, regime: Regime, number: string | null): boolean => {
  if (number !== null) return hasTaxNumber(seller.taxIds, number)
  const scheme = seller.address.country === null ? null : regime.idScheme(seller.address.country)
  return scheme !== null && seller.taxIds.some(({ value }) => checkTaxId(scheme, value).ok)
}

/**
 * What the tax system in force at the tax point wants said on a document beside what its lines say: its title, whether
 * the buyer owes the tax, sentences such as the letter of undertaking of an export.
 */
export const wordingFor = async (
  db: Db | Trx,
  organization: Selectable<OrganizationTable>,
  content: DocumentContent,
  seller: Seller,
  buyer: Buyer | null,
): Promise<DocumentWording> => {
  const registration = await registrationInForce(db, organization, taxPointOf(content))
  const regime = regimeOf(registration.regime)
  const wording = regime.wording({
    seller: partyOf(seller),
    settings: regimeSettingsOf(registration),
    buyer: buyer === null ? null : partyOf(buyer),
    deliverTo: buyer?.deliveryAddress ?? null,
    kind: 'services',
    treatment: content.taxTreatment,
    placeOfSupply: content.placeOfSupply,
  })
  const isClaimed = wording.title !== 'tax-invoice' || isRegistered(seller, regime, registration.number)
  return { ...wording, title: isClaimed ? wording.title : null, texts: unsaid(wording.texts, content, regime) }
}
