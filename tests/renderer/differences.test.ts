import { expect, test } from 'vitest'
import { differencesOf } from '../../renderer/ui/differences.ts'

const fields = [
  { path: 'name', label: 'Name' },
  { path: 'phone', label: 'Phone' },
  { path: 'address', label: 'Address' },
  { path: 'price', label: 'Price', text: (value: unknown) => `${String(value)} units` },
]

const before = { name: 'Ann', phone: '1', address: { line1: 'Kiln Yard', city: null }, price: 10n }

test('agreement in every field leaves nothing to choose', () => {
  expect(differencesOf(fields, { before, yours: { ...before }, theirs: { ...before } })).toEqual([])
})

test('a field that only the other side changed is told apart from one that both changed', () => {
  const yours = { ...before, name: 'Anna' }
  const theirs = { ...before, name: 'Anne', phone: '2' }
  expect(differencesOf(fields, { before, yours, theirs })).toEqual([
    { path: 'name', label: 'Name', yours: 'Anna', theirs: 'Anne', changedHere: true },
    { path: 'phone', label: 'Phone', yours: '1', theirs: '2', changedHere: false },
  ])
})

test('the same change on both sides is no difference', () => {
  const changed = { ...before, price: 12n, address: { line1: 'Quay', city: 'Bath' } }
  expect(differencesOf(fields, { before, yours: changed, theirs: structuredClone(changed) })).toEqual([])
})

test('values are written in words', () => {
  const theirs = { ...before, phone: null, address: { line1: 'Quay', city: 'Bath' }, price: 12n }
  const texts = differencesOf(fields, { before, yours: before, theirs }).map(({ yours, theirs: other }) => [
    yours,
    other,
  ])
  expect(texts).toEqual([
    ['1', 'empty'],
    ['Kiln Yard', 'Quay, Bath'],
    ['10 units', '12 units'],
  ])
})
