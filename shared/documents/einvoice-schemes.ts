/** A register or network that a number is of, by its code and its name. */
export type Scheme = readonly [code: string, name: string]

const registers: readonly Scheme[] = [
  ['0002', 'French SIREN'],
  ['0007', 'Swedish organisation number'],
  ['0009', 'French SIRET'],
  ['0060', 'DUNS number'],
  ['0088', 'GLN'],
  ['0106', 'Dutch KvK number'],
  ['0151', 'Australian ABN'],
  ['0183', 'Swiss UID'],
  ['0184', 'Danish CVR number'],
  ['0190', 'Dutch OIN'],
  ['0192', 'Norwegian organisation number'],
  ['0195', 'Singapore UEN'],
  ['0199', 'LEI'],
  ['0208', 'Belgian enterprise number'],
]

/** Schemes of a number in a company register (ISO 6523 ICD), those in common use. */
export const registerSchemes: readonly Scheme[] = registers

/** Schemes of an electronic address (EAS), those in common use. */
export const addressSchemes: readonly Scheme[] = [
  ['EM', 'E-mail address'],
  ['0204', 'German Leitweg-ID'],
  ['9930', 'German VAT number'],
  ...registers.filter(([code]) => code !== '0199'),
  ['0037', 'Finnish OVT'],
  ['0201', 'Italian office code (IPA)'],
  ['0210', 'Italian codice fiscale'],
  ['0211', 'Italian VAT number'],
  ['0213', 'Finnish VAT number'],
  ['0225', 'French e-invoicing address'],
  ['9914', 'Austrian VAT number'],
  ['9920', 'Spanish VAT number'],
  ['9925', 'Belgian VAT number'],
  ['9932', 'British VAT number'],
  ['9933', 'Greek VAT number'],
  ['9935', 'Irish VAT number'],
  ['9938', 'Luxembourgish VAT number'],
  ['9944', 'Dutch VAT number'],
  ['9945', 'Polish VAT number'],
  ['9946', 'Portuguese VAT number'],
  ['9947', 'Romanian VAT number'],
  ['9957', 'French VAT number'],
]
