import { otherSideOf, readNumbered, readPlain } from './mt940-details.ts'
import type { Mt940Line, Mt940Statement } from './mt940-fields.ts'
import { readMt940 } from './mt940-lines.ts'
import { oneLine, type ParsedStatement, type ParsedTransaction, referenceOf } from './statement.ts'

// Details that are a reference by name alone.
const keyWord = /^(EREF|PREF|MARF|NONREF)$/

const transactionOf = (line: Mt940Line, currency: string | null): ParsedTransaction => {
  const numbered = readNumbered(line.details)
  const plain = numbered === null ? readPlain(line.details) : null
  const side = otherSideOf(line.customerReference, line.extra)
  const said = referenceOf(line.customerReference)
  const customer = said === null || keyWord.test(said) || said === side.account ? null : said
  const purpose =
    numbered === null ? plain?.purpose : [numbered.postingText, numbered.purpose].filter((it) => it).join(' ')
  return {
    line: line.line,
    bookedOn: line.enteredOn ?? line.valuedOn,
    valuedOn: line.valuedOn,
    amountE4: line.amountE4,
    currency,
    counterpartyName: oneLine(numbered?.name ?? plain?.name ?? side.name, 140),
    counterpartyAccount: oneLine(numbered?.account ?? plain?.account ?? side.account, 60),
    endToEndReference: referenceOf(numbered?.endToEnd ?? plain?.endToEnd ?? customer),
    mandateReference: referenceOf(numbered?.mandate ?? plain?.mandate),
    structuredReference: referenceOf(plain?.structured),
    bankReference: referenceOf(line.bankReference),
    purpose: oneLine(purpose, 1000) ?? oneLine(line.extra, 1000) ?? '',
  }
}

const statementOf = (statement: Mt940Statement): ParsedStatement => {
  const currency = statement.opening?.currency ?? statement.closing?.currency ?? null
  const number = [statement.number, statement.sequence].filter((it) => it !== null && it !== '').join('/')
  const transactions = statement.lines
    .map((line) => transactionOf(line, currency))
    .filter((transaction) => transaction.amountE4 !== 0n)
  const days = transactions.map((it) => it.bookedOn).sort()
  return {
    // Some banks write the currency behind the number.
    account: statement.account?.replace(/(?<=\d)\s*[A-Z]{3}$/, '') ?? null,
    currency: currency ?? /\d\s*([A-Z]{3})$/.exec(statement.account ?? '')?.[1] ?? null,
    number: oneLine(number, 60),
    fromOn: statement.opening?.on ?? days[0] ?? null,
    toOn: statement.closing?.on ?? days.at(-1) ?? null,
    openingE4: statement.opening?.amountE4 ?? null,
    closingE4: statement.closing?.amountE4 ?? null,
    transactions,
  }
}

/** The statements of an MT940 or MT942 file; BankFileError with the line of what cannot be read. */
export const readMt940Statements = (text: string): readonly ParsedStatement[] => readMt940(text).map(statementOf)
