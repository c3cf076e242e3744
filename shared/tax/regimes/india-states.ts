import type { Place } from './regime.ts'

/** State codes of the first two digits of a GSTIN (GSTN, state code list; 25 ended on 26 January 2020, 28 in 2014). */
const states: Readonly<Record<string, string>> = {
  '01': 'Jammu and Kashmir',
  '02': 'Himachal Pradesh',
  '03': 'Punjab',
  '04': 'Chandigarh',
  '05': 'Uttarakhand',
  '06': 'Haryana',
  '07': 'Delhi',
  '08': 'Rajasthan',
  '09': 'Uttar Pradesh',
  '10': 'Bihar',
  '11': 'Sikkim',
  '12': 'Arunachal Pradesh',
  '13': 'Nagaland',
  '14': 'Manipur',
  '15': 'Mizoram',
  '16': 'Tripura',
  '17': 'Meghalaya',
  '18': 'Assam',
  '19': 'West Bengal',
  '20': 'Jharkhand',
  '21': 'Odisha',
  '22': 'Chhattisgarh',
  '23': 'Madhya Pradesh',
  '24': 'Gujarat',
  '26': 'Dadra and Nagar Haveli and Daman and Diu',
  '27': 'Maharashtra',
  '29': 'Karnataka',
  '30': 'Goa',
  '31': 'Lakshadweep',
  '32': 'Kerala',
  '33': 'Tamil Nadu',
  '34': 'Puducherry',
  '35': 'Andaman and Nicobar Islands',
  '36': 'Telangana',
  '37': 'Andhra Pradesh',
  '38': 'Ladakh',
  '96': 'Other countries',
  '97': 'Other territory',
}

export const indianPlaces: readonly Place[] = Object.entries(states)
  .map(([code, name]) => ({ code, name }))
  .sort((a, b) => (a.code < b.code ? -1 : 1))

/** Union territories without a legislature, where UTGST stands for SGST (UTGST Act 2017, s. 1(2) and s. 2(8)). */
export const unionTerritories: ReadonlySet<string> = new Set(['04', '26', '31', '35', '38', '97'])

// ISO 3166-2:IN, as addresses may have it.
const isoCodes: Readonly<Record<string, string>> = {
  JK: '01',
  HP: '02',
  PB: '03',
  CH: '04',
  UK: '05',
  UT: '05',
  HR: '06',
  DL: '07',
  RJ: '08',
  UP: '09',
  BR: '10',
  SK: '11',
  AR: '12',
  NL: '13',
  MN: '14',
  MZ: '15',
  TR: '16',
  ML: '17',
  AS: '18',
  WB: '19',
  JH: '20',
  OD: '21',
  OR: '21',
  CG: '22',
  CT: '22',
  MP: '23',
  GJ: '24',
  DH: '26',
  DN: '26',
  DD: '26',
  MH: '27',
  KA: '29',
  GA: '30',
  LD: '31',
  KL: '32',
  TN: '33',
  PY: '34',
  AN: '35',
  TS: '36',
  TG: '36',
  AP: '37',
  LA: '38',
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[^a-z]/g, '')

const byName = new Map(indianPlaces.map((place) => [plain(place.name), place.code]))

/** The state code of an address's region, be it `27`, `MH`, `IN-MH` or `Maharashtra`; null when it is none of them. */
export const stateCodeOf = (region: string | null): string | null => {
  const text = region?.trim() ?? ''
  if (states[text] !== undefined) return text
  return isoCodes[text.toUpperCase().replace(/^IN-/, '')] ?? byName.get(plain(text)) ?? null
}

/** The name of a state code, for print: place of supply is a name with its code (Rule 46(n)). */
export const stateName = (code: string): string | null => states[code] ?? null
