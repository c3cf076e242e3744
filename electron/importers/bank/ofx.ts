import type { Amount } from '../../../shared/money/scaled.ts'
import { type DecimalMark, decimalMarkOf, readAmount } from './amount-text.ts'
import { bankDay } from './day-text.ts'
import { everywhere, type OfxElement, ofxText, readOfxTree } from './ofx-tree.ts'
import {
  BankFileError,
  oneLine,
  type ParsedStatement,
  type ParsedTransaction,
  referenceOf,
  type SkippedLine,
} from './statement.ts'

// `20120603133220.000[-7:PDT]`: the bank's own day is what the statement prints.
const ofxDay = (text: string | null): string | null => {
  const match = /^(\d{4})(\d{2})(\d{2})/.exec(text ?? '')
  return match === null ? null : bankDay(Number(match[1]), Number(match[2]), Number(match[3]))
}

const ofxAmount = (text: string | null, mark: DecimalMark): Amount | null => {
  // Some institutions pad the decimals: more than four are zeros.
  const trimmed = (text ?? '').replace(/^([+-]?)0+(?=\d)/, '$1')
  return readAmount(trimmed, mark)?.amountE4 ?? null
}

const transactionOf = (
  element: OfxElement,
  currency: string | null,
  mark: DecimalMark,
): ParsedTransaction | SkippedLine => {
  const said = ofxText(element, 'TRNAMT')
  const amountE4 = ofxAmount(said, mark)
  if (amountE4 === null) return { line: element.line, reason: `"${said ?? ''}" is no amount (TRNAMT).` }
  const posted = ofxText(element, 'DTPOSTED')
  const bookedOn = ofxDay(posted) ?? ofxDay(ofxText(element, 'DTUSER'))
  if (bookedOn === null) {
    const name = ofxText(element, 'NAME') ?? 'a transaction'
    return { line: element.line, reason: `${oneLine(name, 60)} has no date (DTPOSTED).` }
  }
  const name = ofxText(element, 'NAME') ?? ofxText(element, 'PAYEE', 'NAME')
  const memo = ofxText(element, 'MEMO')
  const check = referenceOf(ofxText(element, 'CHECKNUM'))
  return {
    line: element.line,
    bookedOn,
    valuedOn: ofxDay(ofxText(element, 'DTAVAIL')),
    amountE4,
    currency: ofxText(element, 'CURRENCY', 'CURSYM')?.trim() ?? currency,
    counterpartyName: oneLine(name, 140),
    counterpartyAccount: oneLine(
      ofxText(element, 'BANKACCTTO', 'ACCTID') ?? ofxText(element, 'BANKACCTFROM', 'ACCTID'),
      60,
    ),
    endToEndReference: referenceOf(ofxText(element, 'REFNUM')) ?? check,
    mandateReference: null,
    structuredReference: null,
    bankReference: referenceOf(ofxText(element, 'FITID')),
    purpose:
      oneLine(
        memo !== null && name !== null && memo.includes(name)
          ? memo
          : [name, memo].filter((it) => it !== null).join(' '),
        1000,
      ) ?? '',
  }
}

const isTransaction = (it: ParsedTransaction | SkippedLine): it is ParsedTransaction => 'bookedOn' in it

const statementOf = (element: OfxElement, mark: DecimalMark, skipped: SkippedLine[]): ParsedStatement => {
  const currency = ofxText(element, 'CURDEF')
  const from = element.children.find((child) => /^(BANK|CC|INV)ACCTFROM$/.test(child.tag))
  const read = everywhere(element, 'STMTTRN').map((it) => transactionOf(it, currency, mark))
  skipped.push(...read.flatMap((it) => (isTransaction(it) ? [] : [it])))
  const trades = everywhere(element, 'INVTRAN')
  const [trade] = trades
  if (trade !== undefined) {
    skipped.push({
      line: trade.line,
      reason: `${trades.length} trades of securities are left out: only money is taken in.`,
    })
  }
  const list = element.children.find((child) => child.tag === 'BANKTRANLIST' || child.tag === 'INVTRANLIST')
  const closing = ofxText(element, 'LEDGERBAL', 'BALAMT')
  const bank = ofxText(from, 'BANKID')
  const account = ofxText(from, 'ACCTID')
  return {
    account: account === null ? null : oneLine(bank === null ? account : `${bank} ${account}`, 60),
    currency,
    number: null,
    fromOn: ofxDay(ofxText(list, 'DTSTART')),
    toOn: ofxDay(ofxText(list, 'DTEND')) ?? ofxDay(ofxText(element, 'LEDGERBAL', 'DTASOF')),
    openingE4: null,
    closingE4: closing === null ? null : ofxAmount(closing, mark),
    transactions: read.filter(isTransaction).filter((it) => it.amountE4 !== 0n),
  }
}

// A bank answers a failed sign-on with a file, too.
const assertAnswered = (root: OfxElement): void => {
  for (const status of everywhere(root, 'STATUS')) {
    if (ofxText(status, 'SEVERITY') !== 'ERROR') continue
    const [code, message] = [ofxText(status, 'CODE') ?? '?', ofxText(status, 'MESSAGE')]
    throw new BankFileError(
      status.line,
      `The bank answered with an error instead of a statement (code ${code})${message === null ? '' : `: ${message}`}. Download the file again.`,
    )
  }
}

export type OfxReading = {
  readonly formatName: string
  readonly statements: readonly ParsedStatement[]
  readonly skipped: readonly SkippedLine[]
}

/** The statements of an OFX 1 or 2 file; BankFileError with the line of what cannot be read. */
export const readOfx = (text: string): OfxReading => {
  const root = readOfxTree(text)
  assertAnswered(root)
  const found = ['STMTRS', 'CCSTMTRS', 'INVSTMTRS'].flatMap((tag) => everywhere(root, tag))
  const amounts = ['TRNAMT', 'BALAMT'].flatMap((tag) => everywhere(root, tag)).map((it) => it.text)
  const mark = decimalMarkOf(amounts)
  const skipped: SkippedLine[] = []
  const version = /OFXHEADER[:=]"?(\d)/i.exec(text)?.[1]
  return {
    formatName: version === undefined ? 'OFX' : `OFX ${version}`,
    statements: found.map((element) => statementOf(element, mark, skipped)),
    skipped,
  }
}
