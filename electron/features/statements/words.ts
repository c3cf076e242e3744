import type { StatementKind } from '../../../shared/contract/statements.ts'

type StatementWords = Readonly<Record<StatementKind, string>> & {
  /** Not due, to 30, to 60, to 90, over 90 days. */
  readonly ages: readonly [string, string, string, string, string]
  readonly credit: string
}

const words = (
  kinds: readonly [string, string, string, string, string, string, string, string, string, string],
  ages: readonly [string, string, string, string, string],
  credit: string,
): StatementWords => ({
  invoice: kinds[0],
  'invoice-void': kinds[1],
  'credit-note': kinds[2],
  'credit-note-void': kinds[3],
  payment: kinds[4],
  'payment-returned': kinds[5],
  refund: kinds[6],
  'refund-cancelled': kinds[7],
  'write-off': kinds[8],
  'cash-rounding': kinds[9],
  ages,
  credit,
})

const english = words(
  [
    'Invoice',
    'Invoice voided',
    'Credit note',
    'Credit note voided',
    'Payment',
    'Payment returned',
    'Refund',
    'Refund cancelled',
    'Written off',
    'Cash rounding',
  ],
  ['Not due', '1–30 days', '31–60 days', '61–90 days', 'Over 90 days'],
  'Credit not used yet',
)

const byLanguage: Readonly<Record<string, StatementWords>> = {
  en: english,
  de: words(
    [
      'Rechnung',
      'Rechnung storniert',
      'Gutschrift',
      'Gutschrift storniert',
      'Zahlung',
      'Zahlung zurückgegeben',
      'Erstattung',
      'Erstattung storniert',
      'Ausgebucht',
      'Rundung bei Barzahlung',
    ],
    ['Nicht fällig', '1–30 Tage', '31–60 Tage', '61–90 Tage', 'Über 90 Tage'],
    'Noch nicht verrechnetes Guthaben',
  ),
  fr: words(
    [
      'Facture',
      'Facture annulée',
      'Avoir',
      'Avoir annulé',
      'Paiement',
      'Paiement rejeté',
      'Remboursement',
      'Remboursement annulé',
      'Passé en perte',
      'Arrondi en espèces',
    ],
    ['Non échu', '1–30 jours', '31–60 jours', '61–90 jours', 'Plus de 90 jours'],
    'Crédit non utilisé',
  ),
  es: words(
    [
      'Factura',
      'Factura anulada',
      'Nota de crédito',
      'Nota de crédito anulada',
      'Pago',
      'Pago devuelto',
      'Reembolso',
      'Reembolso anulado',
      'Dado de baja',
      'Redondeo en efectivo',
    ],
    ['Sin vencer', '1–30 días', '31–60 días', '61–90 días', 'Más de 90 días'],
    'Crédito sin usar',
  ),
  pt: words(
    [
      'Fatura',
      'Fatura anulada',
      'Nota de crédito',
      'Nota de crédito anulada',
      'Pagamento',
      'Pagamento devolvido',
      'Reembolso',
      'Reembolso cancelado',
      'Baixa',
      'Arredondamento em numerário',
    ],
    ['Por vencer', '1–30 dias', '31–60 dias', '61–90 dias', 'Mais de 90 dias'],
    'Crédito por usar',
  ),
  it: words(
    [
      'Fattura',
      'Fattura annullata',
      'Nota di credito',
      'Nota di credito annullata',
      'Pagamento',
      'Pagamento respinto',
      'Rimborso',
      'Rimborso annullato',
      'Stralciato',
      'Arrotondamento contanti',
    ],
    ['Non scaduto', '1–30 giorni', '31–60 giorni', '61–90 giorni', 'Oltre 90 giorni'],
    'Credito non usato',
  ),
  nl: words(
    [
      'Factuur',
      'Factuur vervallen verklaard',
      'Creditnota',
      'Creditnota vervallen verklaard',
      'Betaling',
      'Betaling geretourneerd',
      'Terugbetaling',
      'Terugbetaling geannuleerd',
      'Afgeboekt',
      'Afronding contant',
    ],
    ['Niet vervallen', '1–30 dagen', '31–60 dagen', '61–90 dagen', 'Meer dan 90 dagen'],
    'Nog niet gebruikt tegoed',
  ),
  hi: words(
    [
      'बीजक',
      'बीजक रद्द',
      'क्रेडिट नोट',
      'क्रेडिट नोट रद्द',
      'भुगतान',
      'भुगतान वापस',
      'धनवापसी',
      'धनवापसी रद्द',
      'बट्टे खाते',
      'नकद पूर्णांकन',
    ],
    ['देय नहीं', '1–30 दिन', '31–60 दिन', '61–90 दिन', '90 दिन से अधिक'],
    'अप्रयुक्त क्रेडिट',
  ),
  ar: words(
    [
      'فاتورة',
      'إلغاء فاتورة',
      'إشعار دائن',
      'إلغاء إشعار دائن',
      'دفعة',
      'دفعة مرتجعة',
      'استرداد',
      'إلغاء استرداد',
      'مشطوب',
      'تقريب نقدي',
    ],
    ['غير مستحق', '1–30 يومًا', '31–60 يومًا', '61–90 يومًا', 'أكثر من 90 يومًا'],
    'رصيد غير مستخدم',
  ),
  ja: words(
    [
      '請求書',
      '請求書取消',
      '貸方票',
      '貸方票取消',
      '入金',
      '入金差戻し',
      '返金',
      '返金取消',
      '貸倒れ',
      '現金端数調整',
    ],
    ['期日前', '1～30日', '31～60日', '61～90日', '90日超'],
    '未使用の貸方残高',
  ),
}

/** The words of a statement in the language of the client. */
export const statementWords = (language: string): StatementWords => byLanguage[language.slice(0, 2)] ?? english
