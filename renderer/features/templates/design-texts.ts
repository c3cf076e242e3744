import type { TemplateKind } from '../../../shared/contract/document-templates.ts'
import type { DesignBlock, DesignColumn, DesignFont, DesignLayout } from '../../../shared/documents/template-design.ts'

/** The finished templates as the gallery presents them. */
export const layoutTexts: Readonly<Record<DesignLayout, { readonly name: string; readonly about: string }>> = {
  plain: { name: 'Plain', about: 'Hairlines, an address for window envelopes, a slip to tear off.' },
  modern: { name: 'Modern', about: 'A band in your colour, striped rows, the amount due set large.' },
  dense: { name: 'Dense', about: 'Small type in a ruled table: fifty lines on a page.' },
  letter: { name: 'Letter', about: 'A letter with greeting and closing, your details at the foot.' },
}

export const kindTexts: Readonly<Record<TemplateKind, string>> = {
  invoice: 'Invoices',
  quote: 'Quotes',
  'credit-note': 'Credit notes',
  statement: 'Statements',
}

export const columnTexts: Readonly<Record<DesignColumn, string>> = {
  position: 'Number of the line',
  code: 'Code',
  hsn: 'HSN/SAC',
  description: 'Description',
  quantity: 'Quantity',
  unit: 'Unit',
  price: 'Price',
  discount: 'Discount',
  tax: 'Tax rate',
  taxAmount: 'Tax amounts, one column each',
  amount: 'Amount',
}

export const blockTexts: Readonly<Record<DesignBlock, string>> = {
  intro: 'Opening text',
  lines: 'Lines and totals',
  words: 'Amount in words',
  payment: 'Ways to pay',
  notes: 'Notes',
  terms: 'Terms',
  legal: 'Legal texts',
  closing: 'Closing text',
}

export const fontTexts: Readonly<Record<DesignFont, string>> = { 'noto-sans': 'Sans', 'noto-serif': 'Serif' }

/** Languages to look at a template in: those that documents speak. */
export const previewLanguages = [
  'en-GB',
  'de-DE',
  'fr-FR',
  'es-ES',
  'pt-PT',
  'it-IT',
  'nl-NL',
  'hi-IN',
  'ar-AE',
  'ja-JP',
] as const
