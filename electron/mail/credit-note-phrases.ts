import type { TemplateLanguage } from './template-languages.ts'

type Phrases = Readonly<Record<'subject' | 'attached' | 'ofInvoice' | 'reason' | 'thanks', string>>

/** What a message says that brings a credit note. */
export const creditNotePhrases: Readonly<Record<TemplateLanguage, Phrases>> = {
  en: {
    subject: 'Credit note {{creditNote.number}} from {{business.name}}',
    attached:
      'Please find attached credit note {{creditNote.number}} of {{creditNote.issuedOn}} for {{creditNote.total}}.',
    ofInvoice: 'It refers to invoice {{creditNote.invoiceNumber}}.',
    reason: 'Reason: {{creditNote.reason}}',
    thanks: 'If anything is unclear, just reply to this mail.',
  },
  de: {
    subject: 'Gutschrift {{creditNote.number}} von {{business.name}}',
    attached:
      'anbei erhalten Sie die Gutschrift {{creditNote.number}} vom {{creditNote.issuedOn}} über {{creditNote.total}}.',
    ofInvoice: 'Sie bezieht sich auf die Rechnung {{creditNote.invoiceNumber}}.',
    reason: 'Grund: {{creditNote.reason}}',
    thanks: 'Bei Fragen antworten Sie einfach auf diese E-Mail.',
  },
  fr: {
    subject: 'Avoir {{creditNote.number}} de {{business.name}}',
    attached:
      'Veuillez trouver ci-joint l’avoir {{creditNote.number}} du {{creditNote.issuedOn}} d’un montant de {{creditNote.total}}.',
    ofInvoice: 'Il se rapporte à la facture {{creditNote.invoiceNumber}}.',
    reason: 'Motif : {{creditNote.reason}}',
    thanks: 'Pour toute question, répondez simplement à ce message.',
  },
  es: {
    subject: 'Factura rectificativa {{creditNote.number}} de {{business.name}}',
    attached:
      'Adjuntamos la factura rectificativa {{creditNote.number}} de fecha {{creditNote.issuedOn}} por un importe de {{creditNote.total}}.',
    ofInvoice: 'Se refiere a la factura {{creditNote.invoiceNumber}}.',
    reason: 'Motivo: {{creditNote.reason}}',
    thanks: 'Si tiene alguna duda, responda a este correo.',
  },
  pt: {
    subject: 'Nota de crédito {{creditNote.number}} de {{business.name}}',
    attached:
      'Segue em anexo a nota de crédito {{creditNote.number}} de {{creditNote.issuedOn}} no valor de {{creditNote.total}}.',
    ofInvoice: 'Refere-se à fatura {{creditNote.invoiceNumber}}.',
    reason: 'Motivo: {{creditNote.reason}}',
    thanks: 'Em caso de dúvida, basta responder a este e-mail.',
  },
  it: {
    subject: 'Nota di credito {{creditNote.number}} da {{business.name}}',
    attached:
      'in allegato trova la nota di credito {{creditNote.number}} del {{creditNote.issuedOn}} di {{creditNote.total}}.',
    ofInvoice: 'Si riferisce alla fattura {{creditNote.invoiceNumber}}.',
    reason: 'Motivo: {{creditNote.reason}}',
    thanks: 'Per qualsiasi domanda risponda a questa e-mail.',
  },
  nl: {
    subject: 'Creditnota {{creditNote.number}} van {{business.name}}',
    attached:
      'Bijgaand ontvangt u creditnota {{creditNote.number}} van {{creditNote.issuedOn}} voor {{creditNote.total}}.',
    ofInvoice: 'Deze heeft betrekking op factuur {{creditNote.invoiceNumber}}.',
    reason: 'Reden: {{creditNote.reason}}',
    thanks: 'Heeft u vragen, beantwoord dan gewoon deze e-mail.',
  },
  hi: {
    subject: '{{business.name}} का क्रेडिट नोट {{creditNote.number}}',
    attached:
      'कृपया {{creditNote.issuedOn}} का क्रेडिट नोट {{creditNote.number}} संलग्न पाएँ। कुल राशि {{creditNote.total}} है।',
    ofInvoice: 'यह बीजक {{creditNote.invoiceNumber}} से संबंधित है।',
    reason: 'कारण: {{creditNote.reason}}',
    thanks: 'कोई प्रश्न हो तो कृपया इसी ईमेल का उत्तर दें।',
  },
  ar: {
    subject: 'إشعار دائن رقم {{creditNote.number}} من {{business.name}}',
    attached:
      'تجدون مرفقًا الإشعار الدائن رقم {{creditNote.number}} بتاريخ {{creditNote.issuedOn}} بمبلغ {{creditNote.total}}.',
    ofInvoice: 'وهو يخص الفاتورة رقم {{creditNote.invoiceNumber}}.',
    reason: 'السبب: {{creditNote.reason}}',
    thanks: 'لأي استفسار يكفي الرد على هذه الرسالة.',
  },
  ja: {
    subject: '返金通知書 {{creditNote.number}} のご送付（{{business.name}}）',
    attached:
      '{{creditNote.issuedOn}}付の返金通知書 {{creditNote.number}}（{{creditNote.total}}）を添付にてお送りいたします。ご査収のほどよろしくお願い申し上げます。',
    ofInvoice: '対象の請求書番号は {{creditNote.invoiceNumber}} です。',
    reason: '理由：{{creditNote.reason}}',
    thanks: 'ご不明な点がございましたら、このメールにご返信ください。',
  },
}
