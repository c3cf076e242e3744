import type { TaxId } from '../../../shared/contract/fields.ts'
import type { Identifier } from '../../../shared/documents/einvoice.ts'
import { schemeOfLabel, schemeOfPrefix } from '../../../shared/tax/ids/index.ts'
import { compact, type IdScheme } from '../../../shared/tax/ids/scheme.ts'

export type PartyIds = {
  readonly vatId: string | null
  /** Of a tax office, beside the VAT number (BT-32). */
  readonly taxIds: readonly Identifier[]
  /** Of a company register (BT-30). */
  readonly legalId: Identifier | null
}

// What register numbers are called; whatever is no VAT number and none of these is the number of a tax office.
const registerWords =
  /regist|company|\bcr[no]\b|\bcr no|siren|siret|\brcs\b|\bkvk\b|\bhrb?\b|\borg\b|org\.? ?n|ičo\b|\bico\b|kennitala|matična|įmonės|reģ|regon|\boib\b|\bkbo\b|\bcvr\b|y-tunnus|еик|αφτ/i
const vatWords =
  /\bvat\b|ust-?id|\buid\b|\bbtw\b|\btva\b|\biva\b|moms|\bmva\b|\bpvn\b|\bpvm\b|\bddv\b|\bpdv\b|kmkr|ič dph|vsk/i

const isVatScheme = (scheme: IdScheme | null): boolean =>
  scheme?.id.endsWith('-VAT') === true || scheme?.id === 'CH-UID'

/** The scheme that a number is of: by its label in the country of the party, else by the letters it begins with. */
const schemeOf = ({ label, value }: TaxId, country: string | null): IdScheme | null => {
  const named = schemeOfLabel(label, country)
  if (named !== null && !isVatScheme(named)) return named
  return vatWords.test(label) || named !== null ? (schemeOfPrefix(value) ?? named) : null
}

const vatNumber = (id: TaxId, country: string | null): string | null => {
  const scheme = schemeOf(id, country)
  if (!vatWords.test(id.label) && !isVatScheme(scheme)) return null
  if (scheme !== null && !isVatScheme(scheme)) return null
  const checked = scheme?.check(id.value)
  return checked === undefined ? compact(id.value) : checked.value
}

/** Tells the numbers of a party apart by what they are called: VAT number, tax office, company register. */
export const partyIdsOf = (ids: readonly TaxId[], country: string | null, registered: Identifier | null): PartyIds => {
  let vatId: string | null = null
  let legalId = registered
  const taxIds: Identifier[] = []
  for (const id of ids) {
    const vat: string | null = vatId === null ? vatNumber(id, country) : null
    if (vat !== null) vatId = vat
    else if (registerWords.test(id.label)) legalId ??= { id: id.value, scheme: null }
    // One registration beside the VAT number is all that the syntaxes take (UBL-SR-13).
    else if (taxIds.length === 0 && !vatWords.test(id.label)) taxIds.push({ id: id.value, scheme: 'FC' })
  }
  return { vatId, taxIds, legalId }
}
