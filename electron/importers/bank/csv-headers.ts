import type { CsvRole } from '../../../shared/contract/bank.ts'

const words = (text: string): readonly string[] => text.split(' ')

/**
 * How banks name their columns, by what the column is: lower case, without accents, spaces and signs, the most telling
 * name first. Collected from the exports of banks in many countries; a column of the same meaning in another language
 * is one more word here.
 */
export const headerNames: Readonly<Record<Exclude<CsvRole, 'ignore'>, readonly string[]>> = {
  bookedOn: words(
    'datumzauctovani buchungstag buchungsdatum buchung bookingdate bookeddate dateposted posteddate ' +
      'postingdate boekdatum boekingsdatum bokforingsdag bokforingsdatum bogforingsdato kirjauspaiva ' +
      'datecomptable datacontabile dateprocessed datecompleted completeddate dataksiegowania fechacontable ' +
      'transactiondate tranzakciodatuma date datum dato fecha data paivamaara pvm dateoperation ' +
      'dataoperacji dataoperazione fechaoperacion datumprovedeni uitvoeringsdatum transactiedatum ' +
      'transaktionsdatum datedetransaction fechadeoperacion konyvelesnapja 日付 取引日 お取引日 年月日 交易日期 日期 дата ' +
      'תאריך التاريخ दिनांक',
  ),
  valuedOn: words(
    'valuedate valutadatum valutadatering datevaleur datedevaleur datavaluta fechavalor erteknap ' +
      'wertstellung wertstellungsdatum wert valuta rentedatum arvopaiva rantedato datawaluty datavalor ' +
      'datumprovedeni 起算日',
  ),
  amount: words(
    'zauctovanacastka transactionamount amount betrag umsatz bedrag importe montant importo kwota castka ' +
      'tranzakcioosszege osszeg belopp belob belop summa maara monto valor ammontare kwotatransakcji value ' +
      '金額 交易金额 сумма סכום المبلغ राशि',
  ),
  moneyOut: words(
    'moneyout paidout withdrawals withdrawal withdrawalamount debit debits debitamount outflow spent soll ' +
      'lastschrift belastung ausgang ausgaben debet debe cargo cargos debito sortie uscite addebiti dare ' +
      'paymentsout obciazenia wyplata terheles お支払金額 出金 出金額 お引出し 支出 расход',
  ),
  moneyIn: words(
    'moneyin paidin deposits deposit depositamount credit credits creditamount inflow received haben ' +
      'gutschrift eingang einnahmen kredit haber abono abonos credito entree entrate accrediti avere ' +
      'paymentsin uznania wplata jovairas お預り金額 入金 入金額 お預入れ 收入 приход',
  ),
  direction: words(
    'debitcredit creditdebit debitorcredit debitcreditindicator creditdebitindicator crdr drcr dc cd cdi ' +
      'afbij bijaf sollhaben sh bevetelkiadas sens sign inout',
  ),
  currency: words(
    'menauctu currency currencycode ccy waehrung wahrung munt muntsoort devise moneda divisa waluta mena ' +
      'devizanem tranzakciodevizaneme valuta valutakod valutta 通貨 валюта',
  ),
  counterpartyName: words(
    'naamtegenpartij counterpartyname nameofcounterparty nazevprotiuctu partnerneve ' +
      'beguenstigterzahlungspflichtiger begunstigterzahlungspflichtiger auftraggeberempfanger ' +
      'auftraggeberbegunstigter auftraggeberbeguenstigter namezahlungsbeteiligter zahlungsbeteiligter ' +
      'zahlungspflichtiger zahlungsempfanger zahlungspartner empfanger empfaenger beneficiaryname ' +
      'beneficiary payee payer payeename payerpayee recipient sender merchant merchantname beneficiario ' +
      'beneficiaire ordenante nadawcaodbiorca kontrahent mottagare avsandare modpart saajamaksaja ' +
      'tegenpartij naamomschrijving counterparty partnername name toorfrom お取引先 取引先 对方户名 контрагент',
  ),
  counterpartyAccount: words(
    'rekeningnummertegenpartij tegenrekening tegenrekeningiban counterpartyaccount counterpartyiban ' +
      'cisloprotiuctu protiucet partnerszamlaszama ibanzahlungsbeteiligter kontonummeriban kontonummer ' +
      'beneficiaryaccount payeeaccount counterparty cuentabeneficiario numerrachunku bankovnispojeni iban ' +
      'mottagarkonto accountnumber',
  ),
  purpose: words(
    'verwendungszweck buchungstext description transactiondescription memo details purpose narrative ' +
      'particulars remarks remittanceinformation omschrijving mededeling mededelingen vrijemededeling ' +
      'libelle motif concepto descripcion descrizione causale opis opisoperacji tytul tytulem kozlemeny ' +
      'reszletek zprava zpravaproprijemce zpravaprome poznamka meddelande tekst text note notes viesti ' +
      'selite beskrivelse historico descricao 摘要 お取引内容 内容 备注 назначение תיאור البيان विवरण',
  ),
  reference: words(
    'endtoendreferenz endtoendid endtoendreference kundenreferenzendtoend kundenreferenz ' +
      'gestructureerdemededeling betalingskenmerk paymentreference customerreference variabilnisymbol ' +
      'variabilnisymbol1 vs reference referenz referens referencia riferimento viite viitenumero kid ocr ' +
      'chequenumber chequeno checknumber',
  ),
  bankReference: words(
    'transactionid idtransakce referencnicislotransakce transactionreference fitid transaktionsid ' +
      'operationid uniqueid transactienummer volgnr megbizasazonosito arkivointitunnus bankreference',
  ),
  balance: words(
    'balance runningbalance accountbalance closingbalance saldo saldonachbuchung kontostand solde ' +
      'egyenleg zustatek saldopotransakcji saldonatrn bokfortsaldo 残高 お預り残高 差引残高 余额 остаток',
  ),
  account: words(
    'auftragskonto ibanauftragskonto rekeningnummer eigenrekening cislouctu szamlaszam ownaccount account ' +
      'rekening ibanbban konto compte cuenta iban accountnumber 口座番号',
  ),
}

/** A column's name as it is compared: no currency in brackets or behind it, no case, accents or signs. */
export const plainHeader = (header: string): string =>
  header
    .replace(/\([^)]*\)|\[[^\]]*\]/g, '')
    .replace(/\s+[A-Z]{3}$/, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]/gu, '')

/** The currency that a column's name carries, such as `Betrag (EUR)`; null if none does. */
export const headerCurrency = (header: string): string | null =>
  /(?:\(|\[|\s)([A-Z]{3})(?:\)|\]|$)/.exec(header.trim())?.[1] ?? null
