import type { TemplateLanguage } from './template-languages.ts'

type Reminder = { readonly subject: string; readonly text: string }

/** What a reminder says, by its tone; `fee` and `thanks` close each of them. */
export type ReminderPhrases = {
  readonly friendly: Reminder
  readonly firm: Reminder
  readonly final: Reminder
  readonly fee: string
  readonly thanks: string
}

export const reminderPhrases: Readonly<Record<TemplateLanguage, ReminderPhrases>> = {
  en: {
    friendly: {
      subject: 'Invoice {{invoice.number}}: a friendly reminder',
      text: 'This is a friendly reminder of invoice {{invoice.number}} of {{invoice.issuedOn}}. {{invoice.balance}} is open; it is due on {{invoice.dueOn}}.',
    },
    firm: {
      subject: 'Invoice {{invoice.number}} is overdue',
      text: 'Invoice {{invoice.number}} of {{invoice.issuedOn}} was due on {{invoice.dueOn}} and {{invoice.balance}} is still open. Please pay it within the next days.',
    },
    final: {
      subject: 'Final reminder: invoice {{invoice.number}}',
      text: 'Despite our reminders, invoice {{invoice.number}} of {{invoice.issuedOn}} has not been paid. {{invoice.balance}} has been due since {{invoice.dueOn}}. Please pay within seven days to avoid further steps.',
    },
    fee: 'A late fee of {{reminder.fee}} has been charged.',
    thanks: 'If your payment has crossed with this message, please disregard it.',
  },
  de: {
    friendly: {
      subject: 'Rechnung {{invoice.number}}: freundliche Erinnerung',
      text: 'wir möchten Sie freundlich an die Rechnung {{invoice.number}} vom {{invoice.issuedOn}} erinnern. Offen sind {{invoice.balance}}, zahlbar bis {{invoice.dueOn}}.',
    },
    firm: {
      subject: 'Rechnung {{invoice.number}} ist überfällig',
      text: 'die Rechnung {{invoice.number}} vom {{invoice.issuedOn}} war am {{invoice.dueOn}} fällig, {{invoice.balance}} sind noch offen. Bitte zahlen Sie in den nächsten Tagen.',
    },
    final: {
      subject: 'Letzte Mahnung: Rechnung {{invoice.number}}',
      text: 'trotz unserer Erinnerungen ist die Rechnung {{invoice.number}} vom {{invoice.issuedOn}} nicht bezahlt. {{invoice.balance}} sind seit dem {{invoice.dueOn}} fällig. Bitte zahlen Sie innerhalb von sieben Tagen, um weitere Schritte zu vermeiden.',
    },
    fee: 'Es wurde eine Mahngebühr von {{reminder.fee}} berechnet.',
    thanks:
      'Sollte sich Ihre Zahlung mit dieser Nachricht überschnitten haben, betrachten Sie sie bitte als gegenstandslos.',
  },
  fr: {
    friendly: {
      subject: 'Facture {{invoice.number}} : petit rappel',
      text: "Nous nous permettons de vous rappeler la facture {{invoice.number}} du {{invoice.issuedOn}}. Il reste {{invoice.balance}} à payer, à l'échéance du {{invoice.dueOn}}.",
    },
    firm: {
      subject: 'Facture {{invoice.number}} échue',
      text: 'La facture {{invoice.number}} du {{invoice.issuedOn}} était à payer le {{invoice.dueOn}} et {{invoice.balance}} restent dus. Merci de régler dans les prochains jours.',
    },
    final: {
      subject: 'Dernier rappel : facture {{invoice.number}}',
      text: 'Malgré nos rappels, la facture {{invoice.number}} du {{invoice.issuedOn}} reste impayée. {{invoice.balance}} sont dus depuis le {{invoice.dueOn}}. Merci de payer sous sept jours afin d’éviter d’autres démarches.',
    },
    fee: 'Des frais de retard de {{reminder.fee}} ont été facturés.',
    thanks: 'Si votre paiement a croisé ce message, veuillez ne pas en tenir compte.',
  },
  es: {
    friendly: {
      subject: 'Factura {{invoice.number}}: recordatorio amistoso',
      text: 'Le recordamos amablemente la factura {{invoice.number}} del {{invoice.issuedOn}}. Quedan pendientes {{invoice.balance}}, con vencimiento el {{invoice.dueOn}}.',
    },
    firm: {
      subject: 'La factura {{invoice.number}} está vencida',
      text: 'La factura {{invoice.number}} del {{invoice.issuedOn}} venció el {{invoice.dueOn}} y siguen pendientes {{invoice.balance}}. Le rogamos que la pague en los próximos días.',
    },
    final: {
      subject: 'Último aviso: factura {{invoice.number}}',
      text: 'A pesar de nuestros avisos, la factura {{invoice.number}} del {{invoice.issuedOn}} sigue sin pagar. {{invoice.balance}} están vencidos desde el {{invoice.dueOn}}. Le rogamos que pague en un plazo de siete días para evitar otras medidas.',
    },
    fee: 'Se ha cobrado un recargo por demora de {{reminder.fee}}.',
    thanks: 'Si su pago se ha cruzado con este mensaje, no lo tenga en cuenta.',
  },
  pt: {
    friendly: {
      subject: 'Fatura {{invoice.number}}: lembrete',
      text: 'Gostaríamos de lembrar a fatura {{invoice.number}} de {{invoice.issuedOn}}. Estão em aberto {{invoice.balance}}, com vencimento em {{invoice.dueOn}}.',
    },
    firm: {
      subject: 'A fatura {{invoice.number}} está vencida',
      text: 'A fatura {{invoice.number}} de {{invoice.issuedOn}} venceu em {{invoice.dueOn}} e continuam em aberto {{invoice.balance}}. Pedimos que pague nos próximos dias.',
    },
    final: {
      subject: 'Último aviso: fatura {{invoice.number}}',
      text: 'Apesar dos nossos avisos, a fatura {{invoice.number}} de {{invoice.issuedOn}} continua por pagar. {{invoice.balance}} estão vencidos desde {{invoice.dueOn}}. Pedimos o pagamento no prazo de sete dias para evitar outras medidas.',
    },
    fee: 'Foi cobrada uma taxa de atraso de {{reminder.fee}}.',
    thanks: 'Se o seu pagamento se cruzou com esta mensagem, por favor ignore-a.',
  },
  it: {
    friendly: {
      subject: 'Fattura {{invoice.number}}: cortese promemoria',
      text: 'Le ricordiamo cortesemente la fattura {{invoice.number}} del {{invoice.issuedOn}}. Restano da pagare {{invoice.balance}}, con scadenza il {{invoice.dueOn}}.',
    },
    firm: {
      subject: 'La fattura {{invoice.number}} è scaduta',
      text: 'La fattura {{invoice.number}} del {{invoice.issuedOn}} è scaduta il {{invoice.dueOn}} e restano da pagare {{invoice.balance}}. La preghiamo di provvedere nei prossimi giorni.',
    },
    final: {
      subject: 'Ultimo sollecito: fattura {{invoice.number}}',
      text: 'Nonostante i nostri solleciti, la fattura {{invoice.number}} del {{invoice.issuedOn}} non è stata pagata. {{invoice.balance}} sono scaduti dal {{invoice.dueOn}}. La preghiamo di pagare entro sette giorni per evitare ulteriori passi.',
    },
    fee: 'È stata addebitata una mora di {{reminder.fee}}.',
    thanks: 'Se il Suo pagamento si è incrociato con questo messaggio, La preghiamo di ignorarlo.',
  },
  nl: {
    friendly: {
      subject: 'Factuur {{invoice.number}}: vriendelijke herinnering',
      text: 'Graag herinneren wij u aan factuur {{invoice.number}} van {{invoice.issuedOn}}. Er staat {{invoice.balance}} open, te betalen uiterlijk {{invoice.dueOn}}.',
    },
    firm: {
      subject: 'Factuur {{invoice.number}} is vervallen',
      text: 'Factuur {{invoice.number}} van {{invoice.issuedOn}} verviel op {{invoice.dueOn}} en {{invoice.balance}} staat nog open. Wilt u in de komende dagen betalen?',
    },
    final: {
      subject: 'Laatste herinnering: factuur {{invoice.number}}',
      text: 'Ondanks onze herinneringen is factuur {{invoice.number}} van {{invoice.issuedOn}} niet betaald. {{invoice.balance}} is sinds {{invoice.dueOn}} vervallen. Wilt u binnen zeven dagen betalen om verdere stappen te voorkomen?',
    },
    fee: 'Er is een vergoeding van {{reminder.fee}} in rekening gebracht.',
    thanks: 'Heeft uw betaling dit bericht gekruist, dan kunt u het als niet verzonden beschouwen.',
  },
  hi: {
    friendly: {
      subject: 'बीजक {{invoice.number}}: विनम्र स्मरण',
      text: 'यह {{invoice.issuedOn}} के बीजक {{invoice.number}} के बारे में एक विनम्र स्मरण है। {{invoice.balance}} का भुगतान शेष है; देय तिथि {{invoice.dueOn}} है।',
    },
    firm: {
      subject: 'बीजक {{invoice.number}} की देय तिथि बीत चुकी है',
      text: '{{invoice.issuedOn}} का बीजक {{invoice.number}} {{invoice.dueOn}} को देय था और {{invoice.balance}} का भुगतान अभी शेष है। कृपया अगले कुछ दिनों में भुगतान करें।',
    },
    final: {
      subject: 'अंतिम स्मरण: बीजक {{invoice.number}}',
      text: 'हमारे स्मरणों के बावजूद {{invoice.issuedOn}} के बीजक {{invoice.number}} का भुगतान नहीं हुआ है। {{invoice.balance}} की राशि {{invoice.dueOn}} से देय है। आगे की कार्रवाई से बचने के लिए कृपया सात दिनों के भीतर भुगतान करें।',
    },
    fee: '{{reminder.fee}} का विलंब शुल्क लगाया गया है।',
    thanks: 'यदि आपका भुगतान इस बीच हो चुका है, तो कृपया इस संदेश पर ध्यान न दें।',
  },
  ar: {
    friendly: {
      subject: 'تذكير ودي بالفاتورة رقم {{invoice.number}}',
      text: 'نود تذكيركم بالفاتورة رقم {{invoice.number}} بتاريخ {{invoice.issuedOn}}. المبلغ المتبقي {{invoice.balance}} وتاريخ استحقاقه {{invoice.dueOn}}.',
    },
    firm: {
      subject: 'الفاتورة رقم {{invoice.number}} متأخرة السداد',
      text: 'كانت الفاتورة رقم {{invoice.number}} بتاريخ {{invoice.issuedOn}} مستحقة في {{invoice.dueOn}} ولا يزال مبلغ {{invoice.balance}} غير مسدد. نرجو السداد خلال الأيام القادمة.',
    },
    final: {
      subject: 'تذكير أخير: الفاتورة رقم {{invoice.number}}',
      text: 'على الرغم من تذكيراتنا لم تُسدد الفاتورة رقم {{invoice.number}} بتاريخ {{invoice.issuedOn}}. مبلغ {{invoice.balance}} مستحق منذ {{invoice.dueOn}}. نرجو السداد خلال سبعة أيام تجنبًا لأي إجراءات أخرى.',
    },
    fee: 'أُضيفت غرامة تأخير قدرها {{reminder.fee}}.',
    thanks: 'إذا كان سدادكم قد تم في هذه الأثناء فنرجو عدم الالتفات إلى هذه الرسالة.',
  },
  ja: {
    friendly: {
      subject: 'お支払いのご確認：請求書 {{invoice.number}}',
      text: '{{invoice.issuedOn}}付の請求書 {{invoice.number}} につきまして、ご確認のお願いでございます。未払残高は{{invoice.balance}}、お支払期限は{{invoice.dueOn}}です。',
    },
    firm: {
      subject: '請求書 {{invoice.number}} のお支払期限が過ぎております',
      text: '{{invoice.issuedOn}}付の請求書 {{invoice.number}}（お支払期限：{{invoice.dueOn}}）につきまして、{{invoice.balance}}のお支払いをまだ確認できておりません。恐れ入りますが、数日以内にお支払いくださいますようお願い申し上げます。',
    },
    final: {
      subject: '最終のお知らせ：請求書 {{invoice.number}} のお支払いについて',
      text: '再三ご案内しておりますが、{{invoice.issuedOn}}付の請求書 {{invoice.number}} のお支払いを確認できておりません。{{invoice.balance}}が{{invoice.dueOn}}より未払いとなっております。つきましては、7日以内にお支払いくださいますようお願い申し上げます。お支払いいただけない場合は、やむを得ず次の措置を取らせていただくことがございます。',
    },
    fee: '遅延手数料として{{reminder.fee}}を申し受けます。',
    thanks: '本メールと行き違いでお支払い済みの場合は、何卒ご容赦ください。',
  },
}

