import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { findIban, isIban } from '../../electron/importers/bank/iban.ts'
import { type BankFileOptions, readBankFile } from '../../electron/importers/bank/read-bank-file.ts'
import type { ParsedFile } from '../../electron/importers/bank/statement.ts'
import { toDecimalString } from '../../shared/money/decimal-string.ts'

const root = fileURLToPath(new URL('../../../shared/data/bank', import.meta.url))
const present = existsSync(root)

const read = (content: string | Uint8Array, options: Partial<BankFileOptions> = {}) =>
  readBankFile({
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    options: { csv: {}, preferredOrder: 'dmy', ...options },
  })

/** The content of a file that reads with success. */
const fileOf = (content: string | Uint8Array, options: Partial<BankFileOptions> = {}): ParsedFile => {
  const answer = read(content, options)
  if (!answer.ok) throw new Error(`line ${answer.fault.line}: ${answer.fault.detail}`)
  return answer.file
}
const faultOf = (content: string | Uint8Array) => {
  const answer = read(content)
  return answer.ok ? null : answer.fault
}

const rowsOf = (file: ParsedFile) =>
  file.statements.flatMap((it) => it.transactions).map((it) => `${it.bookedOn} ${toDecimalString(it.amountE4, 4, 2)}`)

const sample = (path: string) => new Uint8Array(readFileSync(join(root, path)))

describe.runIf(present)('samples of banks', () => {
  // Files that are meant to be refused, and the word that says why.
  const refused: Readonly<Record<string, string>> = {
    'ofx/signon_fail.ofx': 'error instead of a statement',
    'qif/not_a_QIF_file.txt': 'no bank file that is known',
    'qif/QIF_references.txt': 'no bank file that is known',
  }
  const paths = ['camt', 'ofx', 'qif', 'csv-samples'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => !/\.(json|ini)$/.test(name))
      .map((name) => `${folder}/${name}`),
  )

  test.each(paths)('%s', (path) => {
    const words = refused[path]
    if (words !== undefined) return expect(faultOf(sample(path))?.detail).toContain(words)
    const file = fileOf(sample(path))
    for (const statement of file.statements) {
      for (const { amountE4, bookedOn } of statement.transactions) {
        expect(amountE4).not.toBe(0n)
        expect(bookedOn).toMatch(/^\d{4}-\d\d-\d\d$/)
      }
    }
    const expected: Readonly<Record<string, number>> = {
      'csv-samples/test_raiffeisen_01.csv': 73,
      'csv-samples/TransactionHistory_20180418043121.csv': 8,
      'csv-samples/MS_JANE_SMITH_01-12-2019_14-12-2019.csv': 10,
      'csv-samples/TH_20180101-20180523_strana_1.csv': 9,
      'ofx/bank_medium.ofx': 3,
      'ofx/date_missing.ofx': 1,
      'ofx/fidelity.ofx': 3,
      'qif/3_records_ddmmyy.qif': 3,
      'camt/camt053.v2.multi.statement.xml': 2,
    }
    const count = expected[path]
    if (count !== undefined) expect(rowsOf(file)).toHaveLength(count)
    if (path.startsWith('csv')) expect(rowsOf(file).length).toBeGreaterThan(0)
  })

  const entrySchema = z.object({
    getEntries: z.array(
      z.object({
        getAmount: z.object({ getAmount: z.string(), getCurrency: z.object({ getCode: z.string() }) }),
        getCreditDebitIndicator: z.string(),
        getStatus: z.unknown(),
      }),
    ),
  })
  test.each(paths.filter((path) => path.startsWith('camt/')))('%s has the entries that its JSON lists', (path) => {
    const json = sample(path.replace('.xml', '.json'))
    const entries = entrySchema.parse(JSON.parse(new TextDecoder().decode(json))).getEntries
    const { statements, skipped } = fileOf(sample(path))
    // The other reader lists the entries of the last statement alone.
    const ours = statements.at(-1)?.transactions ?? []
    expect(ours.length + skipped.length).toBe(entries.length)
    if (skipped.length > 0) return
    // Minor units, signed, as the other reader counts them.
    const minor = ours.map((it) => `${it.amountE4 / 100n} ${it.currency}`)
    expect(minor).toEqual(entries.map(({ getAmount: it }) => `${it.getAmount} ${it.getCurrency.getCode}`))
  })

  test('QIF dates are decided over the whole file', () => {
    const dates = ['2010-01-01', '2010-06-01', '2010-12-29']
    for (const name of ['3_records_ddmmyy', '3_records_dmyy', '3_records_mmddyy']) {
      const [first] = fileOf(sample(`qif/${name}.qif`)).statements
      expect(first?.transactions.map((it) => it.bookedOn)).toEqual(dates)
    }
    // Both orders fit: three days in a row are likelier than three months.
    expect(rowsOf(fileOf(sample('qif/quicken_non_investement_account.qif')))[0]).toBe('1994-06-01 -1000.00')
  })

  test('a card statement without signs is money out but for what is marked', () => {
    const rows = rowsOf(fileOf(sample('csv-samples/MS_JANE_SMITH_01-12-2019_14-12-2019.csv')))
    expect(rows[0]).toBe('2019-12-12 -1183.23')
    expect(rows.at(-1)).toBe('2019-12-02 1100.00')
  })
})
test.runIf(!present)('bank samples lie beside the project: LEFT OUT, ../shared/data/bank is not there', () => undefined)

