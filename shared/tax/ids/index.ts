import { americanSchemes } from './americas.ts'
import { northEasternVat } from './eu-north-east.ts'
import { westernVat } from './eu-west.ts'
import { indianSchemes } from './india.ts'
import { compact, type IdCheck, type IdScheme } from './scheme.ts'
import { ukSchemes } from './uk.ts'
import { worldwideSchemes } from './worldwide.ts'

export type { IdCheck, IdScheme } from './scheme.ts'

/** Every kind of number that can be checked, by its id; a new one is one more in the file of its region. */
export const idSchemes: ReadonlyMap<string, IdScheme> = new Map(
  [...westernVat, ...northEasternVat, ...ukSchemes, ...indianSchemes, ...americanSchemes, ...worldwideSchemes].map(
    (scheme) => [scheme.id, scheme],
  ),
)

/** Prefixes of the VAT identification numbers of the EU and Northern Ireland. */
export const euVatPrefixes: ReadonlySet<string> = new Set([
  ...[...westernVat, ...northEasternVat].map((scheme) => scheme.id.slice(0, 2)),
  'XI',
])

const byCountry: Readonly<Record<string, string>> = {
  GR: 'EL-VAT',
  GB: 'GB-VAT',
  IN: 'IN-GSTIN',
  US: 'US-EIN',
  CA: 'CA-BN',
  MX: 'MX-RFC',
  CO: 'CO-NIT',
  AR: 'AR-CUIT',
  BR: 'BR-CNPJ',
  CH: 'CH-UID',
  LI: 'CH-UID',
  NO: 'NO-ORG',
  AU: 'AU-ABN',
}

/** The tax number that a business of a country has (ISO 3166 alpha-2, EL or XI); null where none can be checked. */
export const schemeOfCountry = (country: string): IdScheme | null =>
  idSchemes.get(byCountry[country] ?? `${country}-VAT`) ?? null

// What labels say in the countries' own words; the first that fits decides. Null means: no rule is known.
const labelled: readonly (readonly [RegExp, string | null])[] = [
  [/\bgstin\b/i, 'IN-GSTIN'],
  [/\bein\b|employer id/i, 'US-EIN'],
  [/\brfc\b/i, 'MX-RFC'],
  [/\bcuit\b/i, 'AR-CUIT'],
  [/\bcnpj\b/i, 'BR-CNPJ'],
  [/\bcpf\b/i, 'BR-CPF'],
  [/\babn\b/i, 'AU-ABN'],
  [/\bsiret\b/i, 'FR-SIRET'],
  [/\bsiren\b/i, 'FR-SIREN'],
  [/\butr\b/i, 'GB-UTR'],
  [/\biban\b/i, 'IBAN'],
  [/\blei\b/i, 'LEI'],
  [/\bgln\b/i, 'GLN'],
  [/\bqst\b|\btvq\b/i, 'CA-QST'],
]

const labelledIn: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  IN: [
    [/\bpan\b/i, 'IN-PAN'],
    [/\bgst\b/i, 'IN-GSTIN'],
  ],
  GB: [[/company|crn/i, 'GB-COMPANY']],
  CO: [[/\bnit\b/i, 'CO-NIT']],
  CA: [[/\b(gst|hst|bn)\b|business n/i, 'CA-BN']],
  CH: [[/\b(uid|mwst|tva|iva|vat)\b/i, 'CH-UID']],
  LI: [[/\b(uid|mwst|vat)\b/i, 'CH-UID']],
  NO: [[/org|mva|vat/i, 'NO-ORG']],
  DK: [[/cvr/i, 'DK-VAT']],
  PL: [[/\bnip\b/i, 'PL-VAT']],
  HR: [[/\boib\b/i, 'HR-VAT']],
  RO: [[/\b(cif|cui)\b/i, 'RO-VAT']],
  PT: [[/\bni[fp]c?\b/i, 'PT-VAT']],
  ES: [[/\b[nc]if\b/i, 'ES-VAT']],
  GR: [[/αφμ|afm/i, 'EL-VAT']],
  CZ: [[/\bdi[čc](?![\p{L}])/iu, 'CZ-VAT']],
  SK: [[/i[čc] ?dph/i, 'SK-VAT']],
}

const vatWords =
  /\bvat\b|ust-?id|uid|\bbtw\b|\btva\b|\biva\b|p\.? ?iva|moms|\balv\b|\bkmkr\b|\bpvn\b|\bpvm\b|\bdph\b|\bddv\b|\bpdv\b|ддс|φπα|közösségi|\bмwst\b|mwst/iu

/**
 * What a number with this label in this country can be checked as; null where nothing is known of it. A label such as
 * "VAT no." means the country's VAT number.
 */
export const schemeOfLabel = (label: string, country: string | null): IdScheme | null => {
  if (country !== null && /^tax (number|id|no)\b/i.test(label)) return schemeOfCountry(country)
  const found = [...(labelledIn[country ?? ''] ?? []), ...labelled].find(([pattern]) => pattern.test(label))
  if (found !== undefined) return found[1] === null ? null : (idSchemes.get(found[1]) ?? null)
  const code = country === 'GR' ? 'EL' : country
  return code !== null && vatWords.test(label) ? (idSchemes.get(`${code}-VAT`) ?? null) : null
}

/**
 * Checks a number by the id of a scheme (`IN-GSTIN`, `IBAN`), by a country whose tax number it is (`DE`), or by its own
 * country prefix (`VAT`). A number of which nothing is known is right as typed.
 */
export const checkTaxId = (by: string, typed: string): IdCheck => {
  const scheme = idSchemes.get(by) ?? (by === 'VAT' ? schemeOfPrefix(typed) : schemeOfCountry(by))
  if (scheme !== null) return scheme.check(typed)
  if (by !== 'VAT') return { ok: true, value: typed.trim() }
  const problem = 'A VAT number begins with the two letters of its country.'
  return { ok: false, value: compact(typed), problem, example: 'DE136695976' }
}

/** The scheme of a VAT number by the two letters it begins with: `EL`, `XI`, `GB`, and `CHE`; null for others. */
export const schemeOfPrefix = (typed: string): IdScheme | null => {
  const text = compact(typed)
  if (text.startsWith('CHE')) return idSchemes.get('CH-UID') ?? null
  return idSchemes.get(`${text.slice(0, 2).replace('GR', 'EL')}-VAT`) ?? null
}

/** Checks a number as typed with its label and country; VAT numbers may carry another country's prefix. */
export const checkLabelledId = (label: string, country: string | null, typed: string): IdCheck => {
  const scheme = schemeOfLabel(label, country)
  if (scheme === null) return { ok: true, value: typed.trim() }
  // A business may be registered in another member state than the one it lives in.
  const other = scheme.id.endsWith('-VAT') && /^[A-Z]{2}/.test(compact(typed)) ? schemeOfPrefix(typed) : null
  return (other ?? scheme).check(typed)
}
