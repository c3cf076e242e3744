import { isCivilDate } from '../../../shared/dates.ts'
import { sum } from '../../../shared/money/arithmetic.ts'
import { fromDecimalString } from '../../../shared/money/decimal-string.ts'
import { type Amount, amount } from '../../../shared/money/scaled.ts'
import { pathOf, type XmlElement } from '../xml.ts'
import { BankFileError, oneLine, type ParsedTransaction, referenceOf } from './statement.ts'

/** The first child on a path of local names; null if one is missing. */
export const at = (element: XmlElement | null, ...path: readonly string[]): XmlElement | null => {
  let here = element
  for (const name of path) here = here?.children.find((child) => child.name === name) ?? null
  return here
}

/** All children of a local name. */
export const all = (element: XmlElement | null, name: string): readonly XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? []

/** The trimmed text on a path; null if it is missing or empty. */
export const textAt = (element: XmlElement | null, ...path: readonly string[]): string | null =>
  at(element, ...path)?.text.trim() || null

export type Money = { readonly amountE4: Amount; readonly currency: string | null }

/** An amount element, unsigned; BankFileError if it is none. */
export const moneyOf = (element: XmlElement): Money => {
  const read = fromDecimalString(element.text.trim(), 4)
  if (!read.ok || read.value < 0n) {
    throw new BankFileError(element.line, `${pathOf(element)}: "${element.text.trim().slice(0, 40)}" is no amount.`)
  }
  return { amountE4: amount(read.value), currency: element.attributes.get('Ccy') ?? null }
}

/** The civil date of a date or date-time element as the bank wrote it, whatever its zone; null if there is none. */
export const dayOf = (element: XmlElement | null): string | null => {
  const said = textAt(element, 'Dt') ?? textAt(element, 'DtTm') ?? (element?.text.trim() || null)
  if (element === null || said === null) return null
  const day = said.slice(0, 10)
  if (!isCivilDate(day)) throw new BankFileError(element.line, `${pathOf(element)}: "${said.slice(0, 40)}" is no date.`)
  return day
}

/** Whether the element is money in; BankFileError if it says neither. */
export const isCredit = (element: XmlElement): boolean => {
  const mark = textAt(element, 'CdtDbtInd')
  if (mark === 'CRDT' || mark === 'DBIT') return mark === 'CRDT'
  throw new BankFileError(element.line, `${pathOf(element)}/CdtDbtInd: CRDT or DBIT was expected, not "${mark ?? ''}".`)
}

/** The number of an account in any of its forms. */
export const accountOf = (account: XmlElement | null): string | null => {
  const id = at(account, 'Id')
  return (
    textAt(id, 'IBAN') ??
    textAt(id, 'BBAN') ??
    textAt(id, 'UPIC') ??
    textAt(id, 'Othr', 'Id') ??
    textAt(id, 'PrtryAcct', 'Id')
  )
}

type Side = { readonly name: string | null; readonly account: string | null }

const sideOf = (details: XmlElement, role: 'Dbtr' | 'Cdtr'): Side => {
  const parties = at(details, 'RltdPties')
  const nameOf = (party: string) => textAt(parties, party, 'Nm') ?? textAt(parties, party, 'Pty', 'Nm')
  return {
    name: oneLine(nameOf(role) ?? nameOf(`Ultmt${role}`) ?? textAt(parties, `${role}Acct`, 'Nm'), 140),
    account: oneLine(accountOf(at(parties, `${role}Acct`)), 60),
  }
}

const structuredOf = (details: XmlElement): string | null => {
  for (const part of all(at(details, 'RmtInf'), 'Strd')) {
    const found = referenceOf(textAt(part, 'CdtrRefInf', 'Ref') ?? textAt(part, 'CdtrRefInf', 'CdtrRef'))
    if (found !== null) return found
  }
  return null
}

const wordsOf = (details: XmlElement): string[] =>
  [
    ...all(at(details, 'RmtInf'), 'Ustrd').map((part) => part.text.trim()),
    ...all(at(details, 'RmtInf'), 'Strd').flatMap((part) => [
      ...all(part, 'AddtlRmtInf').map((more) => more.text.trim()),
      ...all(part, 'RfrdDocInf').map((document) => textAt(document, 'Nb') ?? textAt(document, 'RfrdDocNb') ?? ''),
    ]),
    textAt(details, 'AddtlTxInf') ?? '',
  ].filter((text) => text !== '')

