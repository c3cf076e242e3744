import type { TaxTreatment } from '../../contract/documents.ts'
import { rateText } from '../../documents/tax-sets.ts'
import { euMembers, euPlaces } from './eu-members.ts'
import { euReturns } from './eu-returns.ts'
import { charged, chargesTax, hasVatNumber, inForce, untaxed } from './parts.ts'
import type { LineFacts, Proposal, Regime, SaleFacts } from './regime.ts'

/**
 * VAT of the European Union. Sources: Directive 2006/112/EC, articles 31-59c (place of supply), 132, 135 (exemptions),
 * 138 (intra-Community supplies), 146 (exports), 196 (reverse charge), 226 (what an invoice says), 359-369 (one-stop
 * shop), 282-292 (small businesses). VATEX codes: CEF code list, exemption reasons of EN 16931.
 */
const texts = {
  reverse: 'Reverse charge',
  intra: 'Intra-Community supply, exempt under Article 138 of Directive 2006/112/EC',
  export: 'Export outside the EU, exempt under Article 146 of Directive 2006/112/EC',
  outside: 'Not subject to VAT',
  exempt: 'Exempt from VAT',
  small: 'Special scheme for small enterprises, no VAT charged',
} as const

/** Prefix of a country's VAT numbers. */
const prefixOf = (country: string) => (country === 'GR' ? 'EL' : country)

const suggestTreatment = ({ seller, buyer, deliverTo, kind, settings }: SaleFacts): TaxTreatment => {
  if (settings.scheme === 'small-business') return 'exempt'
  if (buyer === null) return 'domestic'
  const there = (kind === 'goods' ? deliverTo?.country : null) ?? buyer.country
  if (there === null || there === seller.country) return 'domestic'
  if (euMembers.has(there)) {
    if (hasVatNumber(buyer)) return kind === 'goods' ? 'intra-community' : 'reverse-charge'
    return settings.usesOss ? 'oss' : 'domestic'
  }
  if (kind === 'goods') return 'export'
  // Services to consumers abroad are mostly taxed where the supplier is (article 45).
  return buyer.taxIds.length > 0 ? 'outside-scope' : 'domestic'
}

const destinationTax = ({ tables, placeOfSupply, buyer, taxPoint }: LineFacts): Proposal => {
  const country = placeOfSupply ?? buyer?.country ?? ''
  const [rate] = inForce(
    tables.standardRates.filter((it) => it.country === country),
    taxPoint,
  )
  if (rate === undefined) {
    return {
      taxes: [],
      warnings: [
        `There is no VAT rate of ${country || 'the buyer’s country'} on ${taxPoint}: choose the place of supply.`,
      ],
    }
  }
  const tax = charged(`VAT ${country}`, rate.rateE6, null)
  return {
    taxes: [tax],
    warnings: [
      `One-stop shop: the standard rate of ${euMembers.get(country) ?? country} (${rateText({ ...tax, compound: false })}). Reduced rates are chosen by hand.`,
    ],
  }
}

const proposeTaxes = (facts: LineFacts): Proposal => {
  const { treatment, rate, buyer, settings } = facts
  const missingId =
    buyer !== null && !hasVatNumber(buyer)
      ? ['This treatment needs the VAT number of the client, checked in VIES on the day of the supply.']
      : []
  if (settings.scheme === 'small-business') return { taxes: [untaxed('VAT', 'E', texts.small)], warnings: [] }
  if (treatment === 'reverse-charge') return { taxes: [untaxed('VAT', 'AE', texts.reverse)], warnings: missingId }
  if (treatment === 'intra-community') return { taxes: [untaxed('VAT', 'K', texts.intra)], warnings: missingId }
  if (treatment === 'export') return { taxes: [untaxed('VAT', 'G', texts.export)], warnings: [] }
  if (treatment === 'outside-scope') return { taxes: [untaxed('VAT', 'O', texts.outside)], warnings: [] }
  if (treatment === 'exempt') return { taxes: [untaxed('VAT', 'E', texts.exempt)], warnings: [] }
  if (treatment === 'oss') return destinationTax(facts)
  const unusual = chargesTax(treatment) ? [] : ['This treatment is not one of EU VAT: the rate of the line is kept.']
  return { taxes: rate === null ? [] : [rate], warnings: unusual }
}

