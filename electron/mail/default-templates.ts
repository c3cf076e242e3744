import { creditNotePhrases } from './credit-note-phrases.ts'
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

type Phrases = {
  readonly subject: string
  readonly greeting: string
  readonly attached: string
  readonly due: string
  readonly reference: string
  readonly payOnline: string
  readonly thanks: string
  readonly regards: string
}

const invoicePhrases: Readonly<Record<TemplateLanguage, Phrases>> = {
  en: {
    subject: 'Invoice {{invoice.number}} from {{business.name}}',
    greeting: 'Hello',
    attached: 'Please find attached invoice {{invoice.number}} of {{invoice.issuedOn}} for {{invoice.total}}.',
    due: 'It is due on {{invoice.dueOn}}.',
    reference: 'Your reference: {{invoice.reference}}',
    payOnline: 'Pay online: {{invoice.paymentLink}}',
    thanks: 'If anything is unclear, just reply to this mail. Thank you for your business.',
    regards: 'Kind regards',
  },
  de: {
    subject: 'Rechnung {{invoice.number}} von {{business.name}}',
    greeting: 'Guten Tag',
    attached: 'anbei erhalten Sie die Rechnung {{invoice.number}} vom {{invoice.issuedOn}} über {{invoice.total}}.',
    due: 'Sie ist bis zum {{invoice.dueOn}} zu zahlen.',
    reference: 'Ihr Zeichen: {{invoice.reference}}',
    payOnline: 'Online bezahlen: {{invoice.paymentLink}}',
    thanks: 'Bei Fragen antworten Sie einfach auf diese E-Mail. Vielen Dank für Ihren Auftrag.',
    regards: 'Mit freundlichen Grüßen',
  },
  fr: {
    subject: 'Facture {{invoice.number}} de {{business.name}}',
    greeting: 'Bonjour',
    attached:
      'Veuillez trouver ci-joint la facture {{invoice.number}} du {{invoice.issuedOn}} d’un montant de {{invoice.total}}.',
    due: 'Elle est à régler avant le {{invoice.dueOn}}.',
    reference: 'Votre référence : {{invoice.reference}}',
    payOnline: 'Payer en ligne : {{invoice.paymentLink}}',
    thanks: 'Pour toute question, répondez simplement à ce message. Merci de votre confiance.',
    regards: 'Cordialement',
  },
  es: {
    subject: 'Factura {{invoice.number}} de {{business.name}}',
    greeting: 'Hola',
    attached:
      'Adjuntamos la factura {{invoice.number}} de fecha {{invoice.issuedOn}} por un importe de {{invoice.total}}.',
    due: 'Vence el {{invoice.dueOn}}.',
    reference: 'Su referencia: {{invoice.reference}}',
    payOnline: 'Pagar en línea: {{invoice.paymentLink}}',
    thanks: 'Si tiene alguna duda, responda a este correo. Gracias por su confianza.',
    regards: 'Un cordial saludo',
  },
  pt: {
    subject: 'Fatura {{invoice.number}} de {{business.name}}',
    greeting: 'Olá',
    attached: 'Segue em anexo a fatura {{invoice.number}} de {{invoice.issuedOn}} no valor de {{invoice.total}}.',
    due: 'O vencimento é em {{invoice.dueOn}}.',
    reference: 'A sua referência: {{invoice.reference}}',
    payOnline: 'Pagar online: {{invoice.paymentLink}}',
    thanks: 'Em caso de dúvida, basta responder a este e-mail. Obrigado pela confiança.',
    regards: 'Com os melhores cumprimentos',
  },
  it: {
    subject: 'Fattura {{invoice.number}} da {{business.name}}',
    greeting: 'Buongiorno',
    attached: 'in allegato trova la fattura {{invoice.number}} del {{invoice.issuedOn}} di {{invoice.total}}.',
    due: 'La scadenza è il {{invoice.dueOn}}.',
    reference: 'Vostro riferimento: {{invoice.reference}}',
    payOnline: 'Paga online: {{invoice.paymentLink}}',
    thanks: 'Per qualsiasi domanda risponda a questa e-mail. Grazie per la fiducia.',
    regards: 'Cordiali saluti',
  },
  nl: {
    subject: 'Factuur {{invoice.number}} van {{business.name}}',
    greeting: 'Beste',
    attached: 'Bijgaand ontvangt u factuur {{invoice.number}} van {{invoice.issuedOn}} voor {{invoice.total}}.',
    due: 'Graag betalen vóór {{invoice.dueOn}}.',
    reference: 'Uw kenmerk: {{invoice.reference}}',
    payOnline: 'Online betalen: {{invoice.paymentLink}}',
    thanks: 'Heeft u vragen, beantwoord dan gewoon deze e-mail. Bedankt voor uw vertrouwen.',
    regards: 'Met vriendelijke groet',
  },
}

function isTemplateLanguage(language: string): language is TemplateLanguage {
  return (templateLanguages as readonly string[]).includes(language)
}

function invoiceTemplate(phrases: Phrases): MessageTemplate {
  const body = `${phrases.greeting} ${GREETED},

${phrases.attached}{{#if invoice.dueOn}} ${phrases.due}{{/if}}{{#if invoice.reference}}
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
  const { greeting, regards } = invoicePhrases[language]
  const body = `${greeting} ${GREETED},

${attached}{{#if quote.validUntil}} ${validUntil}{{/if}}{{#if quote.reference}}
${reference}{{/if}}

${thanks}

${regards}
${SIGNATURE}
`
  return { subject, body }
}

function creditNoteTemplate(language: TemplateLanguage): MessageTemplate {
  const { subject, attached, ofInvoice, reason, thanks } = creditNotePhrases[language]
  const { greeting, regards } = invoicePhrases[language]
  const body = `${greeting} ${GREETED},

${attached}{{#if creditNote.invoiceNumber}} ${ofInvoice}{{/if}}{{#if creditNote.reason}}
${reason}{{/if}}

${thanks}

${regards}
${SIGNATURE}
`
  return { subject, body }
}

function reminderTemplate(language: TemplateLanguage, tone: 'friendly' | 'firm' | 'final'): MessageTemplate {
  const { [tone]: reminder, fee, thanks } = reminderPhrases[language]
  const { greeting, regards, payOnline } = invoicePhrases[language]
  const body = `${greeting} ${GREETED},

${reminder.text}{{#if reminder.fee}} ${fee}{{/if}}{{#if invoice.paymentLink}}
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
  const { greeting, regards } = invoicePhrases[language]
  const body = `${greeting} ${GREETED},

${attached}{{#if statement.overdue}} ${overdue}{{/if}}{{#if business.bankDetails}}

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
      return invoiceTemplate(invoicePhrases[known])
  }
}
