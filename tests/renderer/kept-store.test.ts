import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepDraft, keptDraft, strandedDrafts } from '../../renderer/documents/editor/kept-drafts.ts'
import { dropKept, keep, keptNames, openKept, readKept, settleKept } from '../../renderer/kept-store.ts'
import { invoiceContentSchema } from '../../shared/contract/invoices.ts'
import { draftOf } from './draft-content.ts'

const storage = (): Storage => {
  const values = new Map<string, string>()
  const target = {
    getItem: (name: string) => values.get(name) ?? null,
    setItem: (name: string, value: string) => void values.set(name, value),
    removeItem: (name: string) => void values.delete(name),
  }
  // Object.keys of a real one gives the names that it holds.
  return new Proxy(target, {
    ownKeys: () => [...values.keys()],
    get: (own, name) => Reflect.get(own, name) ?? values.get(String(name)),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  }) as unknown as Storage
}

const prefixes = ['draft.']
const key = new Uint8Array(32).fill(7)
const written = () => Object.keys(localStorage).map((name) => localStorage.getItem(name) ?? '')

beforeEach(async () => {
  vi.stubGlobal('localStorage', storage())
  await openKept(null, prefixes)
})
afterEach(() => vi.unstubAllGlobals())

test('in the clear it is the local storage as it is', () => {
  expect(keep('draft.1', 'Smith')).toBe(true)
  expect(written()).toEqual(['Smith'])
  expect(readKept('draft.1')).toBe('Smith')
  expect(keptNames('draft.')).toEqual(['draft.1'])
})

test('sealed, no word of it is written, and the same key brings it back', async () => {
  await openKept(key, prefixes)
  keep('draft.1', 'Smith and Sons')
  keep('draft.1', 'Smith & Sons')
  await settleKept()
  expect(written().join()).not.toContain('Smith')
  expect(readKept('draft.1')).toBe('Smith & Sons')
  await openKept(key, prefixes)
  expect(readKept('draft.1')).toBe('Smith & Sons')
})

test('with another key it is neither read nor lost', async () => {
  await openKept(key, prefixes)
  keep('draft.1', 'Smith')
  await settleKept()
  await openKept(new Uint8Array(32).fill(8), prefixes)
  expect(readKept('draft.1')).toBeNull()
  await openKept(null, prefixes)
  expect(readKept('draft.1')).toBeNull()
  await openKept(key, prefixes)
  expect(readKept('draft.1')).toBe('Smith')
})

test('what was kept in the clear is sealed as soon as there is a key', async () => {
  keep('draft.1', 'Smith')
  await openKept(key, prefixes)
  await settleKept()
  expect(written().join()).not.toContain('Smith')
  expect(readKept('draft.1')).toBe('Smith')
})

test('a storage that was emptied meanwhile gets back what it held, and what is of the business sealed', async () => {
  await openKept(key, prefixes)
  keep('draft.2', 'Jones')
  await settleKept()
  const sealed = localStorage.getItem('draft.2') ?? ''
  const stored = { 'draft.1': 'Smith', 'draft.2': sealed, 'draft.a.b.c': 'Brown', density: 'normal' }
  vi.stubGlobal('localStorage', storage())
  await openKept(key, prefixes, { owner: '', adopts: false }, stored)
  await settleKept()
  expect(Object.keys(localStorage).sort()).toEqual(['density', 'draft.1', 'draft.2', 'draft.a.b.c'])
  expect(localStorage.getItem('density')).toBe('normal')
  expect(written().join()).not.toMatch(/Smith|Jones|Brown/)
  expect([readKept('draft.1'), readKept('draft.2')]).toEqual(['Smith', 'Jones'])
})

test('what was let go is not written by a write that comes late', async () => {
  await openKept(key, prefixes)
  keep('draft.1', 'Smith')
  dropKept('draft.1')
  await settleKept()
  expect(Object.keys(localStorage)).toEqual([])
})

const invoices = { prefix: 'draft.', content: invoiceContentSchema }
const write = (id: string) =>
  keepDraft(invoices, 'linden', { id, version: null, touched: true, content: draftOf(), unanswered: null })
const stranded = () => strandedDrafts(invoices, 'linden').map(({ id }) => id)
const among = (owner: string) => ({ owner, adopts: false })
const alone = (owner: string) => ({ owner, adopts: true })

test.each([
  ['in the clear', null],
  ['sealed', key],
])('a draft is whose it was written by: the next person finds none of it, %s', async (_, raw) => {
  await openKept(raw, prefixes, among('ada'))
  write('d1')
  await settleKept()
  await openKept(raw, prefixes, among('ben'))
  expect([stranded(), keptDraft(invoices, 'linden', 'd1')]).toEqual([[], null])
  write('d2')
  await settleKept()
  await openKept(raw, prefixes, among('ada'))
  expect(stranded()).toEqual(['d1'])
  // Whoever is alone now takes over what was nobody's, never what was somebody else's.
  await openKept(raw, prefixes, alone('ada'))
  expect(stranded()).toEqual(['d1'])
})

test('what somebody else kept in the clear is sealed too, unread, by whoever comes first', async () => {
  await openKept(null, prefixes, among('ada'))
  write('d1')
  const content = readKept('draft.ada.linden.d1') ?? ''
  await openKept(key, prefixes, among('ben'))
  expect(written().join()).not.toContain(content.slice(0, 20))
  expect(readKept('draft.ada.linden.d1')).toBeNull()
  await openKept(key, prefixes, among('ada'))
  expect(stranded()).toEqual(['d1'])
})

test.each([
  ['in the clear', null],
  ['sealed', key],
])('a draft of before is taken over by whoever is alone, and by nobody among others, %s', async (_, raw) => {
  await openKept(raw, prefixes)
  write('d1')
  await settleKept()
  await openKept(raw, prefixes, among('ben'))
  expect(stranded()).toEqual([])
  await openKept(raw, prefixes, alone('ada'))
  expect(stranded()).toEqual(['d1'])
  await settleKept()
  await openKept(raw, prefixes, among('ben'))
  expect(stranded()).toEqual([])
  await openKept(raw, prefixes, among('ada'))
  expect(stranded()).toEqual(['d1'])
})
