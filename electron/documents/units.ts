/** Words for the common units of UN/ECE Recommendation 20; a piece needs no word. */
const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  C62: { en: '', de: '', fr: '', es: '', it: '', pt: '', nl: '', hi: '', ar: '', ja: '' },
  EA: { en: '', de: '', fr: '', es: '', it: '', pt: '', nl: '', hi: '', ar: '', ja: '' },
  HUR: { en: 'h', de: 'Std.', fr: 'h', es: 'h', it: 'h', pt: 'h', nl: 'uur', hi: 'घंटे', ar: 'ساعة', ja: '時間' },
  DAY: {
    en: 'days',
    de: 'Tage',
    fr: 'jours',
    es: 'días',
    it: 'giorni',
    pt: 'dias',
    nl: 'dagen',
    hi: 'दिन',
    ar: 'يوم',
    ja: '日',
  },
  WEE: {
    en: 'weeks',
    de: 'Wochen',
    fr: 'semaines',
    es: 'semanas',
    it: 'settimane',
    pt: 'semanas',
    nl: 'weken',
    hi: 'सप्ताह',
    ar: 'أسبوع',
    ja: '週',
  },
  MON: {
    en: 'months',
    de: 'Monate',
    fr: 'mois',
    es: 'meses',
    it: 'mesi',
    pt: 'meses',
    nl: 'maanden',
    hi: 'माह',
    ar: 'شهر',
    ja: 'か月',
  },
  KGM: { en: 'kg' },
  GRM: { en: 'g' },
  TNE: { en: 't' },
  MTR: { en: 'm' },
  KMT: { en: 'km' },
  MTK: { en: 'm²' },
  MTQ: { en: 'm³' },
  LTR: { en: 'l' },
  KWH: { en: 'kWh' },
  SET: { en: 'sets', de: 'Sets', fr: 'lots' },
  P1: { en: '%' },
}

/** The word printed behind a quantity; a code without one is printed as it is. */
export const unitLabel = (code: string, language: string): string => {
  const known = words[code]
  return known?.[language.slice(0, 2)] ?? known?.['en'] ?? code
}
