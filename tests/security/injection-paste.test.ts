import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isTable, parsePastedLines, readCells } from '../../renderer/documents/editor/paste-lines.ts'
import { numberFormatOf } from '../../shared/money/locale-format.ts'
import { sources } from '../architecture/sources.ts'
import { cpuTime } from '../support/cpu-time.ts'

const format = numberFormatOf('en-GB')
const sharp = fc.string({
  unit: fc.constantFrom(
    '\t',
    '\n',
    '\r',
    '"',
    '""',
    '=',
    '1',
    ',',
    '.',
    '-',
    'e',
    '9',
    '{',
    '<',
    '\u0000',
    '\ud800',
    '__proto__',
  ),
})
const pasted = fc.oneof(
  sharp,
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '<img src=x onerror=alert(1)>\t1\t2',
    '=cmd|x!A1\t1\t1',
    '__proto__\tconstructor',
    `${'9'.repeat(400)}\t${'9'.repeat(400)}\t1e309`,
  ),
)

describe('what is pasted', () => {
  test('becomes lines of known fields or words about a cell, whatever it is', () => {
    fc.assert(
      fc.property(pasted, (text) => {
        isTable(text)
        for (const row of readCells(text)) for (const cell of row) expect(typeof cell).toBe('string')
        const { lines, problems } = parsePastedLines(text, format)
        for (const line of lines) {
          expect(Object.keys(line).sort()).toEqual(['description', 'name', 'priceE6', 'quantityE6', 'tax', 'unit'])
          expect(typeof line.quantityE6).toBe('bigint')
          expect(typeof line.priceE6).toBe('bigint')
        }
        for (const { row } of problems) expect(row).toBeGreaterThan(0)
      }),
      { numRuns: 3000 },
    )
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  test('of a million cells is read in linear time', () => {
    const started = cpuTime()
    readCells('"a""b"\t'.repeat(500_000))
    readCells('"'.repeat(1_000_000))
    readCells(`${'\t'.repeat(1000)}\n`.repeat(500))
    expect(cpuTime() - started).toBeLessThan(3000)
  })
})

describe('the clipboard and dragged things', () => {
  const renderer = sources.filter(({ path }) => path.startsWith('renderer/'))

  test('are read as plain text or as files, never as markup', () => {
    const read = renderer.flatMap(({ text }) =>
      [...text.matchAll(/(?:clipboardData|dataTransfer)\.getData\(([^)]*)\)/g)].map(([, kind]) => kind),
    )
    expect(read.length).toBeGreaterThan(0)
    expect([...new Set(read)].sort()).toEqual(["'text/plain'", 'dragType'])
    expect(
      renderer.filter(({ text }) => /navigator\.clipboard\.read\b|text\/html/.test(text)).map(({ path }) => path),
    ).toEqual([])
  })

  test('that were dragged are files whose bytes the core judges, or an id that must be among the lines', () => {
    const dropping = renderer.filter(({ text }) => /onDrop\b[=:]/.test(text)).map(({ path }) => path)
    expect(dropping.sort()).toEqual([
      'renderer/documents/desk/files-panel.tsx',
      'renderer/documents/editor/line-row.tsx',
      'renderer/features/invoices/invoice-list-page.tsx',
      'renderer/ui/drop-area.tsx',
    ])
    for (const { path, text } of renderer.filter(({ path }) => dropping.includes(path)))
      expect(`${path} ${text.includes('preventDefault()')}`).toBe(`${path} true`)
  })

  test('links into the app are routes of the page alone: no scheme is registered with the system', () => {
    const electron = sources.filter(
      ({ path, text }) =>
        path.startsWith('electron/') && /setAsDefaultProtocolClient|'open-url'|'open-file'/.test(text),
    )
    expect(electron.map(({ path }) => path)).toEqual([])
  })
})
