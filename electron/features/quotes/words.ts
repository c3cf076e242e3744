import type { ConversionTexts } from '../../../shared/documents/quote-conversion.ts'
import { taxLabel } from '../../../shared/documents/tax-label.ts'
import { formatAmount, formatPercent } from '../../../shared/money/format.ts'

type Words = {
  readonly share: (percent: string, number: string) => string
  readonly deposit: (percent: string, number: string) => string
  readonly less: (what: string) => string
  readonly depositOf: (percent: string) => string
  readonly asked: (sum: string, tax: string) => string
  readonly rest: (number: string) => string
  readonly rounding: string
}

const english: Words = {
  share: (percent, number) => `${percent} of quote ${number}`,
  deposit: (percent, number) => `Deposit ${percent} of quote ${number}`,
  less: (what) => `Less ${what}`,
  depositOf: (percent) => `deposit ${percent}`,
  asked: (sum, tax) => `${sum}, of which tax ${tax}`,
  rest: (number) => `Rest of quote ${number}`,
  rounding: 'Rounding',
}

const byLanguage: Readonly<Record<string, Words>> = {
  en: english,
  de: {
    share: (percent, number) => `${percent} des Angebots ${number}`,
    deposit: (percent, number) => `Anzahlung ${percent} auf Angebot ${number}`,
    less: (what) => `Abzüglich ${what}`,
    depositOf: (percent) => `Anzahlung ${percent}`,
    asked: (sum, tax) => `${sum}, darin Steuer ${tax}`,
    rest: (number) => `Rest des Angebots ${number}`,
    rounding: 'Rundung',
  },
  fr: {
    share: (percent, number) => `${percent} du devis ${number}`,
    deposit: (percent, number) => `Acompte de ${percent} sur le devis ${number}`,
    less: (what) => `À déduire : ${what}`,
    depositOf: (percent) => `acompte de ${percent}`,
    asked: (sum, tax) => `${sum}, dont taxe ${tax}`,
    rest: (number) => `Solde du devis ${number}`,
    rounding: 'Arrondi',
  },
  es: {
    share: (percent, number) => `${percent} del presupuesto ${number}`,
    deposit: (percent, number) => `Anticipo del ${percent} del presupuesto ${number}`,
    less: (what) => `Menos ${what}`,
    depositOf: (percent) => `anticipo del ${percent}`,
    asked: (sum, tax) => `${sum}, de los cuales impuesto ${tax}`,
    rest: (number) => `Resto del presupuesto ${number}`,
    rounding: 'Redondeo',
  },
  pt: {
    share: (percent, number) => `${percent} do orçamento ${number}`,
    deposit: (percent, number) => `Adiantamento de ${percent} do orçamento ${number}`,
    less: (what) => `Menos ${what}`,
    depositOf: (percent) => `adiantamento de ${percent}`,
    asked: (sum, tax) => `${sum}, dos quais imposto ${tax}`,
    rest: (number) => `Restante do orçamento ${number}`,
    rounding: 'Arredondamento',
  },
  it: {
    share: (percent, number) => `${percent} del preventivo ${number}`,
    deposit: (percent, number) => `Acconto del ${percent} sul preventivo ${number}`,
    less: (what) => `A dedurre ${what}`,
    depositOf: (percent) => `acconto del ${percent}`,
    asked: (sum, tax) => `${sum}, di cui imposta ${tax}`,
    rest: (number) => `Saldo del preventivo ${number}`,
    rounding: 'Arrotondamento',
  },
  nl: {
    share: (percent, number) => `${percent} van offerte ${number}`,
    deposit: (percent, number) => `Aanbetaling ${percent} van offerte ${number}`,
    less: (what) => `Af: ${what}`,
    depositOf: (percent) => `aanbetaling ${percent}`,
    asked: (sum, tax) => `${sum}, waarvan belasting ${tax}`,
    rest: (number) => `Rest van offerte ${number}`,
    rounding: 'Afronding',
  },
  hi: {
    share: (percent, number) => `कोटेशन ${number} का ${percent}`,
    deposit: (percent, number) => `कोटेशन ${number} का ${percent} अग्रिम`,
    less: (what) => `घटाएँ ${what}`,
    depositOf: (percent) => `${percent} अग्रिम`,
    asked: (sum, tax) => `${sum}, जिसमें कर ${tax}`,
    rest: (number) => `कोटेशन ${number} का शेष`,
    rounding: 'पूर्णांकन',
  },
  ar: {
    share: (percent, number) => `${percent} من عرض السعر ${number}`,
    deposit: (percent, number) => `دفعة مقدمة ${percent} من عرض السعر ${number}`,
    less: (what) => `ناقص ${what}`,
    depositOf: (percent) => `دفعة مقدمة ${percent}`,
    asked: (sum, tax) => `${sum}، منها ضريبة ${tax}`,
    rest: (number) => `باقي عرض السعر ${number}`,
    rounding: 'تقريب',
  },
  ja: {
    share: (percent, number) => `見積書 ${number} の ${percent}`,
    deposit: (percent, number) => `前払金 ${percent}(見積書 ${number})`,
    less: (what) => `控除:${what}`,
    depositOf: (percent) => `前払金 ${percent}`,
    asked: (sum, tax) => `${sum}(うち税額 ${tax})`,
    rest: (number) => `見積書 ${number} の残額`,
    rounding: '端数調整',
  },
}

/** The words of invoices made from a quote, in a language (BCP 47); English where there are none. */
export const conversionTexts = (language: string, number: string, currency: string): ConversionTexts => {
  const words = byLanguage[language.slice(0, 2)] ?? english
  const text = (percentE6: Parameters<typeof formatPercent>[0]) => formatPercent(percentE6, language)
  return {
    share: (percentE6) => words.share(text(percentE6), number),
    deposit: (percentE6) => words.deposit(text(percentE6), number),
    less: (taken) =>
      words.less(
        `${taken.number}, ${taken.kind === 'deposit' ? words.depositOf(text(taken.percentE6)) : text(taken.percentE6)}`,
      ),
    asked: (payableE4, taxE4) => {
      const text = formatAmount(payableE4, currency, language)
      return taxE4 === 0n ? text : words.asked(text, formatAmount(taxE4, currency, language))
    },
    taxes: (taxes) => (taxes.length === 0 ? '' : `, ${taxes.map((tax) => taxLabel(tax, language)).join(' + ')}`),
    rest: words.rest(number),
    rounding: words.rounding,
  }
}
