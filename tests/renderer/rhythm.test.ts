import { describe, expect, test } from 'vitest'
import {
  endText,
  firstDate,
  nextDatesOf,
  nextIndexOf,
  rhythmText,
} from '../../renderer/features/recurring-invoices/rhythm.ts'
import { reportCsv } from '../../renderer/features/settings/numbering/report-csv.ts'
import type { Recurrence } from '../../shared/documents/recurrence.ts'

const monthly: Recurrence = {
  unit: 'month',
  every: 1,
  anchor: 'same-day',
  startsOn: '2026-01-15',
  endsOn: null,
  count: null,
}

describe('a rhythm in words', () => {
  test.each([
    [monthly, 'Every month on the 15th'],
    [{ ...monthly, every: 2, startsOn: '2026-01-22' }, 'Every 2 months on the 22nd'],
    [{ ...monthly, startsOn: '2026-01-11' }, 'Every month on the 11th'],
    [{ ...monthly, startsOn: '2026-01-31' }, 'Every month on the 31st, or the last day of a shorter month'],
    [{ ...monthly, anchor: 'last-day' as const }, 'Every month on the last day of the month'],
    [{ ...monthly, unit: 'week' as const, startsOn: '2026-11-21' }, 'Every week on Saturday'],
    [{ ...monthly, unit: 'day' as const, every: 10 }, 'Every 10 days'],
    [{ ...monthly, unit: 'year' as const, startsOn: '2026-03-01' }, 'Every year on 1 March'],
    [{ ...monthly, unit: 'year' as const, anchor: 'last-day' as const }, 'Every year on the last day of January'],
  ])('%j is %s', (rhythm, words) => {
    expect(rhythmText(rhythm)).toBe(words)
  })

  test('an end by day, by number, and by whichever comes first', () => {
    const date = (on: string) => on
    expect(endText(monthly, date)).toBeNull()
    expect(endText({ endsOn: '2026-12-31', count: null }, date)).toBe('until 2026-12-31')
    expect(endText({ endsOn: null, count: 1 }, date)).toBe('once')
    expect(endText({ endsOn: '2026-12-31', count: 6 }, date)).toBe('6 times, until 2026-12-31 at the latest')
  })

  test('the first date by last days is the end of its month', () => {
    expect(firstDate({ ...monthly, startsOn: '2028-02-03', anchor: 'last-day' })).toBe('2028-02-29')
    expect(firstDate({ ...monthly, unit: 'week', anchor: 'last-day' })).toBe('2026-01-15')
  })
})

describe('the dates of values that are being written', () => {
  const stored = { ...monthly, nextOn: '2026-04-15', runs: [{ periodOn: '2026-01-15' }] }

  test('a new schedule begins at its first', () => {
    expect(nextDatesOf({ ...monthly, startsOn: '2026-01-31' }, null, 3)).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
    ])
    expect(nextDatesOf({ ...monthly, count: 2 }, null)).toHaveLength(2)
    expect(nextDatesOf({ ...monthly, every: 0 }, null)).toEqual([])
  })

  test('with the same rhythm it goes on where it stands: what a pause left out stays out', () => {
    expect(nextIndexOf(monthly, stored)).toBe(3)
    expect(nextDatesOf({ ...monthly, endsOn: '2026-05-20' }, stored)).toEqual(['2026-04-15', '2026-05-15'])
  })

  test('with another rhythm it goes on after the last period that was answered', () => {
    expect(nextDatesOf({ ...monthly, unit: 'week' }, stored, 2)).toEqual(['2026-01-22', '2026-01-29'])
  })
})

test('the report of numbers as CSV disarms formulas and quotes what needs it', () => {
  const csv = reportCsv([
    {
      seriesId: 's',
      documentKind: 'invoice',
      code: 'INV',
      period: '2026',
      firstNumber: '=1+1',
      lastNumber: 'INV-3',
      count: 2,
      voids: [{ id: 'v', number: 'INV-3', reason: 'Wrong "name", twice', on: '2026-11-21' }],
      gaps: [{ from: 2, to: 2, cause: 'unknown', detail: 'No cause is on record' }],
    },
  ])
  expect(csv.split('\r\n')).toEqual([
    'Kind,Series,Period,What,From,To,Count,Detail',
    "invoice,INV,2026,numbers,'=1+1,INV-3,2,",
    'invoice,INV,2026,void,INV-3,INV-3,1,"2026-11-21 Wrong ""name"", twice"',
    'invoice,INV,2026,gap,2,2,1,No cause is on record',
    '',
  ])
})