const wordingOf = (treatment: TaxTreatment): string | null => {
  if (treatment === 'reverse-charge') return texts.reverse
  if (treatment === 'intra-community') return texts.intra
  if (treatment === 'export') return texts.export
  return null
}

export const euVat: Regime = {
  id: 'eu-vat',
  name: 'EU VAT',
  countries: [...euMembers.keys()],
  idScheme: (country) => `${prefixOf(country)}-VAT`,
  schemes: ['standard', 'cash', 'small-business'],
  treatments: [
    { id: 'domestic', label: 'Taxable here' },
    { id: 'reverse-charge', label: 'Reverse charge (services to a business in the EU)' },
    { id: 'intra-community', label: 'Intra-Community supply of goods' },
    { id: 'oss', label: 'One-stop shop (consumer in the EU)' },
    { id: 'export', label: 'Export of goods' },
    { id: 'outside-scope', label: 'Not subject to VAT' },
    { id: 'exempt', label: 'Exempt' },
  ],
  places: () => euPlaces,
  suggestTreatment,
  // Goods belong where they arrive, other supplies where the buyer lives; only the one-stop shop asks for it.
  suggestPlace: ({ treatment, buyer, deliverTo, kind }) =>
    treatment === 'oss' ? ((kind === 'goods' ? deliverTo?.country : null) ?? buyer?.country ?? null) : null,
  proposeTaxes,
  wording: ({ treatment }) => {
    const text = wordingOf(treatment)
    return { title: null, reverseCharge: null, texts: text === null ? [] : [text] }
  },
  reasons: [
    { category: 'AE', code: 'VATEX-EU-AE', text: texts.reverse },
    { category: 'K', code: 'VATEX-EU-IC', text: texts.intra },
    { category: 'G', code: 'VATEX-EU-G', text: texts.export },
    { category: 'O', code: 'VATEX-EU-O', text: texts.outside },
    { category: 'E', code: 'VATEX-EU-132', text: texts.exempt },
    {
      category: 'E',
      code: 'VATEX-EU-132-1B',
      text: 'Hospital and medical care, Article 132(1)(b) of Directive 2006/112/EC',
    },
    {
      category: 'E',
      code: 'VATEX-EU-132-1C',
      text: 'Care by medical professions, Article 132(1)(c) of Directive 2006/112/EC',
    },
    { category: 'E', code: 'VATEX-EU-132-1I', text: 'Education, Article 132(1)(i) of Directive 2006/112/EC' },
    {
      category: 'E',
      code: 'VATEX-EU-135-1',
      text: 'Insurance, finance and letting, Article 135(1) of Directive 2006/112/EC',
    },
    { category: 'E', code: 'VATEX-EU-143', text: 'Importation exempt under Article 143 of Directive 2006/112/EC' },
    { category: 'E', code: 'VATEX-EU-148', text: 'Ships and aircraft, Article 148 of Directive 2006/112/EC' },
    {
      category: 'E',
      code: 'VATEX-EU-151',
      text: 'Embassies and international bodies, Article 151 of Directive 2006/112/EC',
    },
    { category: 'E', code: 'VATEX-EU-309', text: 'Travel agents outside the EU, Article 309 of Directive 2006/112/EC' },
    { category: 'E', code: 'VATEX-EU-D', text: 'Travel agents, margin scheme' },
    { category: 'E', code: 'VATEX-EU-F', text: 'Second-hand goods, margin scheme' },
    { category: 'E', code: 'VATEX-EU-I', text: 'Works of art, margin scheme' },
    { category: 'E', code: 'VATEX-EU-J', text: 'Collectors’ items and antiques, margin scheme' },
    { category: 'E', code: 'VATEX-FR-FRANCHISE', text: 'TVA non applicable, art. 293 B du CGI' },
  ],
  // Each country's own are in resources/tax and in the business's rates.
  statutoryRates: [],
  roundOffStepE4: null,
  classificationDigits: () => null,
  returns: euReturns,
  largeInvoices: [],
  fiscalYearStart: '01-01',
  frequencies: ['monthly', 'quarterly', 'yearly'],
}
