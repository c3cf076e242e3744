import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readNumbered } from '../../electron/importers/bank/mt940-details.ts'
import { entryDay, type Mt940Balance, type Mt940Statement } from '../../electron/importers/bank/mt940-fields.ts'
import { readMt940 } from '../../electron/importers/bank/mt940-lines.ts'
import { readBankFile } from '../../electron/importers/bank/read-bank-file.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'

const root = fileURLToPath(new URL('../../../shared/data/bank/mt940', import.meta.url))
const present = existsSync(root)

const read = (text: string) =>
  readBankFile({ bytes: new TextEncoder().encode(text), options: { csv: {}, preferredOrder: 'dmy' } })

const statement = (body: string) => `:20:REF\n:25:NL26VAYB8060476890\n:28C:1/1\n${body}`

/** The lines of a statement, read with success. */
const linesOf = (body: string) => {
  const answer = read(statement(body))
  if (!answer.ok) throw new Error(answer.fault.detail)
  return answer.file.statements.flatMap((it) => it.transactions)
}

const moneySchema = z.object({ amount: z.string(), currency: z.string().nullable() })
const balanceSchema = moneySchema.extend({ status: z.enum(['C', 'D']), date: z.string() }).optional()
const expectedSchema = z.object({
  statement: z.object({
    account_identification: z.string().optional(),
    available_balance: balanceSchema,
    final_opening_balance: balanceSchema,
    final_closing_balance: balanceSchema,
    intermediate_opening_balance: balanceSchema,
    intermediate_closing_balance: balanceSchema,
    transaction_reference: z.string().optional(),
    related_reference: z.string().optional(),
    statement_number: z.string().optional(),
    sequence_number: z.string().optional(),
  }),
  transactions: z.array(
    z
      .object({ amount: moneySchema, date: z.string(), id: z.string(), status: z.string() })
      .catchall(z.union([z.string(), z.null(), moneySchema])),
  ),
})

// The other reader keeps, of all statements in a file, the last of each field.
const lastOf = <T>(statements: readonly Mt940Statement[], pick: (it: Mt940Statement) => T | null): T | undefined =>
  statements.map(pick).findLast((it) => it !== null) ?? undefined

const balanceOf = (balance: Mt940Balance | undefined) =>
  balance && {
    status: balance.amountE4 < 0n ? 'D' : 'C',
    date: balance.on,
    amountE4: balance.amountE4,
    currency: balance.currency,
  }
const expectedBalance = (balance: z.output<typeof balanceSchema>) =>
  balance && {
    status: balance.status,
    date: balance.date,
    amountE4: amountOf(balance.amount),
    currency: balance.currency,
  }

const isNumbered = (details: string) => /^\d{3}\?/.test(details)

describe.runIf(present)('MT940 files read as their expected JSON says', () => {
  const names = readdirSync(root).filter((name) => name.endsWith('.expected.json'))

  test('there are twenty of them', () => expect(names).toHaveLength(20))

  test.each(names)('%s', (name) => {
    const expected = expectedSchema.parse(JSON.parse(readFileSync(join(root, name), 'utf8')))
    const statements = readMt940(readFileSync(join(root, name.replace('.expected.json', '.sta')), 'utf8'))
    const final = (intermediate: boolean) => (balance: Mt940Balance | null) =>
      balance?.isIntermediate === intermediate ? balance : null
    const balance = (side: 'opening' | 'closing', intermediate: boolean) =>
      balanceOf(lastOf(statements, (it) => final(intermediate)(it[side])))
    const said = expected.statement
    expect(lastOf(statements, (it) => it.account)).toBe(said.account_identification)
    expect(lastOf(statements, (it) => it.reference)).toBe(said.transaction_reference)
    expect(lastOf(statements, (it) => it.relatedReference)).toBe(said.related_reference)
    expect(lastOf(statements, (it) => it.number)).toBe(said.statement_number)
    expect(lastOf(statements, (it) => it.sequence)).toBe(said.sequence_number)
    expect(balanceOf(lastOf(statements, (it) => it.available))).toEqual(expectedBalance(said.available_balance))
    expect(balance('opening', false)).toEqual(expectedBalance(said.final_opening_balance))
    expect(balance('closing', false)).toEqual(expectedBalance(said.final_closing_balance))
    expect(balance('opening', true)).toEqual(expectedBalance(said.intermediate_opening_balance))
    expect(balance('closing', true)).toEqual(expectedBalance(said.intermediate_closing_balance))

    const lines = statements.flatMap((it) =>
      it.lines.map((line, index) => ({
        ...line,
        reference: it.reference,
        currency: it.opening?.currency ?? null,
        // A `:86:` of the statement, which the other reader gives to its last line.
        details: index === it.lines.length - 1 && it.information ? `${line.details}\n${it.information}` : line.details,
      })),
    )
    expect(lines).toHaveLength(expected.transactions.length)
    for (const [index, line] of lines.entries()) {
      const numbered = isNumbered(line.details) ? readNumbered(line.details) : null
      const ours: Readonly<Record<string, string | null | undefined>> = {
        transaction_reference: line.reference,
        currency: line.currency,
        customer_reference: line.customerReference,
        bank_reference: line.bankReference,
        extra_details: line.extra,
        funds_code: line.fundsCode,
        entry_date: line.enteredOn,
        guessed_entry_date: line.enteredOn,
        transaction_details: line.details,
        transaction_code: numbered?.code,
        posting_text: numbered?.postingText,
        prima_nota: numbered?.primaNota,
        purpose: numbered?.purpose,
        applicant_bin: numbered?.bank,
        applicant_iban: numbered?.account,
        applicant_name: numbered?.name,
        return_debit_notes: numbered?.returnNote,
        end_to_end_reference: numbered?.endToEnd,
        additional_position_reference: numbered?.mandate,
        applicant_creditor_id: numbered?.creditor,
      }
      const { amount, date, id, status, ...rest } = expected.transactions[index] ?? expect.unreachable()
      expect({ amountE4: line.amountE4, date: line.valuedOn, id: line.kind, status: line.status }).toEqual({
        amountE4: amountOf(amount.amount),
        date,
        id,
        status,
      })
      expect(line.currency).toBe(amount.currency)
      for (const [key, value] of Object.entries(rest)) {
        // References are padded with blanks, and the trailer of the file is no word of the bank.
        const text = String(value)
          .trimEnd()
          .replace(/\n-XXX$/, '')
        expect({ [key]: ours[key] }).toEqual({ [key]: text })
      }
    }
  })

  test.each(['ASNB-mt940.txt', 'ASNB-mt940_with_spaces_for_entry_date.txt'])('%s adds up', (name) => {
    const answer = readBankFile({
      bytes: new Uint8Array(readFileSync(join(root, name))),
      options: { csv: {}, preferredOrder: 'dmy' },
    })
    const statements = answer.ok ? answer.file.statements : []
    expect(statements).toHaveLength(31)
    for (const { openingE4, closingE4, transactions } of statements) {
      const total = transactions.reduce<bigint>((sum, it) => sum + it.amountE4, openingE4 ?? 0n)
      expect(total).toBe(closingE4)
    }
  })
})
test.runIf(!present)(
  'MT940 samples lie beside the project: LEFT OUT, ../shared/data/bank is not there',
  () => undefined,
)

