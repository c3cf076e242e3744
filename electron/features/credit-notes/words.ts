/** The words that a credit note adds to a document, in the languages that documents speak. */
export type CreditWords = {
  readonly reason: string
  /** Why a line differs from quantity times price by a penny. */
  readonly rounding: string
  /** The line of a credit by amount; `{number}` is the invoice's. */
  readonly amount: string
}

const english: CreditWords = { reason: 'Reason', rounding: 'Rounding', amount: 'Credit of invoice {number}' }

const byLanguage: Readonly<Record<string, CreditWords>> = {
  en: english,
  de: { reason: 'Grund', rounding: 'Rundung', amount: 'Gutschrift zu Rechnung {number}' },
  fr: { reason: 'Motif', rounding: 'Arrondi', amount: 'Avoir sur la facture {number}' },
  es: { reason: 'Motivo', rounding: 'Redondeo', amount: 'Abono de la factura {number}' },
  pt: { reason: 'Motivo', rounding: 'Arredondamento', amount: 'Crédito da fatura {number}' },
  it: { reason: 'Motivo', rounding: 'Arrotondamento', amount: 'Nota di credito sulla fattura {number}' },
  nl: { reason: 'Reden', rounding: 'Afronding', amount: 'Credit op factuur {number}' },
  hi: { reason: 'कारण', rounding: 'पूर्णांकन', amount: 'बीजक {number} का क्रेडिट' },
  ar: { reason: 'السبب', rounding: 'تقريب', amount: 'إشعار دائن للفاتورة {number}' },
  ja: { reason: '理由', rounding: '端数調整', amount: '請求書 {number} の返金' },
}

/** The words of a language (BCP 47); English where there are none. */
export const creditWordsIn = (language: string): CreditWords => byLanguage[language.slice(0, 2)] ?? english