const ofx = (body: string) => `OFXHEADER:100
DATA:OFXSGML
CHARSET:1252

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>2</BANKACCTFROM>
<BANKTRANLIST>${body}</BANKTRANLIST><LEDGERBAL><BALAMT>10,50<DTASOF>20260131</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`

describe('OFX', () => {
  test('reads a decimal comma, entities, leaves without end, empty leaves', () => {
    const file = fileOf(
      ofx(`<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260102120000.000[-5:EST]<TRNAMT>1.234,50<FITID>A1<CHECKNUM><NAME>Fish &amp; Co &#8364;<MEMO>INV-1</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260103<TRNAMT>-7,25<FITID>A2<NAME>Fee</STMTTRN>`),
    )
    expect(rowsOf(file)).toEqual(['2026-01-02 1234.50', '2026-01-03 -7.25'])
    expect(file.statements[0]).toMatchObject({ account: '1 2', currency: 'EUR', closingE4: 105_000n })
    expect(file.statements[0]?.transactions[0]).toMatchObject({
      counterpartyName: 'Fish & Co €',
      bankReference: 'A1',
      purpose: 'Fish & Co € INV-1',
    })
  })

  test.each([
    ['<!DOCTYPE x [<!ENTITY a "b">]><OFX></OFX>', 'DOCTYPE'],
    ['<OFX><STMTRS><STMTTRN><TRNAMT>1', 'cut short'],
    [`<OFX>${'<A>'.repeat(100)}</OFX>`, 'deeper than'],
    ['OFXHEADER:100\n', 'No <OFX>'],
  ])('refuses %s', (content, words) => expect(faultOf(content)?.detail).toContain(words))
})

const camt = (entry: string, more = '') => `<?xml version="1.0"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>S1</Id>
<Acct><Id><IBAN>NL26VAYB8060476890</IBAN></Id><Ccy>EUR</Ccy></Acct>${more}${entry}</Stmt></BkToCstmrStmt></Document>`

const entry = (
  amount: string,
  details: string,
  more = '',
) => `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Sts>BOOK</Sts><BookgDt><Dt>2026-01-05</Dt></BookgDt>${more}<AcctSvcrRef>B1</AcctSvcrRef><NtryDtls>${details}</NtryDtls></Ntry>`
const part = (amount: string, name: string, id: string) => `<TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs>
<AmtDtls><TxAmt><Amt Ccy="EUR">${amount}</Amt></TxAmt></AmtDtls><RltdPties><Dbtr><Nm>${name}</Nm></Dbtr></RltdPties></TxDtls>`

describe('CAMT', () => {
  test('splits a batch whose parts make up the entry, and keeps one whose parts do not', () => {
    const split = fileOf(camt(entry('30.00', part('10.00', 'Ann', 'E1') + part('20.00', 'Ben', 'NOTPROVIDED'))))
    expect(split.statements[0]?.transactions).toMatchObject([
      { amountE4: 100_000n, counterpartyName: 'Ann', endToEndReference: 'E1' },
      { amountE4: 200_000n, counterpartyName: 'Ben', endToEndReference: null },
    ])
    expect(rowsOf(fileOf(camt(entry('31.00', part('10.00', 'Ann', 'E1') + part('20.00', 'Ben', 'E2')))))).toEqual([
      '2026-01-05 31.00',
    ])
  })

  test('leaves pending entries out and says so', () => {
    const file = fileOf(camt(entry('5.00', '').replace('BOOK', 'PDNG')))
    expect(file.statements[0]?.transactions).toEqual([])
    expect(file.skipped[0]?.reason).toContain('Pending')
  })

  test.each([
    [camt('').replace('<Stmt>', '<!DOCTYPE a><Stmt>'), 'DOCTYPE'],
    [camt(entry('1.x', '')), 'is no amount'],
    [camt(entry('1.00', '').replace('CRDT', 'PLUS')), 'CRDT or DBIT'],
    [camt(entry('1.00', '').replace('2026-01-05', '2026-02-31')), 'is no date'],
    [camt('').slice(0, 200), 'cut short'],
    ['<Document xmlns="urn:x"><Other/></Document>', 'holds no bank statement'],
  ])('refuses with the place', (content, words) => {
    expect(faultOf(content)).toMatchObject({ line: expect.any(Number), detail: expect.stringContaining(words) })
  })
})