describe('an MT940 line', () => {
  test('of 30 February is of the last day of the month', () => {
    expect(linesOf(':61:1702300230C10,00NTRFNONREF\n:86:X')[0]).toMatchObject({
      bookedOn: '2017-02-28',
      valuedOn: '2017-02-28',
    })
    expect(linesOf(':61:1602300301C10,00NTRFNONREF')[0]).toMatchObject({
      bookedOn: '2016-03-01',
      valuedOn: '2016-02-29',
    })
  })

  test('without an entry date is booked on its value date, blanks or not', () => {
    for (const head of [':61:200101D65,00NTRFX', ':61:200101    D65,00NTRFX']) {
      expect(linesOf(head)[0]).toMatchObject({ bookedOn: '2020-01-01', amountE4: -650_000n })
    }
  })

  test('across the turn of a year is entered in the nearer one', () => {
    expect(entryDay('0102', '2014-12-31')).toBe('2015-01-02')
    expect(entryDay('1231', '2015-01-02')).toBe('2014-12-31')
    expect(linesOf(':61:1412310102C1,00NTRFX')[0]).toMatchObject({ bookedOn: '2015-01-02', valuedOn: '2014-12-31' })
  })

  test('that takes back a credit is money out, a debit money in', () => {
    expect(linesOf(':61:200101RC5,NTRFX\n:61:200101RD6,NTRFX\n:61:200101DR7,NTRFX').map((it) => it.amountE4)).toEqual([
      -50_000n,
      60_000n,
      -70_000n,
    ])
  })

  test('has details that wrap anywhere, are empty, or come in several fields', () => {
    const [wrapped, empty, several] = linesOf(
      [
        ':61:200101C1,NTRFX\n:86:166?00CREDIT?20SVWZ+Invoice INV-2?',
        '10042?21 thanks?31DE02120300000000202051?32Rosewood\n Bakery',
        ':61:200101C2,NTRFX\n:86:',
        ':61:200101C3,NTRFX\n:86:One\n:86:Two',
      ].join('\n'),
    )
    expect(wrapped).toMatchObject({
      purpose: 'CREDIT Invoice INV-2 thanks',
      counterpartyAccount: 'DE02120300000000202051',
      counterpartyName: 'Rosewood Bakery',
    })
    expect(empty?.purpose).toBe('')
    expect(several?.purpose).toBe('One Two')
  })

  test('names the other side in the ways of Dutch banks', () => {
    expect(
      linesOf(
        ':61:200101C1,NTRFEREF\n:86:/TRTP/SEPA OVERBOEKING/IBAN/NL20INGB0001234567/BIC/INGBNL2A/NAME/J. Jansen/REMI/Factuur 42/EREF/E-7',
      )[0],
    ).toMatchObject({
      counterpartyName: 'J. Jansen',
      counterpartyAccount: 'NL20INGB0001234567',
      purpose: 'Factuur 42',
      endToEndReference: 'E-7',
    })
  })

  test('of an interim report (MT942) needs no balances', () => {
    const answer = read(
      ':20:I\n:25:DE02120300000000202051\n:28C:7\n:34F:EURC0,00\n:13D:2001011200+0100\n:61:200101C9,50NTRFX\n:86:A\n:90D:0EUR0,00\n:90C:1EUR9,50\n-',
    )
    expect(answer).toMatchObject({
      ok: true,
      file: { statements: [{ openingE4: null, closingE4: null, transactions: [{ amountE4: 95_000n }] }] },
    })
  })

  test.each([
    [':61:hello', 4, 'is no statement line'],
    [':61:201301C1,NTRF', 4, 'is no date'],
    [':60F:X200101EUR1,00', 4, 'is no balance'],
    [':61:200101C1,2,3NTRFX', 4, 'is no amount'],
  ])('that cannot be read is named with its line: %s', (body, line, words) => {
    expect(read(statement(body))).toMatchObject({ ok: false, fault: { line, detail: expect.stringContaining(words) } })
  })
})
