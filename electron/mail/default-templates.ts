import { creditNotePhrases } from './credit-note-phrases.ts'
import { type InvoicePhrases, invoicePhrases } from './invoice-phrases.ts'
import { quotePhrases } from './quote-phrases.ts'
import { reminderPhrases, statementPhrases } from './reminder-phrases.ts'
import type { MessageTemplate, TemplateKind } from './template.ts'
import { type TemplateLanguage, templateLanguages } from './template-languages.ts'

export type { TemplateKind } from './template.ts'
export { type TemplateLanguage, templateLanguages } from './template-languages.ts'

const GREETED = '{{#if client.contactName}}{{client.contactName}}{{else}}{{client.name}}{{/if}}'
const SIGNATURE = `{{#if sender.name}}{{sender.name}}
{{/if}}{{business.name}}{{#if business.phone}}
{{business.phone}}{{/if}}{{#if business.website}}
{{business.website}}{{/if}}`

// No space between the sentences of a text that has none.
const gapOf = (language: TemplateLanguage): string => (language === 'ja' ? '' : ' ')

const greetingOf = ({ greeting }: Pick<InvoicePhrases, 'greeting'>): string => greeting.replace('{name}', GREETED)

function isTemplateLanguage(language: string): language is TemplateLanguage {
  return (templateLanguages as readonly string[]).includes(language)
}

function invoiceTemplate(language: TemplateLanguage): MessageTemplate {
  const phrases = invoicePhrases[language]
  const body = `${greetingOf(phrases)}

${phrases.attached}{{#if invoice.dueOn}}${gapOf(language)}${phrases.due}{{/if}}{{#if invoice.reference}}
${phrases.reference}{{/if}}{{#if invoice.paymentLink}}
${phrases.payOnline}{{/if}}{{#if business.bankDetails}}

{{business.bankDetails}}{{/if}}

${phrases.thanks}

${phrases.regards}
${SIGNATURE}
`
  return { subject: phrases.subject, body }
}

function quoteTemplate(language: TemplateLanguage): MessageTemplate {
  const { subject, attached, validUntil, reference, thanks } = quotePhrases[language]
  const { regards } = invoicePhrases[language]
  const body = `${greetingOf(invoicePhrases[language])}

${attached}{{#if quote.validUntil}}${gapOf(language)}${validUntil}{{/if}}{{#if quote.reference}}
${reference}{{/if}}

${thanks}

${regards}
${SIGNATURE}
`
  return { subject, body }
}

function creditNoteTemplate(language: TemplateLanguage): MessageTemplate {
  const { subject, attached, ofInvoice, reason, thanks } = creditNotePhrases[language]
  const { regards } = invoicePhrases[language]
  const body = `${greetingOf(invoicePhrases[language])}

${attached}{{#if creditNote.invoiceNumber}}${gapOf(language)}${ofInvoice}{{/if}}{{#if creditNote.reason}}
${reason}{{/if}}

${thanks}

${regards}
${SIGNATURE}
`
  return { subject, body }
}

function reminderTemplate(language: TemplateLanguage, tone: 'friendly' | 'firm' | 'final'): MessageTemplate {
  const { [tone]: reminder, fee, thanks } = reminderPhrases[language]
  const { regards, payOnline } = invoicePhrases[language]
  const body = `${greetingOf(invoicePhrases[language])}

${reminder.text}{{#if reminder.fee}}${gapOf(language)}${fee}{{/if}}{{#if invoice.paymentLink}}
${payOnline}{{/if}}{{#if business.bankDetails}}

{{business.bankDetails}}{{/if}}

${thanks}

${regards}
${SIGNATURE}
`
  return { subject: reminder.subject, body }
}

function statementTemplate(language: TemplateLanguage): MessageTemplate {
  const { subject, attached, overdue } = statementPhrases[language]
  const { regards } = invoicePhrases[language]
  const body = `${greetingOf(invoicePhrases[language])}

${attached}{{#if statement.overdue}}${gapOf(language)}${overdue}{{/if}}{{#if business.bankDetails}}

{{business.bankDetails}}{{/if}}

${regards}
${SIGNATURE}
`
  return { subject, body }
}

/** The template that comes with the app for a document and a language tag ('de', 'de-AT', …); English where there is none. */
export function defaultTemplate(kind: TemplateKind, language: string): MessageTemplate {
  const primary = language.toLowerCase().split(/[-_]/)[0] ?? ''
  const known = isTemplateLanguage(primary) ? primary : 'en'
  switch (kind) {
    case 'quote':
      return quoteTemplate(known)
    case 'credit-note':
      return creditNoteTemplate(known)
    case 'reminder-friendly':
      return reminderTemplate(known, 'friendly')
    case 'reminder-firm':
      return reminderTemplate(known, 'firm')
    case 'reminder-final':
      return reminderTemplate(known, 'final')
    case 'statement':
      return statementTemplate(known)
    default:
      return invoiceTemplate(known)
  }
}
