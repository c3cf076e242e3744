import { describe, expect, test } from 'vitest'
import { csvOf } from '../../renderer/app/bulk/csv.ts'
import { conditionOn, draftOf, filterOf, unfinished, withOperator } from '../../renderer/app/filters/filter-draft.ts'
import { conditionCount, readFilter, withoutCondition, writeFilter } from '../../renderer/app/filters/filter-text.ts'
import { choiceWords, conditionWords, daysValue, readDateValue } from '../../renderer/app/filters/filter-words.ts'
import { formatsOf } from '../../renderer/ui/locale.tsx'
import { type FilterField, filterFields, type ListFilter, operatorsOf } from '../../shared/contract/list-filter.ts'

const filter: ListFilter = {
  match: 'any',
  groups: [
    {
      match: 'all',
      conditions: [
        { field: 'clientName', operator: 'contains', value: `O'Neill (& Sons), 50% . "x"; å~!*` },
        { field: 'total', operator: 'more', value: '1000.5' },
      ],
    },
    { match: 'any', conditions: [{ field: 'dueOn', operator: 'less', value: 'today-30' }] },
  ],
}

describe('a filter in the address', () => {
  test('comes back as it was, whatever is typed in it', () => {
    expect(readFilter('invoices', writeFilter(filter))).toEqual(filter)
  })

  test('survives the coding of an address', () => {
    const text = writeFilter(filter) ?? ''
    expect(readFilter('invoices', decodeURIComponent(encodeURIComponent(text)))).toEqual(filter)
    expect(text).not.toMatch(/[\s"]/)
  })

  test('every field and operator of every list comes back', () => {
    for (const [list, fields] of Object.entries(filterFields)) {
      // Entries forget the names, which are those of the lists.
      const name = list as keyof typeof filterFields
      for (const [field, { kind }] of Object.entries(fields) as [string, FilterField][]) {
        for (const operator of operatorsOf[kind]) {
          const value = operator.endsWith('empty') ? '' : 'x'
          const one: ListFilter = { match: 'all', groups: [{ match: 'all', conditions: [{ field, operator, value }] }] }
          expect(readFilter(name, writeFilter(one)), `${list} ${field} ${operator}`).toEqual(one)
        }
      }
    }
  })

  test.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['no filter at all', 'hello'],
    ['an unknown field', 'all:all(colour.is.red)'],
    ['a field of no list', 'all:all(constructor.is.red)'],
    ['an operator of another kind', 'all:all(total.contains.5)'],
    ['a missing value', 'all:all(total.more)'],
    ['a broken code', 'all:all(number.is.%E0%A4%A)'],
    ['a group without conditions', 'all:all()'],
  ])('is none for %s', (_, text) => {
    expect(readFilter('invoices', text)).toBeNull()
  })

  test('keeps what fits beside what does not', () => {
    expect(readFilter('invoices', 'all:any(colour.is.red,number.is.7)')).toEqual({
      match: 'all',
      groups: [{ match: 'any', conditions: [{ field: 'number', operator: 'is', value: '7' }] }],
    })
  })

  test('loses one condition, and a group with its last one', () => {
    const without = withoutCondition(filter, 1, 0)
    expect(conditionCount(filter)).toBe(3)
    expect(without.groups).toHaveLength(1)
    expect(writeFilter(withoutCondition(withoutCondition(without, 0, 0), 0, 0))).toBeUndefined()
  })
})

describe('a filter in words', () => {
  const names = { formats: formatsOf('en-GB', 'GBP'), tagName: () => 'Urgent', branchName: () => 'Harbour' }
  test.each([
    [{ field: 'total', operator: 'more', value: '1000.5' }, 'Total is more than 1,000.50'],
    [{ field: 'clientName', operator: 'contains', value: 'Rose' }, 'Client contains “Rose”'],
    [{ field: 'dueOn', operator: 'less', value: 'today' }, 'Due is before today'],
    [{ field: 'dueOn', operator: 'at-least', value: 'today-1' }, 'Due is on or after 1 day ago'],
    [{ field: 'dueOn', operator: 'at-most', value: 'today+30' }, 'Due is on or before 30 days from now'],
    [{ field: 'issuedOn', operator: 'is', value: '2026-03-31' }, 'Date is on 31 Mar 2026'],
    [{ field: 'settledOn', operator: 'is-empty', value: '' }, 'Settled is empty'],
    [{ field: 'state', operator: 'is-not', value: 'void' }, 'State is not Void'],
    [{ field: 'tag', operator: 'is', value: 'id' }, 'Tag is Urgent'],
    [{ field: 'tag', operator: 'is-empty', value: '' }, 'Tag is none'],
  ] as const)('%o', (condition, words) => {
    expect(conditionWords('invoices', condition, names)).toBe(words)
  })

  test('calls choices as their list does', () => {
    expect([choiceWords('payments', 'bank-transfer'), choiceWords('payments', 'upi')]).toEqual(['Bank transfer', 'UPI'])
    expect([choiceWords('quotes', 'void'), choiceWords('invoices', 'void')]).toEqual(['Withdrawn', 'Void'])
  })

  test('days from today come back', () => {
    for (const days of [0, 1, -1, 365, -30]) expect(readDateValue(daysValue(days))).toEqual({ days })
    expect(readDateValue('2026-01-31')).toEqual({ on: '2026-01-31' })
  })
})

describe('a filter that is put together', () => {
  test('wants a value for each condition that takes one', () => {
    const draft = draftOf('invoices', null)
    expect(unfinished(draft).size).toBe(1)
    const empty = withOperator({ ...conditionOn('invoices', 'dueOn'), value: '2026-01-01' }, 'is-empty')
    const finished = { ...draft, groups: [{ key: 'g', match: 'all' as const, conditions: [empty] }] }
    expect(unfinished(finished).size).toBe(0)
    expect(filterOf(finished)?.groups[0]?.conditions).toEqual([{ field: 'dueOn', operator: 'is-empty', value: '' }])
  })

  test('begins as the filter that is on', () => {
    expect(filterOf(draftOf('invoices', filter))).toEqual(filter)
  })
})

test('rows as CSV keep commas, quotes and lines, and disarm what a spreadsheet would run', () => {
  const columns = [{ header: 'Name', value: (row: string) => row }]
  expect(csvOf(columns, ['a,b', 'say "x"', 'two\nlines', '=1+1', '-12.50', '+cmd', '@x'])).toBe(
    'Name\r\n"a,b"\r\n"say ""x"""\r\n"two\nlines"\r\n\'=1+1\r\n-12.50\r\n\'+cmd\r\n\'@x\r\n',
  )
})
