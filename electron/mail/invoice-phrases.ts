import type { TemplateLanguage } from './template-languages.ts'

// A Japanese letter names company and person, each on a line of its own, and opens with a set phrase.
const japaneseGreeting = `{{#if client.contactName}}{{client.name}}
{{client.contactName}} 様{{else}}{{client.name}} 様{{/if}}

いつもお世話になっております。{{business.name}}でございます。`

/** What a message says that brings an invoice; the greeting with its `{name}` and the end are those of every kind. */
export type InvoicePhrases = {
  readonly subject: string
  readonly greeting: string
  readonly attached: string
  readonly due: string
  readonly reference: string
  readonly payOnline: string
  readonly thanks: string
  readonly regards: string
}

export const invoicePhrases: Readonly<Record<TemplateLanguage, InvoicePhrases>> = {
  en: {
    subject: 'Invoice {{invoice.number}} from {{business.name}}',
    greeting: 'Hello {name},',
    attached: 'Please find attached invoice {{invoice.number}} of {{invoice.issuedOn}} for {{invoice.total}}.',
    due: 'It is due on {{invoice.dueOn}}.',
    reference: 'Your reference: {{invoice.reference}}',
    payOnline: 'Pay online: {{invoice.paymentLink}}',
    thanks: 'If anything is unclear, just reply to this mail. Thank you for your business.',
    regards: 'Kind regards',
  },
  de: {
    subject: 'Rechnung {{invoice.number}} von {{business.name}}',
    greeting: 'Guten Tag {name},',
    attached: 'anbei erhalten Sie die Rechnung {{invoice.number}} vom {{invoice.issuedOn}} über {{invoice.total}}.',
    due: 'Sie ist bis zum {{invoice.dueOn}} zu zahlen.',
    reference: 'Ihr Zeichen: {{invoice.reference}}',
    payOnline: 'Online bezahlen: {{invoice.paymentLink}}',
    thanks: 'Bei Fragen antworten Sie einfach auf diese E-Mail. Vielen Dank für Ihren Auftrag.',
    regards: 'Mit freundlichen Grüßen',
  },
  fr: {
    subject: 'Facture {{invoice.number}} de {{business.name}}',
    greeting: 'Bonjour {name},',
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
    greeting: 'Hola {name},',
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
    greeting: 'Olá {name},',
    attached: 'Segue em anexo a fatura {{invoice.number}} de {{invoice.issuedOn}} no valor de {{invoice.total}}.',
    due: 'O vencimento é em {{invoice.dueOn}}.',
    reference: 'A sua referência: {{invoice.reference}}',
    payOnline: 'Pagar online: {{invoice.paymentLink}}',
    thanks: 'Em caso de dúvida, basta responder a este e-mail. Obrigado pela confiança.',
    regards: 'Com os melhores cumprimentos',
  },
  it: {
    subject: 'Fattura {{invoice.number}} da {{business.name}}',
    greeting: 'Buongiorno {name},',
    attached: 'in allegato trova la fattura {{invoice.number}} del {{invoice.issuedOn}} di {{invoice.total}}.',
    due: 'La scadenza è il {{invoice.dueOn}}.',
    reference: 'Vostro riferimento: {{invoice.reference}}',
    payOnline: 'Paga online: {{invoice.paymentLink}}',
    thanks: 'Per qualsiasi domanda risponda a questa e-mail. Grazie per la fiducia.',
    regards: 'Cordiali saluti',
  },
  nl: {
    subject: 'Factuur {{invoice.number}} van {{business.name}}',
    greeting: 'Beste {name},',
    attached: 'Bijgaand ontvangt u factuur {{invoice.number}} van {{invoice.issuedOn}} voor {{invoice.total}}.',
    due: 'Graag betalen vóór {{invoice.dueOn}}.',
    reference: 'Uw kenmerk: {{invoice.reference}}',
    payOnline: 'Online betalen: {{invoice.paymentLink}}',
    thanks: 'Heeft u vragen, beantwoord dan gewoon deze e-mail. Bedankt voor uw vertrouwen.',
    regards: 'Met vriendelijke groet',
  },
  hi: {
    subject: '{{business.name}} का बीजक {{invoice.number}}',
    greeting: 'नमस्ते {name},',
    attached: 'कृपया {{invoice.issuedOn}} का बीजक {{invoice.number}} संलग्न पाएँ। कुल राशि {{invoice.total}} है।',
    due: 'कृपया इसका भुगतान {{invoice.dueOn}} तक करें।',
    reference: 'आपका संदर्भ: {{invoice.reference}}',
    payOnline: 'ऑनलाइन भुगतान करें: {{invoice.paymentLink}}',
    thanks: 'कोई प्रश्न हो तो कृपया इसी ईमेल का उत्तर दें। आपके सहयोग के लिए धन्यवाद।',
    regards: 'सादर',
  },
  ar: {
    subject: 'فاتورة رقم {{invoice.number}} من {{business.name}}',
    greeting: 'تحية طيبة إلى {name}،',
    attached: 'تجدون مرفقًا الفاتورة رقم {{invoice.number}} بتاريخ {{invoice.issuedOn}} بمبلغ {{invoice.total}}.',
    due: 'تاريخ استحقاقها {{invoice.dueOn}}.',
    reference: 'مرجعكم: {{invoice.reference}}',
    payOnline: 'للدفع عبر الإنترنت: {{invoice.paymentLink}}',
    thanks: 'لأي استفسار يكفي الرد على هذه الرسالة. نشكركم على ثقتكم.',
    regards: 'مع خالص التحية',
  },
  ja: {
    subject: '請求書 {{invoice.number}} のご送付（{{business.name}}）',
    greeting: japaneseGreeting,
    attached:
      '{{invoice.issuedOn}}付の請求書 {{invoice.number}}（{{invoice.total}}）を添付にてお送りいたします。ご査収のほどよろしくお願い申し上げます。',
    due: 'お支払期限は{{invoice.dueOn}}です。',
    reference: '貴社参照番号：{{invoice.reference}}',
    payOnline: 'オンラインでのお支払い：{{invoice.paymentLink}}',
    thanks: 'ご不明な点がございましたら、このメールにご返信ください。',
    regards: '今後ともよろしくお願い申し上げます。',
  },
}