type Entry = {
  readonly element: XmlElement
  readonly isIn: boolean
  readonly isReversal: boolean
  readonly money: Money
  readonly bookedOn: string
  readonly valuedOn: string | null
  readonly bankReference: string | null
}

const transactionOf = (entry: Entry, parts: readonly XmlElement[], money: Money, isIn: boolean): ParsedTransaction => {
  const single = parts.length === 1 ? (parts[0] ?? null) : null
  // What a reversal gives back had gone to the creditor.
  const side = single === null ? null : sideOf(single, isIn !== entry.isReversal ? 'Dbtr' : 'Cdtr')
  const words = parts.flatMap(wordsOf)
  const more = textAt(entry.element, 'AddtlNtryInf')
  const value = money.amountE4
  return {
    line: (single ?? entry.element).line,
    bookedOn: entry.bookedOn,
    valuedOn: entry.valuedOn,
    amountE4: amount(isIn ? value : -value),
    currency: money.currency,
    counterpartyName: side?.name ?? null,
    counterpartyAccount: side?.account ?? null,
    endToEndReference: referenceOf(textAt(single, 'Refs', 'EndToEndId')),
    mandateReference: referenceOf(textAt(single, 'Refs', 'MndtId')),
    structuredReference: single === null ? null : structuredOf(single),
    bankReference:
      referenceOf(textAt(single, 'Refs', 'AcctSvcrRef')) ??
      entry.bankReference ??
      referenceOf(textAt(single, 'Refs', 'TxId')),
    purpose: oneLine([...words, ...(more === null || words.includes(more) ? [] : [more])].join(' '), 1000) ?? '',
  }
}

/** A batch is split where its parts name amounts that make up the entry; each is then a payment of its own. */
const splitOf = (entry: Entry, parts: readonly XmlElement[]): readonly ParsedTransaction[] | null => {
  if (parts.length < 2) return null
  const split = parts.map((part) => {
    const own = at(part, 'Amt') ?? at(part, 'AmtDtls', 'TxAmt', 'Amt')
    const mark = textAt(part, 'CdtDbtInd')
    return own === null ? null : { part, money: moneyOf(own), isIn: mark === null ? entry.isIn : mark === 'CRDT' }
  })
  const known = split.filter((it) => it !== null)
  if (known.length < parts.length || known.some((it) => it.money.currency !== entry.money.currency)) return null
  const signed = known.map((it) => amount(it.isIn ? it.money.amountE4 : -it.money.amountE4))
  if (sum(signed) !== (entry.isIn ? entry.money.amountE4 : -entry.money.amountE4)) return null
  return known.map(({ part, money, isIn }) => transactionOf(entry, [part], money, isIn))
}

/** The transactions of a booked entry: one, or those of a batch that adds up. */
export const transactionsOf = (element: XmlElement, fallbackDay: string | null): readonly ParsedTransaction[] => {
  const own = at(element, 'Amt')
  if (own === null) throw new BankFileError(element.line, `${pathOf(element)} has no amount (Amt).`)
  const valuedOn = dayOf(at(element, 'ValDt'))
  const bookedOn = dayOf(at(element, 'BookgDt')) ?? valuedOn ?? fallbackDay
  if (bookedOn === null) throw new BankFileError(element.line, `${pathOf(element)} has no date (BookgDt, ValDt).`)
  const entry: Entry = {
    element,
    isIn: isCredit(element),
    isReversal: textAt(element, 'RvslInd') === 'true',
    money: moneyOf(own),
    bookedOn,
    valuedOn,
    bankReference: referenceOf(textAt(element, 'AcctSvcrRef')),
  }
  // Version 1 has the details directly in the entry.
  const parts = [...all(element, 'NtryDtls').flatMap((details) => all(details, 'TxDtls')), ...all(element, 'TxDtls')]
  return splitOf(entry, parts) ?? [transactionOf(entry, parts, entry.money, entry.isIn)]
}
