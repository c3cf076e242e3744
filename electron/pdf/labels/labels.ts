/** The words of the paper in one language. `{...}` are filled in by the template. */
export type Labels = {
  readonly invoice: string
  /** What a tax law calls the invoice of a registered business, and of one that charges no tax (India). */
  readonly taxInvoice: string
  readonly billOfSupply: string
  readonly creditNote: string
  readonly quote: string
  readonly number: string
  readonly date: string
  readonly due: string
  readonly validUntil: string
  readonly reference: string
  readonly supply: string
  readonly currency: string
  readonly deliverTo: string
  readonly position: string
  readonly description: string
  readonly quantity: string
  readonly price: string
  readonly priceWithTax: string
  readonly tax: string
  readonly amount: string
  readonly subtotal: string
  readonly net: string
  /** `{tax}`: the tax and its rate, `{base}`: what it is charged on. */
  readonly taxOn: string
  readonly total: string
  readonly prepaid: string
  readonly rounding: string
  readonly payable: string
  readonly creditTotal: string
  readonly quoteTotal: string
  readonly carriedForward: string
  readonly broughtForward: string
  /** `{page}` of `{pages}`. */
  readonly page: string
  readonly draft: string
  readonly void: string
  readonly stub: string
  readonly recipient: string
  readonly code: string
  readonly hsn: string
  readonly unit: string
  readonly discount: string
  readonly optional: string
  readonly alternative: string
  /** Behind the mark of an optional line of a quote. */
  readonly outsideTotal: string
  /** Behind the mark of one that is chosen. */
  readonly insideTotal: string
  /** Before the invoice that a credit note corrects. */
  readonly original: string
  /** `{number}` and `{date}` of that invoice. */
  readonly originalOf: string
  /** `{tax}`: the tax in a deposit that is taken off. */
  readonly deductionTax: string
  readonly placeOfSupply: string
  readonly reverseCharge: string
  readonly yes: string
  readonly no: string
  readonly amountInWords: string
  readonly scanToPay: string
  readonly payOnline: string
  readonly statement: string
  readonly period: string
  /** `{from}` and `{to}`. */
  readonly periodOf: string
  readonly asOf: string
  readonly entry: string
  readonly opening: string
  readonly closing: string
  readonly debit: string
  readonly credit: string
  readonly balance: string
  readonly ageing: string
  /** First sentence of a document that is written as a letter. */
  readonly introInvoice: string
  readonly introCreditNote: string
  readonly introQuote: string
  readonly regards: string
}
