/** The words of an invoice that are not the template's own, in the languages that documents speak. */
export type Words = {
  readonly discount: string
  readonly charge: string
  readonly payment: string
  readonly accountName: string
  readonly bank: string
  readonly accountNumber: string
  readonly sortCode: string
  readonly reference: string
}

const english: Words = {
  discount: 'Discount',
  charge: 'Charge',
  payment: 'Payment',
  accountName: 'Account name',
  bank: 'Bank',
  accountNumber: 'Account',
  sortCode: 'Sort code',
  reference: 'Reference',
}

const byLanguage: Readonly<Record<string, Words>> = {
  en: english,
  de: {
    discount: 'Rabatt',
    charge: 'Zuschlag',
    payment: 'Zahlung',
    accountName: 'Kontoinhaber',
    bank: 'Bank',
    accountNumber: 'Konto',
    sortCode: 'Bankleitzahl',
    reference: 'Verwendungszweck',
  },
  fr: {
    discount: 'Remise',
    charge: 'Supplément',
    payment: 'Paiement',
    accountName: 'Titulaire du compte',
    bank: 'Banque',
    accountNumber: 'Compte',
    sortCode: 'Code guichet',
    reference: 'Référence',
  },
  es: {
    discount: 'Descuento',
    charge: 'Recargo',
    payment: 'Pago',
    accountName: 'Titular de la cuenta',
    bank: 'Banco',
    accountNumber: 'Cuenta',
    sortCode: 'Código de sucursal',
    reference: 'Referencia',
  },
  pt: {
    discount: 'Desconto',
    charge: 'Acréscimo',
    payment: 'Pagamento',
    accountName: 'Titular da conta',
    bank: 'Banco',
    accountNumber: 'Conta',
    sortCode: 'Código da agência',
    reference: 'Referência',
  },
  it: {
    discount: 'Sconto',
    charge: 'Maggiorazione',
    payment: 'Pagamento',
    accountName: 'Intestatario del conto',
    bank: 'Banca',
    accountNumber: 'Conto',
    sortCode: 'Codice filiale',
    reference: 'Causale',
  },
  nl: {
    discount: 'Korting',
    charge: 'Toeslag',
    payment: 'Betaling',
    accountName: 'Rekeninghouder',
    bank: 'Bank',
    accountNumber: 'Rekening',
    sortCode: 'Sorteercode',
    reference: 'Kenmerk',
  },
  hi: {
    discount: 'छूट',
    charge: 'शुल्क',
    payment: 'भुगतान',
    accountName: 'खाताधारक',
    bank: 'बैंक',
    accountNumber: 'खाता संख्या',
    sortCode: 'IFSC',
    reference: 'संदर्भ',
  },
  ar: {
    discount: 'خصم',
    charge: 'رسوم',
    payment: 'الدفع',
    accountName: 'اسم صاحب الحساب',
    bank: 'البنك',
    accountNumber: 'رقم الحساب',
    sortCode: 'رمز الفرع',
    reference: 'المرجع',
  },
  ja: {
    discount: '値引き',
    charge: '追加料金',
    payment: 'お支払い',
    accountName: '口座名義',
    bank: '銀行',
    accountNumber: '口座番号',
    sortCode: '支店番号',
    reference: '参照番号',
  },
}

/** The words of a language (BCP 47); English where there are none. */
export const wordsIn = (language: string): Words => byLanguage[language.slice(0, 2)] ?? english
