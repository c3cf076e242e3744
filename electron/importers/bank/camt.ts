import { type Amount, amount } from '../../../shared/money/scaled.ts'
import { pathOf, readXml, type XmlElement, XmlError } from '../xml.ts'
import { accountOf, all, at, dayOf, isCredit, moneyOf, textAt, transactionsOf } from './camt-entry.ts'
import { BankFileError, oneLine, type ParsedStatement, type ParsedTransaction, type SkippedLine } from './statement.ts'

// What holds the entries: statements (053), reports of a day (052), notifications (054).
const holders = new Set(['Stmt', 'Rpt', 'Ntfctn'])

type Balance = { readonly amountE4: Amount; readonly currency: string | null; readonly on: string | null }

const balanceOf = (holder: XmlElement, codes: readonly string[]): Balance | null => {
  for (const code of codes) {
    for (const balance of all(holder, 'Bal')) {
      const said = textAt(balance, 'Tp', 'CdOrPrtry', 'Cd') ?? textAt(balance, 'Tp', 'Cd')
      const own = at(balance, 'Amt')
      if (said !== code || own === null) continue
      const { amountE4, currency } = moneyOf(own)
      return { amountE4: isCredit(balance) ? amountE4 : amount(-amountE4), currency, on: dayOf(at(balance, 'Dt')) }
    }
  }
  return null
}

// Until version 3 the status is the text itself, then a code inside.
const statusOf = (entry: XmlElement): string => textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts') ?? 'BOOK'

const waiting: Readonly<Record<string, string>> = {
  PDNG: 'Pending: it comes with a later statement, once it is booked.',
  INFO: 'For information only: no money moved.',
  FUTR: 'Announced for a later day: it comes once it is booked.',
}

const statementOf = (holder: XmlElement, skipped: SkippedLine[]): ParsedStatement => {
  const made = dayOf(at(holder, 'CreDtTm'))
  const to = dayOf(at(holder, 'FrToDt', 'ToDtTm')) ?? dayOf(at(holder, 'FrToDt', 'ToDt'))
  const transactions: ParsedTransaction[] = []
  for (const entry of all(holder, 'Ntry')) {
    const left = waiting[statusOf(entry)]
    if (left !== undefined) skipped.push({ line: entry.line, reason: left })
    else transactions.push(...transactionsOf(entry, to ?? made).filter((it) => it.amountE4 !== 0n))
  }
  const opening = balanceOf(holder, ['OPBD', 'PRCD', 'OPNG'])
  const closing = balanceOf(holder, ['CLBD', 'CLSG'])
  const currency =
    textAt(holder, 'Acct', 'Ccy') ?? opening?.currency ?? closing?.currency ?? transactions[0]?.currency ?? null
  // A balance in another currency says nothing about these entries.
  const own = (balance: Balance | null) => (balance?.currency === currency ? (balance?.amountE4 ?? null) : null)
  const days = transactions.map((it) => it.bookedOn).sort()
  return {
    account: oneLine(accountOf(at(holder, 'Acct')), 60),
    currency,
    number: oneLine(textAt(holder, 'LglSeqNb') ?? textAt(holder, 'ElctrncSeqNb') ?? textAt(holder, 'Id'), 60),
    fromOn: days[0] ?? opening?.on ?? null,
    toOn: days.at(-1) ?? closing?.on ?? to ?? null,
    openingE4: own(opening),
    closingE4: own(closing),
    transactions,
  }
}

export type CamtReading = {
  readonly formatName: string
  readonly statements: readonly ParsedStatement[]
  readonly skipped: readonly SkippedLine[]
}

const readRoot = (source: Uint8Array): XmlElement => {
  try {
    return readXml(source)
  } catch (error) {
    if (error instanceof XmlError) throw new BankFileError(error.line, `${error.path}: ${error.detail}`)
    throw error
  }
}

/** The statements of a CAMT.052, .053 or .054 file of any version; BankFileError with the line of what cannot be read. */
export const readCamt = (source: Uint8Array): CamtReading => {
  const root = readRoot(source)
  const found = root.children.flatMap((message) => message.children.filter((child) => holders.has(child.name)))
  if (found.length === 0) {
    throw new BankFileError(root.line, `${pathOf(root)} holds no bank statement (camt.052, camt.053 or camt.054).`)
  }
  const skipped: SkippedLine[] = []
  const version = /camt\.(\d{3})\.\d{3}\.(\d{2})/.exec(root.namespace)
  return {
    formatName: version === null ? 'CAMT' : `CAMT.${version[1]} version ${Number(version[2])}`,
    statements: found.map((holder) => statementOf(holder, skipped)),
    skipped,
  }
}
