import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import writeExcel from 'write-excel-file/node'
import { detectSeparator, parseCsv } from '../../electron/importers/tables/csv.ts'
import { detectDateOrder, parseDate } from '../../electron/importers/tables/dates.ts'
import { decodeText, detectEncoding } from '../../electron/importers/tables/encoding.ts'
import { readHeader } from '../../electron/importers/tables/header.ts'
import { readIif } from '../../electron/importers/tables/iif.ts'
import { detectDecimal, parseNumber } from '../../electron/importers/tables/numbers.ts'
import { rateBehind } from '../../electron/importers/tables/rows/invoice-lines.ts'
import { openSource } from '../../electron/importers/tables/source.ts'
import { readXlsx } from '../../electron/importers/tables/xlsx.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const asDetected = { sheet: null, encoding: null, separator: null }

const utf16 = (text: string, big: boolean, mark: boolean) => {
  const bytes = new Uint8Array(text.length * 2 + (mark ? 2 : 0))
  const view = new DataView(bytes.buffer)
  if (mark) view.setUint16(0, 0xfeff, !big)
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2 + (mark ? 2 : 0), text.charCodeAt(at), !big)
  return bytes
}

describe('encoding', () => {
  const text = 'Name,City\nJörg Müller,Köln\n'
  test.each([
    ['UTF-8 with a mark', utf8(`\ufeff${text}`), 'utf-8'],
    ['UTF-8', utf8(text), 'utf-8'],
    ['UTF-16 little endian with a mark', utf16(text, false, true), 'utf-16le'],
    ['UTF-16 big endian with a mark', utf16(text, true, true), 'utf-16be'],
    ['UTF-16 without a mark', utf16(text, false, false), 'utf-16le'],
    ['Windows-1252', latin1(text), 'windows-1252'],
  ] as const)('%s is seen and read', (_, bytes, encoding) => {
    expect(detectEncoding(bytes)).toBe(encoding)
    expect(decodeText(bytes, encoding)).toBe(text)
  })

  test('Japanese in Shift JIS and EUC-JP', () => {
    // 株式会社,東京
    const shiftJis = Uint8Array.of(0x8a, 0x94, 0x8e, 0xae, 0x89, 0xef, 0x8e, 0xd0, 0x2c, 0x93, 0x8c, 0x8b, 0x9e)
    const eucJp = Uint8Array.of(0xb3, 0xf4, 0xbc, 0xb0, 0xb2, 0xf1, 0xbc, 0xd2, 0x2c, 0xc5, 0xec, 0xb5, 0xfe)
    expect(detectEncoding(shiftJis)).toBe('shift_jis')
    expect(detectEncoding(eucJp)).toBe('euc-jp')
    expect(decodeText(eucJp, 'euc-jp')).toBe('株式会社,東京')
  })

  test('a euro sign and dashes of Windows are not taken for Japanese', () => {
    expect(detectEncoding(Uint8Array.of(0x80, 0x31, 0x2c, 0xe9, 0x96, 0xfc, 0x0a))).toBe('windows-1252')
  })
})

describe('separator', () => {
  test.each([
    [',', 'Name,Note\n"Smith, John","a; b"\nAnn,"c; d; e"\n'],
    [';', 'Name;Betrag\nA;1,50\nB;2,75\n'],
    ['\t', 'Name\tAmount\nA, B\t1\nC\t2\n'],
    ['|', 'Name|Amount\nA|1\nB|2\n'],
    [';', 'sep=;\nName;A\n'],
  ] as const)('%j', (separator, text) => expect(detectSeparator(text)).toBe(separator))

  test('a quotation mark that never closes is named with its row', () => {
    expect(() => parseCsv('Name,Note\nA,b\nB,"c\nD,e\n', ',')).toThrow(
      /Row 3 has a quotation mark that is never closed/,
    )
  })
})

