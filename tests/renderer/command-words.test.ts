import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { changedFields } from '../../renderer/app/record/change-values.tsx'
import { commandWords, hasCommandWords } from '../../renderer/app/record/command-words.ts'
import { tableName, valueInWords } from '../../renderer/app/record/field-words.ts'
import { ActionChip, Fields, Thing } from '../../renderer/features/audit/record-entry.tsx'
import { formatsOf } from '../../renderer/ui/locale.tsx'
import { gateFeatures } from '../../shared/contract/access.ts'
import type { AuditEntry } from '../../shared/contract/audit.ts'
import { procedures } from '../../shared/contract/index.ts'

// The gate's own commands are security events, told in other words.
const recorded = [...procedures]
  .filter(([name, { kind }]) => kind === 'command' && !gateFeatures.some((feature) => name.startsWith(`${feature}.`)))
  .map(([name]) => name)

test('every command that the record can name has words of its own', () => {
  expect(recorded.length).toBeGreaterThan(100)
  expect(recorded.filter((name) => !hasCommandWords(name))).toEqual([])
})

test.each([
  ['invoices.saveDraft', 'Invoice draft saved'],
  ['creditNotes.creditInvoice', 'Credit note made for an invoice'],
  ['taxSettings.lockPeriod', 'Tax settings period locked'],
  ['jobs.mail.recovered', 'By itself: mail recovered'],
  ['clientTypes.update', 'Client type changed'],
  ['branches.setMember', 'Branches of a person changed'],
  ['users.erase', 'Person erased'],
  ['dataRights.erase', 'Client erased'],
])('%s is told as "%s"', (name, words) => {
  expect(commandWords(name)).toBe(words)
})

test.each([
  ['branches', 'Branch'],
  ['addresses', 'Address'],
  ['tax_rates', 'Tax rate'],
])('a row of %s is called "%s"', (table, name) => {
  expect(tableName(table)).toBe(name)
})

test.each([
  ['status', 'part-paid', 'Part paid'],
  ['kind', 'company', 'Company'],
  ['name', 'company', 'company'],
])('a %s that is stored as "%s" is told as "%s"', (column, stored, words) => {
  expect(valueInWords(column, stored, {}, formatsOf('en-GB', 'GBP'))).toBe(words)
})

const formats = formatsOf('en-GB', 'GBP')
const shown = (action: 'insert' | 'update', oldValues: object | null, newValues: object, names = {}) =>
  changedFields({ action, oldValues: { ...oldValues }, newValues: { ...newValues }, names }, formats).map(
    ({ name, before, after }) => [name, before, after],
  )

test('branches that somebody is limited to are told by their names, and one that is gone is no number', () => {
  const [leeds, york, other] = ['1', '2', '3'].map((it) => `00000000-0000-7000-8000-00000000000${it}`)
  const names = { [leeds ?? '']: 'Leeds', [york ?? '']: 'York' }
  const limits = (...ids: (string | undefined)[]) => ({ branch_ids: JSON.stringify(ids) })
  expect(shown('update', limits(), limits(leeds, york), names)).toEqual([
    ['Branches', 'The whole business', 'Leeds; York'],
  ])
  expect(shown('update', limits(york, other), limits(other), names)).toEqual([
    ['Branches', 'York; a branch that is gone', 'a branch that is gone'],
  ])
  expect(shown('update', { branch_id: leeds }, { branch_id: other }, names)).toEqual([
    ['Branch', 'Leeds', 'a branch that is gone'],
  ])
  // Of somebody new a limit is told, and that there is none is not.
  expect(shown('insert', null, limits(leeds), names)).toEqual([['Branches', null, 'Leeds']])
  expect(shown('insert', null, limits(), names)).toEqual([])
  expect(shown('update', { role_id: null }, { role_id: york }, names)).toEqual([['Own role', null, 'York']])
})

test('the erasure of a person says who stands there now, and how many rows of what, never their ids', () => {
  const found = ['users a', 'account_managers b', 'attachments c', 'attachments d']
  const values = { stand_in: 'Somebody who left 1', found: JSON.stringify(found), resealed: '{}' }
  expect(shown('insert', null, values)).toEqual([
    ['Shown in the place of the name', null, 'Somebody who left 1'],
    ['Rows that named them', null, 'Person; Account manager; Attachment (2)'],
  ])
  const resealed = JSON.stringify({ 3: 'ab', 9: 'cd' })
  expect(shown('update', { resealed: '{}' }, { resealed })).toEqual([
    ['Entries that stand without the name', null, '2'],
  ])
})

const look: AuditEntry = {
  seq: 2,
  commandSeq: 1,
  at: '2026-11-21T09:00:00.000Z',
  table: 'accesses',
  rowId: 'one',
  action: 'read',
  procedure: 'access.looked',
  userId: null,
  userName: null,
  deviceName: null,
  oldValues: null,
  newValues: {},
  names: {},
  subject: null,
  entry: null,
}

test('whoever was erased is told as gone, not as something added, and under the name that stands there', () => {
  const drawn = (row: AuditEntry) =>
    [ActionChip, Thing].map((part) => renderToStaticMarkup(createElement(part, { row }))).join(' ')
  const subject = { table: 'users', id: 'two', label: 'Somebody who left 1' }
  const erased = drawn({ ...look, table: 'person_erasures', action: 'insert', subject })
  expect(erased).toMatch(/Erased.*title="Erasure Somebody who left 1"/)
  expect(erased).not.toContain('Added')
  expect(drawn({ ...look, table: 'clients', action: 'insert' })).toContain('Added')
})

test('what is cut in a narrow column of the record is said whole when it is pointed at', () => {
  const what = 'E-mail addresses and sign-ins of people, as a list'
  const row = { ...look, newValues: { what } }
  const drawn = (entry: AuditEntry) =>
    [Thing, Fields].map((part) => renderToStaticMarkup(createElement(part, { row: entry })))
  expect(drawn(row)[0]).toContain(`title="${what}"`)
  const subject = { table: 'clients', id: 'two', label: 'Rosewood Bakery' }
  const [thing, fields] = drawn({ ...row, subject })
  expect(thing).toContain('title="Client Rosewood Bakery"')
  expect(fields).toContain(`title="${what}"`)
})
