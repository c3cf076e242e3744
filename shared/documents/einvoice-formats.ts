/** Forms of e-invoice that a document can leave in: a network's, a country's, or the European standard alone. */
export const eInvoiceFormats = [
  'xrechnung-ubl',
  'xrechnung-cii',
  'peppol-ubl',
  'facturx',
  'facturx-basic',
  'en16931-ubl',
  'en16931-cii',
] as const
export type EInvoiceFormat = (typeof eInvoiceFormats)[number]

export type EInvoiceFormatFacts = {
  readonly label: string
  /** Who takes it, in one line. */
  readonly about: string
  readonly extension: 'xml' | 'pdf'
}

/** What people are told of each form. */
export const eInvoiceFormatFacts: Readonly<Record<EInvoiceFormat, EInvoiceFormatFacts>> = {
  'xrechnung-ubl': { label: 'XRechnung (UBL)', about: 'German public bodies; needs a Leitweg-ID.', extension: 'xml' },
  'xrechnung-cii': {
    label: 'XRechnung (CII)',
    about: 'The same, in the syntax of Factur-X.',
    extension: 'xml',
  },
  'peppol-ubl': { label: 'Peppol BIS 3', about: 'Receivers on the Peppol network.', extension: 'xml' },
  facturx: { label: 'Factur-X / ZUGFeRD', about: 'A PDF to read with the data inside.', extension: 'pdf' },
  'facturx-basic': {
    label: 'Factur-X / ZUGFeRD, Basic',
    about: 'The same with fewer fields, for simple programs.',
    extension: 'pdf',
  },
  'en16931-ubl': { label: 'EN 16931 (UBL)', about: 'The European standard alone.', extension: 'xml' },
  'en16931-cii': { label: 'EN 16931 (CII)', about: 'The European standard alone, in CII.', extension: 'xml' },
}