describe('decimal mark, over the whole file', () => {
  test.each([
    ['.', true, ['1.234', '12.50', '7']],
    [',', true, ['1.234', '12,50', '7']],
    [',', true, ['1.234,50']],
    ['.', true, ['$1,234.50']],
    [',', true, ['1.234.567']],
    ['.', false, ['1.234', '7']],
    ['.', false, []],
  ] as const)('%s, certain %s: %j', (value, certain, cells) => {
    expect(detectDecimal(cells)).toMatchObject({ value, certain })
  })

  test.each([
    ['$13.50 ', '.', 135000n],
    ['($400.00)', '.', -4000000n],
    ['1.234,50 €', ',', 12345000n],
    ["1'234.50", '.', 12345000n],
    ['1 234,50', ',', 12345000n],
    ['12,34,567.50', '.', 12345675000n],
    ['−5', '.', -50000n],
    ['5,00-', ',', -50000n],
    ['EUR 12', '.', 120000n],
    ['12 CHF', '.', 120000n],
  ] as const)('%s with "%s"', (text, decimal, value) => {
    expect(parseNumber(text, decimal, 4)).toEqual({ ok: true, value, rounded: false })
  })

  test.each(['', 'twelve', '1,2,3', '1.2.3', '12:30', '0x10', '1e5', '--5'])('%j is no number', (text) => {
    expect(parseNumber(text, '.', 4).ok).toBe(false)
  })

  test('what is written with either mark reads back as the same number', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 14n), 10n ** 14n), fc.constantFrom('.' as const, ',' as const), (units, mark) => {
        const digits = (units < 0n ? -units : units).toString().padStart(5, '0')
        const whole = digits.slice(0, -4).replace(/\B(?=(\d{3})+$)/g, mark === '.' ? ',' : '.')
        const text = `${units < 0n ? '-' : ''}${whole}${mark}${digits.slice(-4)}`
        expect(parseNumber(text, mark, 4)).toEqual({ ok: true, value: units, rounded: false })
      }),
    )
  })
})

describe('dates, over the whole file', () => {
  test('one telling date decides for all', () => {
    expect(detectDateOrder(['01/02/2024', '03/04/2024', '25/04/2024'], 'mdy')).toMatchObject({
      value: 'dmy',
      certain: true,
      example: { text: '25/04/2024', date: '2024-04-25' },
    })
    expect(detectDateOrder(['01/02/2024', '10/20/2019'], 'dmy')).toMatchObject({ value: 'mdy', certain: true })
  })

  test('without one the country decides, and it says so', () => {
    expect(detectDateOrder(['01/02/2024', '03/04/2024'], 'mdy')).toMatchObject({ value: 'mdy', certain: false })
  })

  test('dates that no one order reads are a conflict, never swapped in silence', () => {
    const reading = detectDateOrder(['13/02/2024', '02/14/2024', '15/02/2024'], 'dmy')
    expect(reading).toMatchObject({ value: 'dmy', certain: false })
    expect(reading.conflict).toBe('"02/14/2024" is no date in the order of the others: no one order reads them all.')
  })

  test('years in front leave nothing to ask', () => {
    expect(detectDateOrder(['2024-02-01', '2024-03-01 05:14:15'], 'mdy')).toMatchObject({ value: 'ymd', certain: true })
  })

  test.each([
    ['31.12.2024', 'dmy', '2024-12-31'],
    ['12/31/24', 'mdy', '2024-12-31'],
    ["31/12'24", 'dmy', '2024-12-31'],
    ['20241231', 'dmy', '2024-12-31'],
    ['2024-12-31T23:30:00Z', 'dmy', '2024-12-31'],
    ['31 Dec 2024', 'mdy', '2024-12-31'],
    ['December 31, 2024', 'dmy', '2024-12-31'],
    ['31. März 2024', 'dmy', '2024-03-31'],
    ['30/02/2024', 'dmy', null],
    ['99', 'dmy', null],
  ] as const)('%s (%s)', (text, order, date) => expect(parseDate(text, order)).toBe(date))

  test('any date of a hundred years reads back in the order that it was written in', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1950-01-01'), max: new Date('2049-12-31'), noInvalidDate: true }),
        (date) => {
          const [year = '', month = '', day = ''] = date.toISOString().slice(0, 10).split('-')
          const iso = `${year}-${month}-${day}`
          expect(parseDate(`${day}/${month}/${year}`, 'dmy')).toBe(iso)
          expect(parseDate(`${Number(month)}/${Number(day)}/${year}`, 'mdy')).toBe(iso)
          expect(parseDate(`${year}.${month}.${day}`, 'dmy')).toBe(iso)
        },
      ),
    )
  })
})

