import type { TemplateLanguage } from './template-languages.ts'

type Phrases = Readonly<Record<'subject' | 'attached' | 'validUntil' | 'reference' | 'thanks', string>>

/** What a message says that brings a quote. */
export const quotePhrases: Readonly<Record<TemplateLanguage, Phrases>> = {
  en: {
    subject: 'Quote {{quote.number}} from {{business.name}}',
    attached: 'Please find attached our quote {{quote.number}} of {{quote.issuedOn}} for {{quote.total}}.',
    validUntil: 'It is valid until {{quote.validUntil}}.',
    reference: 'Your reference: {{quote.reference}}',
    thanks: 'To accept it, just reply to this mail. If anything is unclear, please ask.',
  },
  de: {
    subject: 'Angebot {{quote.number}} von {{business.name}}',
    attached: 'anbei erhalten Sie unser Angebot {{quote.number}} vom {{quote.issuedOn}} über {{quote.total}}.',
    validUntil: 'Es gilt bis zum {{quote.validUntil}}.',
    reference: 'Ihr Zeichen: {{quote.reference}}',
    thanks: 'Zum Annehmen genügt eine Antwort auf diese E-Mail. Bei Fragen melden Sie sich gern.',
  },
  fr: {
    subject: 'Devis {{quote.number}} de {{business.name}}',
    attached:
      'Veuillez trouver ci-joint notre devis {{quote.number}} du {{quote.issuedOn}} d’un montant de {{quote.total}}.',
    validUntil: 'Il est valable jusqu’au {{quote.validUntil}}.',
    reference: 'Votre référence : {{quote.reference}}',
    thanks: 'Pour l’accepter, répondez simplement à ce message. Nous restons à votre disposition pour toute question.',
  },
  es: {
    subject: 'Presupuesto {{quote.number}} de {{business.name}}',
    attached:
      'Adjuntamos nuestro presupuesto {{quote.number}} de fecha {{quote.issuedOn}} por un importe de {{quote.total}}.',
    validUntil: 'Es válido hasta el {{quote.validUntil}}.',
    reference: 'Su referencia: {{quote.reference}}',
    thanks: 'Para aceptarlo, responda a este correo. Si tiene alguna duda, díganoslo.',
  },
  pt: {
    subject: 'Orçamento {{quote.number}} de {{business.name}}',
    attached: 'Segue em anexo o nosso orçamento {{quote.number}} de {{quote.issuedOn}} no valor de {{quote.total}}.',
    validUntil: 'É válido até {{quote.validUntil}}.',
    reference: 'A sua referência: {{quote.reference}}',
    thanks: 'Para aceitar, basta responder a este e-mail. Em caso de dúvida, fale connosco.',
  },
  it: {
    subject: 'Preventivo {{quote.number}} da {{business.name}}',
    attached: 'in allegato trova il nostro preventivo {{quote.number}} del {{quote.issuedOn}} di {{quote.total}}.',
    validUntil: 'È valido fino al {{quote.validUntil}}.',
    reference: 'Vostro riferimento: {{quote.reference}}',
    thanks: 'Per accettarlo basta rispondere a questa e-mail. Per qualsiasi domanda siamo a disposizione.',
  },
  nl: {
    subject: 'Offerte {{quote.number}} van {{business.name}}',
    attached: 'Bijgaand ontvangt u onze offerte {{quote.number}} van {{quote.issuedOn}} voor {{quote.total}}.',
    validUntil: 'Deze is geldig tot en met {{quote.validUntil}}.',
    reference: 'Uw kenmerk: {{quote.reference}}',
    thanks: 'Akkoord? Een antwoord op deze e-mail volstaat. Heeft u vragen, laat het ons weten.',
  },
  hi: {
    subject: '{{business.name}} का कोटेशन {{quote.number}}',
    attached: 'कृपया {{quote.issuedOn}} का हमारा कोटेशन {{quote.number}} संलग्न पाएँ। कुल राशि {{quote.total}} है।',
    validUntil: 'यह {{quote.validUntil}} तक मान्य है।',
    reference: 'आपका संदर्भ: {{quote.reference}}',
    thanks: 'इसे स्वीकार करने के लिए इसी ईमेल का उत्तर दें। कोई प्रश्न हो तो कृपया हमें बताएँ।',
  },
  ar: {
    subject: 'عرض السعر رقم {{quote.number}} من {{business.name}}',
    attached: 'تجدون مرفقًا عرض السعر رقم {{quote.number}} بتاريخ {{quote.issuedOn}} بمبلغ {{quote.total}}.',
    validUntil: 'العرض صالح حتى {{quote.validUntil}}.',
    reference: 'مرجعكم: {{quote.reference}}',
    thanks: 'لقبول العرض يكفي الرد على هذه الرسالة، ويسعدنا الرد على أي استفسار.',
  },
  ja: {
    subject: '見積書 {{quote.number}} のご送付（{{business.name}}）',
    attached:
      '{{quote.issuedOn}}付の見積書 {{quote.number}}（{{quote.total}}）を添付にてお送りいたします。ご検討のほどよろしくお願い申し上げます。',
    validUntil: '有効期限は{{quote.validUntil}}です。',
    reference: '貴社参照番号：{{quote.reference}}',
    thanks:
      'ご承諾いただける場合は、このメールにご返信ください。ご不明な点がございましたら、お気軽にお問い合わせください。',
  },
}
