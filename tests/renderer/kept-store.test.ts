import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { dropKept, keep, keptNames, openKept, readKept, settleKept } from '../../renderer/kept-store.ts'

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

test('what was let go is not written by a write that comes late', async () => {
  await openKept(key, prefixes)
  keep('draft.1', 'Smith')
  dropKept('draft.1')
  await settleKept()
  expect(Object.keys(localStorage)).toEqual([])
})