test('titles and labels above the names are passed over, machine names below too', () => {
  const rows = [
    ['Invoice Ninja v4 - December 19', '', ''],
    ['', '', ''],
    ['CLIENTS', '', ''],
    ['Name', 'Email', 'Phone'],
    ['Party.name', 'Party.email', 'Party.phone'],
    ['Ann', 'a@b.example', '1'],
  ]
  expect(readHeader(rows, null)).toMatchObject({
    headerRow: 4,
    firstRow: 6,
    preamble: ['Invoice Ninja v4 - December 19', 'CLIENTS'],
  })
  expect(readHeader(rows, 1)).toMatchObject({ headerRow: 1 })
})

describe('workbooks', () => {
  test('numbers, dates, texts and empty cells come out as text', async () => {
    const file = await writeExcel([
      [{ value: 'Name' }, { value: 'Price' }, { value: 'From' }, { value: 'On' }],
      [
        { value: 'Oak', type: String },
        { value: 0.1 + 0.2, type: Number },
        { value: new Date(Date.UTC(2024, 1, 29)), type: Date, format: 'dd/mm/yyyy' },
        { value: true, type: Boolean },
      ],
    ]).toBuffer()
    const [sheet] = await readXlsx(new Uint8Array(file))
    expect(sheet?.rows).toEqual([
      ['Name', 'Price', 'From', 'On'],
      ['Oak', '0.3', '2024-02-29', 'true'],
    ])
  })

  test('an archive that unpacks to gigabytes is refused before it is unpacked', async () => {
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': [new Uint8Array(210 * 1024 * 1024), { level: 9 }] })
    expect(bomb.length).toBeLessThan(1024 * 1024)
    await expect(openSource(bomb, asDetected)).rejects.toThrow(/unpacks to 210 MB/)
  })

  test('what is no workbook says so', async () => {
    await expect(openSource(Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2, 3), asDetected)).rejects.toThrow(/damaged/)
    await expect(openSource(zipSync({ 'a.txt': utf8('x') }), asDetected)).rejects.toThrow(/no XLSX workbook/)
    await expect(openSource(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), asDetected)).rejects.toThrow(/old workbook \(XLS\)/)
  })
})

test.each([
  ['nothing', new Uint8Array(), /empty/],
  ['XML', utf8('<?xml version="1.0"?><a/>'), /XML, HTML, JSON or PDF/],
  ['a PDF', utf8('%PDF-1.7 ...'), /XML, HTML, JSON or PDF/],
  ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 4, 0, 0, 5), /bytes that no text has/],
] as const)('%s is no table, and it says so', async (_, bytes, message) => {
  await expect(openSource(bytes, asDetected)).rejects.toThrow(message)
})

test('IIF transactions lie flat, with the signs of a sale turned', () => {
  const [table] = readIif(
    [
      '!TRNS\tTRNSTYPE\tDATE\tACCNT\tNAME\tAMOUNT\tDOCNUM',
      '!SPL\tTRNSTYPE\tDATE\tACCNT\tAMOUNT\tQNTY\tPRICE\tINVITEM\tEXTRA',
      '!ENDTRNS',
      'TRNS\tINVOICE\t8/31/2024\tAccounts Receivable\tAnn\t21.50\t7',
      'SPL\tINVOICE\t8/31/2024\tSales\t-20\t-2\t10\tBread',
      'SPL\tINVOICE\t8/31/2024\tTax\t-1.50\t\t7.5%\tTax\tAUTOSTAX',
      'ENDTRNS',
    ].join('\r\n'),
  )
  expect(
    table?.rows.slice(1).map((row) => [row[3], row[4], row[5], row[10], row[12], row[13], row[14], row[15]]),
  ).toEqual([
    ['7', 'Ann', '21.50', 'Bread', '2', '10', '20', ''],
    ['7', 'Ann', '21.50', 'Tax', '', '7.5', '1.50', 'AUTOSTAX'],
  ])
  expect(() => readIif('TRNS\tINVOICE\n')).toThrow(/Line 1 is a TRNS row, but no !TRNS row/)
})

test('the rate behind a tax amount is the simplest one that gives it to the cent', () => {
  expect(rateBehind(200_000n, 1_000_000n)).toBe(20_000_000n)
  expect(rateBehind(82_500n, 1_000_000n)).toBe(8_250_000n)
  expect(rateBehind(10_300n, 128_700n)).toBe(8_000_000n)
  expect(rateBehind(100n, 0n)).toBeNull()
})
