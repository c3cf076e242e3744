/** Units offered on a line: codes of UN/ECE Recommendation 20 with the words of a person. */
export const units: readonly { readonly code: string; readonly label: string; readonly words: readonly string[] }[] = [
  { code: 'C62', label: 'pcs', words: ['piece', 'pieces', 'pc', 'ea', 'stk', 'stück', 'unit', 'units', 'x'] },
  { code: 'HUR', label: 'hours', words: ['hour', 'h', 'hr', 'hrs', 'std', 'stunde', 'stunden', 'heure', 'heures'] },
  { code: 'DAY', label: 'days', words: ['day', 'd', 'tag', 'tage', 'jour', 'jours'] },
  { code: 'WEE', label: 'weeks', words: ['week', 'w', 'woche', 'wochen'] },
  { code: 'MON', label: 'months', words: ['month', 'mo', 'monat', 'monate', 'mois'] },
  { code: 'ANN', label: 'years', words: ['year', 'jahr', 'jahre'] },
  { code: 'MIN', label: 'min', words: ['minute', 'minutes', 'minuten'] },
  { code: 'EA', label: 'each', words: [] },
  { code: 'PR', label: 'pairs', words: ['pair', 'paar'] },
  { code: 'XBX', label: 'boxes', words: ['box', 'karton'] },
  { code: 'XPK', label: 'packs', words: ['pack', 'package'] },
  { code: 'KGM', label: 'kg', words: ['kilogram', 'kilo'] },
  { code: 'GRM', label: 'g', words: ['gram'] },
  { code: 'TNE', label: 't', words: ['tonne', 'ton'] },
  { code: 'MTR', label: 'm', words: ['metre', 'meter'] },
  { code: 'KMT', label: 'km', words: ['kilometre', 'kilometer'] },
  { code: 'MTK', label: 'm²', words: ['m2', 'sqm', 'qm'] },
  { code: 'MTQ', label: 'm³', words: ['m3', 'cbm'] },
  { code: 'LTR', label: 'l', words: ['litre', 'liter'] },
  { code: 'KWH', label: 'kWh', words: [] },
  { code: 'SET', label: 'sets', words: ['set'] },
  { code: 'P1', label: '%', words: ['percent'] },
]

/** The unit's short name; an unknown code stands for itself. */
export const unitName = (code: string): string => units.find((unit) => unit.code === code)?.label ?? code

/** The code of a unit as people write it (`h`, `Stunden`, `HUR`), or null. */
export const unitCode = (text: string): string | null => {
  const wanted = text.trim().toLowerCase().replace(/\.$/, '')
  const found = units.find(
    (unit) => unit.code.toLowerCase() === wanted || unit.label === wanted || unit.words.includes(wanted),
  )
  return found?.code ?? (/^[A-Z0-9]{2,3}$/.test(text.trim()) ? text.trim() : null)
}