export type StatementPhrases = { readonly subject: string; readonly attached: string; readonly overdue: string }

export const statementPhrases: Readonly<Record<TemplateLanguage, StatementPhrases>> = {
  en: {
    subject: 'Statement of {{business.name}} to {{statement.to}}',
    attached:
      'Please find attached your statement from {{statement.from}} to {{statement.to}}. The balance is {{statement.balance}}.',
    overdue: 'Of this, {{statement.overdue}} is overdue.',
  },
  de: {
    subject: 'Kontoauszug von {{business.name}} bis {{statement.to}}',
    attached:
      'anbei erhalten Sie Ihren Kontoauszug vom {{statement.from}} bis {{statement.to}}. Der Saldo beträgt {{statement.balance}}.',
    overdue: 'Davon sind {{statement.overdue}} überfällig.',
  },
  fr: {
    subject: 'Relevé de {{business.name}} au {{statement.to}}',
    attached:
      'Veuillez trouver ci-joint votre relevé du {{statement.from}} au {{statement.to}}. Le solde est de {{statement.balance}}.',
    overdue: 'Dont {{statement.overdue}} échus.',
  },
  es: {
    subject: 'Extracto de {{business.name}} al {{statement.to}}',
    attached:
      'Adjuntamos su extracto del {{statement.from}} al {{statement.to}}. El saldo es de {{statement.balance}}.',
    overdue: 'De ello, {{statement.overdue}} están vencidos.',
  },
  pt: {
    subject: 'Extrato de {{business.name}} até {{statement.to}}',
    attached:
      'Enviamos em anexo o seu extrato de {{statement.from}} a {{statement.to}}. O saldo é de {{statement.balance}}.',
    overdue: 'Deste valor, {{statement.overdue}} estão vencidos.',
  },
  it: {
    subject: 'Estratto conto di {{business.name}} al {{statement.to}}',
    attached:
      'In allegato trova il Suo estratto conto dal {{statement.from}} al {{statement.to}}. Il saldo è di {{statement.balance}}.',
    overdue: 'Di cui {{statement.overdue}} scaduti.',
  },
  nl: {
    subject: 'Rekeningoverzicht van {{business.name}} tot {{statement.to}}',
    attached:
      'Bijgaand ontvangt u uw overzicht van {{statement.from}} tot {{statement.to}}. Het saldo is {{statement.balance}}.',
    overdue: 'Daarvan is {{statement.overdue}} vervallen.',
  },
  hi: {
    subject: '{{statement.to}} तक {{business.name}} का खाता विवरण',
    attached:
      'कृपया {{statement.from}} से {{statement.to}} तक का अपना खाता विवरण संलग्न पाएँ। शेष राशि {{statement.balance}} है।',
    overdue: 'इसमें से {{statement.overdue}} की देय तिथि बीत चुकी है।',
  },
  ar: {
    subject: 'كشف حساب من {{business.name}} حتى {{statement.to}}',
    attached: 'تجدون مرفقًا كشف حسابكم من {{statement.from}} إلى {{statement.to}}. الرصيد {{statement.balance}}.',
    overdue: 'منه {{statement.overdue}} متأخر السداد.',
  },
  ja: {
    subject: '取引明細書のご送付（{{business.name}}、{{statement.to}}現在）',
    attached:
      '{{statement.from}}から{{statement.to}}までの取引明細書を添付にてお送りいたします。残高は{{statement.balance}}です。',
    overdue: 'そのうち{{statement.overdue}}がお支払期限を過ぎております。',
  },
}