describe('CSV', () => {
  test('decides separator, decimal mark and date order over the whole file', () => {
    const german = 'Buchungstag;Betrag (EUR);Verwendungszweck\n03.04.2026;1.234,50;Rechnung\n28.04.2026;-7,00;Gebühr\n'
    expect(rowsOf(fileOf(german))).toEqual(['2026-04-03 1234.50', '2026-04-28 -7.00'])
    expect(fileOf(german).statements[0]?.currency).toBe('EUR')
    const american = 'Date,Description,Amount\n04/03/2026,Invoice,"1,234.50"\n04/28/2026,Fee,-7.00\n'
    expect(rowsOf(fileOf(american))).toEqual(['2026-04-03 1234.50', '2026-04-28 -7.00'])
  })

  test('of days that tell no order takes the closer one, and says that it is not sure', () => {
    const file = fileOf('Date,Memo,Amount\n03/04/2026,A,1.00\n04/04/2026,B,2.00\n')
    expect(file.csv).toMatchObject({ isDateOrderSure: false, profile: { dateOrder: 'dmy' } })
    expect(
      rowsOf(fileOf('Date,Memo,Amount\n03/04/2026,A,1.00\n04/04/2026,B,2.00\n', { csv: { dateOrder: 'mdy' } }))[1],
    ).toBe('2026-04-04 2.00')
  })

  test('reads debit and credit columns, running balances in either direction', () => {
    const file = fileOf(
      'Date,Details,Paid out,Paid in,Balance\n2026-01-03,C,,30.00,60.00\n2026-01-02,B,20.00,,30.00\n2026-01-01,A,,50.00,50.00\n',
    )
    expect(rowsOf(file)).toEqual(['2026-01-03 30.00', '2026-01-02 -20.00', '2026-01-01 50.00'])
    expect(file.statements[0]).toMatchObject({ openingE4: 0n, closingE4: 600_000n })
  })

  test('guesses columns that nobody knows by what stands in them, or takes what a person says', () => {
    const content = 'Wann;Wieviel;Wozu\n01.02.2026;5,00;Miete\n'
    expect(fileOf(content).csv?.profile).toMatchObject({ headerRow: 0, roles: ['bookedOn', 'amount', 'purpose'] })
    const roles = ['bookedOn', 'amount', 'purpose'] as const
    expect(rowsOf(fileOf(content, { csv: { headerRow: 0, roles: [...roles] } }))).toEqual(['2026-02-01 5.00'])
  })

  const table = 'Date;Description;Amount\n2026-01-02;Café £;1,50\n'
  const latin = Uint8Array.from([...table.replace('£', '\u00a3')].map((letter) => letter.charCodeAt(0)))
  const wide = Uint8Array.from([
    0xff,
    0xfe,
    ...[...table].flatMap((it) => [it.charCodeAt(0) & 255, it.charCodeAt(0) >> 8]),
  ])
  test.each([
    ['UTF-8', new TextEncoder().encode(table)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\uFEFF${table}`)],
    ['windows-1252', latin],
    ['UTF-16', wide],
    ['UTF-16 without a mark', wide.slice(2)],
    ['UTF-16 the other way round', wide.map((_, at, all) => all[at % 2 === 0 ? at + 1 : at - 1] ?? 0)],
  ])('is read in %s', (_, bytes) => {
    const file = fileOf(bytes)
    expect(file.statements[0]?.transactions[0]).toMatchObject({ purpose: 'Café £', amountE4: 15_000n })
  })

  test('is read in EUC-JP', () => {
    // 日付,摘要,金額 / 2026/01/05,振込,1200
    const header = [0xc6, 0xfc, 0xc9, 0xd5, 0x2c, 0xc5, 0xa6, 0xcd, 0xd7, 0x2c, 0xb6, 0xe2, 0xb3, 0xdb, 0x0a]
    const row = [
      ...new TextEncoder().encode('2026/01/05,'),
      0xbf,
      0xb6,
      0xb9,
      0xfe,
      ...new TextEncoder().encode(',1200\n'),
    ]
    const file = fileOf(Uint8Array.from([...header, ...row]))
    expect(file.csv?.profile.encoding).toBe('euc-jp')
    expect(file.statements[0]?.transactions[0]).toMatchObject({
      purpose: '振込',
      bookedOn: '2026-01-05',
      amountE4: 12_000_000n,
    })
  })

  test.each([
    ['', 'empty'],
    ['just words\nand more words\n', 'no table of columns'],
    ['just words, and\nmore, of them\n', 'no column of it holds dates'],
    ['<html><body>Session expired</body></html>', 'neither CAMT nor OFX'],
  ])('refuses %s in words', (content, words) => expect(faultOf(content)?.detail).toContain(words))

  test('refuses a file beyond the limit before reading it', () => {
    expect(faultOf(new Uint8Array(21 * 1024 * 1024).fill(65))?.detail).toContain('limit is 20 MB')
  })
})

test('an IBAN is found in words and checked', () => {
  expect(isIban('DE02120300000000202051')).toBe(true)
  expect(isIban('DE02120300000000202052')).toBe(false)
  expect(findIban('REK: DE02 1203 0000 0000 2020 51 THANKS')).toBe('DE02120300000000202051')
  expect(findIban('Invoice INV-2026-0042')).toBeNull()
})
