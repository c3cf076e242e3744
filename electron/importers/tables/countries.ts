const aliases: Readonly<Record<string, string>> = {
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  usa: 'US',
  'u.s.a.': 'US',
  'u.s.': 'US',
  'united states of america': 'US',
  deutschland: 'DE',
  osterreich: 'AT',
  schweiz: 'CH',
  suisse: 'CH',
  espana: 'ES',
  italia: 'IT',
  nederland: 'NL',
  'the netherlands': 'NL',
  belgie: 'BE',
  belgique: 'BE',
  polska: 'PL',
  danmark: 'DK',
  sverige: 'SE',
  norge: 'NO',
  suomi: 'FI',
  brasil: 'BR',
  bharat: 'IN',
  'czech republic': 'CZ',
  turkey: 'TR',
  'south korea': 'KR',
  'hong kong': 'HK',
  holland: 'NL',
  eire: 'IE',
}

const alpha3: Readonly<Record<string, string>> = {
  USA: 'US',
  GBR: 'GB',
  DEU: 'DE',
  FRA: 'FR',
  ESP: 'ES',
  ITA: 'IT',
  NLD: 'NL',
  BEL: 'BE',
  AUT: 'AT',
  CHE: 'CH',
  IND: 'IN',
  CAN: 'CA',
  AUS: 'AU',
  NZL: 'NZ',
  IRL: 'IE',
  ZAF: 'ZA',
  PRT: 'PT',
  POL: 'PL',
  SWE: 'SE',
  NOR: 'NO',
  DNK: 'DK',
  FIN: 'FI',
  JPN: 'JP',
  CHN: 'CN',
  BRA: 'BR',
  MEX: 'MX',
  ARE: 'AE',
  SGP: 'SG',
}

const plain = (name: string) => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
let known: Map<string, string> | null = null
const answered = new Map<string, string | null>()

// The platform knows the names of every country; asked once, in the languages that exports are mostly written in.
const names = (): Map<string, string> => {
  if (known !== null) return known
  const found = new Map<string, string>()
  for (const language of ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt']) {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    for (const first of letters) {
      for (const second of letters) {
        const code = `${first}${second}`
        const name = display.of(code)
        if (name !== undefined && !found.has(plain(name))) found.set(plain(name), code)
      }
    }
  }
  for (const [alias, code] of Object.entries(aliases)) found.set(alias, code)
  known = found
  return found
}

const look = (text: string): string | null => {
  const upper = text.toUpperCase()
  const byCode = upper.length === 2 && [...names().values()].includes(upper) ? upper : undefined
  return byCode ?? (upper.length === 3 ? alpha3[upper] : undefined) ?? names().get(plain(text)) ?? null
}

/** The two letters of a country from its code or its name in several languages; null for none that is known. */
export const countryOf = (text: string): string | null => {
  const before = answered.get(text)
  if (before !== undefined) return before
  const found = look(text.trim())
  if (answered.size < 2000) answered.set(text, found)
  return found
}
