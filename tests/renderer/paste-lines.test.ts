import { describe, expect, test } from 'vitest'
import { isTable, parsePastedLines, readCells } from '../../renderer/documents/editor/paste-lines.ts'
import { unitCode } from '../../renderer/documents/editor/units.ts'
import { numberFormatOf } from '../../shared/money/locale-format.ts'

const british = numberFormatOf('en-GB')
const german = numberFormatOf('de-DE')

const brief = (text: string, format = british) =>
  parsePastedLines(text, format).lines.map((line) => [line.name, line.quantityE6, line.priceE6, line.unit])

describe('cells of a spreadsheet', () => {
  test('tabs part cells, line breaks part rows, empty rows fall away', () => {
    expect(readCells('a\tb\r\n\r\nc\td\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  test('a quoted cell keeps its tabs, breaks and doubled quotes', () => {
    expect(readCells('"two\nlines"\t"6"" pipe"\tx')).toEqual([['two\nlines', '6" pipe', 'x']])
  })

  test('a quote inside a cell is a quote', () => {
    expect(readCells('6" pipe\t2')).toEqual([['6" pipe', '2']])
  })

  test('words for one field are no table', () => {
    expect(isTable('Consulting')).toBe(false)
    expect(isTable('Consulting\n')).toBe(false)
    expect(isTable('Consulting\t2')).toBe(true)
    expect(isTable('Consulting\nTravel')).toBe(true)
  })
})

describe('lines from cells', () => {
  test('name, quantity, price, unit, tax in this order without headings', () => {
    const { lines, problems } = parsePastedLines('Design\t2.5\t90\th\t20%', british)
    expect(problems).toEqual([])
    expect(lines).toEqual([
      {
        name: 'Design',
        description: null,
        quantityE6: 2_500_000n,
        priceE6: 90_000_000n,
        unit: 'h',
        tax: { rateE6: 20_000_000n, text: '20%' },
      },
    ])
  })

  test('two columns are name and price, one column is names', () => {
    expect(brief('Logo\t500\nCards\t96')).toEqual([
      ['Logo', 1_000_000n, 500_000_000n, null],
      ['Cards', 1_000_000n, 96_000_000n, null],
    ])
    expect(brief('Logo\nCards').map(([name]) => name)).toEqual(['Logo', 'Cards'])
  })

  test('a row of headings decides the columns, in any order', () => {
    expect(brief('Price\tQty\tItem\tUnit\n12.50\t3\tPaper\tkg')).toEqual([['Paper', 3_000_000n, 12_500_000n, 'kg']])
    expect(brief('Bezeichnung\tMenge\tEinzelpreis\nHolz\t2\t1.234,50', german)).toEqual([
      ['Holz', 2_000_000n, 1_234_500_000n, null],
    ])
  })

  test('a description names the line where no other column does, and stays one beside a name', () => {
    expect(brief('Description\tQty\tPrice\nOak\t1\t5').map(([name]) => name)).toEqual(['Oak'])
    const [line] = parsePastedLines('Item\tDescription\tPrice\nOak\tplaned\t5', british).lines
    expect([line?.name, line?.description]).toEqual(['Oak', 'planed'])
  })

  test('numbers follow the locale first and the other way of writing where only that can be meant', () => {
    expect(brief('Wood\t12,5\t3,20', german)).toEqual([['Wood', 12_500_000n, 3_200_000n, null]])
    expect(brief('Wood\t12,5\t3.20')).toEqual([['Wood', 12_500_000n, 3_200_000n, null]])
    expect(brief('Wood\t1\t1,234.50')).toEqual([['Wood', 1_000_000n, 1_234_500_000n, null]])
    // 1,234 is a thousand here, never one and a bit.
    expect(brief('Wood\t1\t1,234')).toEqual([['Wood', 1_000_000n, 1_234_000_000n, null]])
  })

  test('currency signs and codes fall away, negative amounts stay', () => {
    expect(brief('Refund\t1\t-£12.00\nFee\t1\tEUR 9.00')).toEqual([
      ['Refund', 1_000_000n, -12_000_000n, null],
      ['Fee', 1_000_000n, 9_000_000n, null],
    ])
  })

  test('a cell that is no number is told with its row, and the line still comes', () => {
    const { lines, problems } = parsePastedLines('Item\tQty\tPrice\nA\ttwo\t5\nB\t1\t6', british)
    expect(lines.map((line) => line.name)).toEqual(['A', 'B'])
    expect(problems).toEqual([{ row: 2, text: 'two' }])
  })

  test('units are known by their words', () => {
    expect([unitCode('h'), unitCode('Stunden'), unitCode('kg'), unitCode('HUR'), unitCode('smidgen')]).toEqual([
      'HUR',
      'HUR',
      'KGM',
      'HUR',
      null,
    ])
  })
})
