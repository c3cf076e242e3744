import { describe, expect, test } from 'vitest'
import type { DocumentContent } from '../../renderer/documents/document-content.ts'
import {
  blankLine,
  changeLine,
  dueDate,
  duplicateLine,
  followTerms,
  insertLines,
  lineField,
  missingFields,
  moveLine,
  moveLineBy,
  pasteLines,
  problemsOf,
  removeLine,
  withoutBlankLines,
} from '../../renderer/documents/editor/draft-edits.ts'
import { createDraftStore } from '../../renderer/documents/editor/draft-store.ts'
import { draftOf } from './draft-content.ts'

const names = (content: DocumentContent) => content.lines.map((line) => line.name)

describe('edits of lines', () => {
  const draft = draftOf('a', 'b', 'c')

  test('a line goes behind the named one, or to the end', () => {
    const line = { ...blankLine('x', []), name: 'x' }
    expect(names(insertLines('a', [line])(draft))).toEqual(['a', 'x', 'b', 'c'])
    expect(names(insertLines(null, [line])(draft))).toEqual(['a', 'b', 'c', 'x'])
  })

  test('moving stops at the ends and leaves the content alone there', () => {
    expect(names(moveLineBy('a', 1)(draft))).toEqual(['b', 'a', 'c'])
    expect(names(moveLine('c', 0)(draft))).toEqual(['c', 'a', 'b'])
    expect(moveLineBy('a', -1)(draft)).toBe(draft)
    expect(moveLineBy('c', 1)(draft)).toBe(draft)
  })

  test('a copy stands behind its line with an id of its own', () => {
    const copied = duplicateLine('b', 'b2')(draft)
    expect(copied.lines.map((line) => line.id)).toEqual(['a', 'b', 'b2', 'c'])
    expect(names(copied)).toEqual(['a', 'b', 'b', 'c'])
  })

  test('an untouched line keeps its identity, so that it need not be drawn again', () => {
    const changed = changeLine('b', { name: 'B' })(draft)
    expect(changed.lines[0]).toBe(draft.lines[0])
    expect(changed.lines[1]).not.toBe(draft.lines[1])
  })

  test('pasted lines replace a blank one and follow a written one', () => {
    const line = { ...blankLine('x', []), name: 'x' }
    const blank = insertLines(null, [blankLine('empty', [])])(draft)
    expect(names(pasteLines('empty', [line])(blank))).toEqual(['a', 'b', 'c', 'x'])
    expect(names(pasteLines('a', [line])(draft))).toEqual(['a', 'x', 'b', 'c'])
  })

  test('blank lines are left out without touching a content that has none', () => {
    expect(withoutBlankLines(draft)).toBe(draft)
    expect(names(withoutBlankLines(insertLines(null, [blankLine('e', [])])(draft)))).toEqual(['a', 'b', 'c'])
  })
})

describe('what a draft lacks', () => {
  test('a client, names, dates in their order', () => {
    const draft = { ...draftOf('', 'b'), dueOn: '2026-02-01', supplyFrom: '2026-02-03', supplyTo: '2026-02-01' }
    expect(Object.keys(missingFields(draft, { one: 'invoice' }))).toEqual([
      'clientId',
      lineField('', 'name'),
      'dueOn',
      'supplyTo',
    ])
    expect(Object.keys(missingFields(draftOf(), { one: 'invoice' }))).toEqual(['clientId', 'lines'])
  })

  test('problems by position become problems of the line that stands there', () => {
    expect(problemsOf({ 'lines.1.name': 'No name.', dueOn: 'Early.' }, draftOf('a', 'b'))).toEqual({
      [lineField('b', 'name')]: 'No name.',
      dueOn: 'Early.',
    })
  })

  test('a stored due date that only repeats the terms moves with the invoice date again', () => {
    const draft = draftOf('a')
    expect(dueDate(draft)).toBe('2026-03-31')
    expect(followTerms({ ...draft, dueOn: '2026-03-31' }).dueOn).toBeNull()
    expect(followTerms({ ...draft, dueOn: '2026-04-15' }).dueOn).toBe('2026-04-15')
    expect(dueDate({ ...draft, paymentTermsDays: null })).toBeNull()
  })
})

describe('undo and redo', () => {
  const at = (start: number) => {
    const clock = { now: start }
    return { clock, store: createDraftStore(draftOf('a'), () => clock.now) }
  }

  test('keys in one field are one step, a pause begins another', () => {
    const { clock, store } = at(0)
    const write = (name: string) => store.edit('name', changeLine('a', { name }))
    write('ab')
    clock.now += 300
    write('abc')
    clock.now += 5000
    write('abcd')
    store.undo()
    expect(names(store.getState().content)).toEqual(['abc'])
    store.undo()
    expect(names(store.getState().content)).toEqual(['a'])
    store.redo()
    store.redo()
    expect(names(store.getState().content)).toEqual(['abcd'])
  })

  test('another field, and an act without a field, is a step of its own', () => {
    const { store } = at(0)
    store.edit('name', changeLine('a', { name: 'b' }))
    store.edit('notes', (content) => ({ ...content, notes: 'n' }))
    store.edit(null, removeLine('a'))
    store.edit(null, insertLines(null, [blankLine('z', [])]))
    store.undo()
    store.undo()
    expect(names(store.getState().content)).toEqual(['b'])
    expect(store.getState().content.notes).toBe('n')
    store.undo()
    expect(store.getState().content.notes).toBeNull()
  })

  test('writing after an undo forgets what could be redone; an edit that changes nothing is none', () => {
    const { store } = at(0)
    store.edit(null, changeLine('a', { name: 'b' }))
    store.undo()
    store.edit(null, (content) => content)
    expect(store.getState().future).toHaveLength(1)
    store.edit(null, changeLine('a', { name: 'c' }))
    expect(store.getState().future).toHaveLength(0)
  })

  test('a corrected field loses its problem, the others keep theirs', () => {
    const { store } = at(0)
    store.setProblems({ notes: 'Too long.', clientId: 'Choose.' })
    store.edit('notes', (content) => ({ ...content, notes: 'short' }))
    expect(store.getState().problems).toEqual({ clientId: 'Choose.' })
  })
})
