import { describe, expect, it } from 'vitest'
import { fittingColumns, leastWidth } from '../../renderer/ui/data-table-columns.ts'

const columns = [
  { id: 'number', width: '128px' },
  { id: 'client', width: 'minmax(140px, 2fr)' },
  { id: 'reference', width: 'minmax(90px, 1fr)', from: 1080 },
  { id: 'due', width: '100px', from: 760 },
  { id: 'amount', width: '118px' },
]
const ids = (width: number, selectable = false) => fittingColumns(columns, width, selectable).map((it) => it.id)

describe('the columns of a table', () => {
  it('reads the least width of a track', () => {
    expect(['120px', 'minmax(140px, 2fr)', '1fr'].map(leastWidth)).toEqual([120, 140, 0])
  })

  it('shows all where there is room, and before the width is known', () => {
    expect(ids(1200)).toHaveLength(5)
    expect(ids(0)).toHaveLength(5)
  })

  it('leaves out what asks for more width', () => {
    expect(ids(1000)).toEqual(['number', 'client', 'due', 'amount'])
  })

  it('leaves out the largest `from` first until the rest fits', () => {
    // 128 + 140 + 100 + 118 and three gaps of 16 and 24 at the sides make 558.
    const narrow = columns.map((it) => (it.from === undefined ? it : { ...it, from: it.from / 4 }))
    expect(fittingColumns(narrow, 558, false).map((it) => it.id)).toEqual(['number', 'client', 'due', 'amount'])
    expect(fittingColumns(narrow, 557, false).map((it) => it.id)).toEqual(['number', 'client', 'amount'])
  })

  it('keeps what may not go, however narrow', () => {
    expect(ids(100, true)).toEqual(['number', 'client', 'amount'])
  })

  it('make one narrow that can be so, and leave it where it is', () => {
    const widths = (width: number) =>
      fittingColumns(
        [
          { id: 'number', width: '100px' },
          { id: 'branch', width: '118px', narrow: '48px', from: 900 },
          { id: 'reference', width: '90px', from: 1000 },
        ],
        width,
        false,
      ).map((it) => `${it.id} ${it.width}`)
    expect(widths(1000)).toEqual(['number 100px', 'branch 118px', 'reference 90px'])
    expect(widths(950)).toEqual(['number 100px', 'branch 118px'])
    expect(widths(899)).toEqual(['number 100px', 'branch 48px'])
    expect(widths(150)).toEqual(['number 100px', 'branch 48px'])
  })
})
