import { expect, test } from 'vitest'
import { losesSomething } from '../../renderer/app/restore/loss.ts'
import type { BackupPreview } from '../../shared/contract/backups.ts'

const business = {
  id: 'b',
  name: 'Linden Ltd',
  currency: 'GBP',
  clients: 1,
  documents: 1,
  payments: 0,
  open: [],
  newest: null,
}
const held = { schemaVersion: 1, organizations: [business], lastAt: null }
const nothing = { documents: 0, payments: 0, clients: 0, other: 0, erasures: 0, issued: [], leftAt: null }
const preview = (more: Partial<BackupPreview>): BackupPreview => ({
  backup: {
    file: '/usb/b.cfbackup.db',
    name: 'b.cfbackup.db',
    createdAt: '2026-11-21T09:00:00.000Z',
    reason: 'manual',
    size: 1,
    place: 'named',
    sound: true,
    encrypted: false,
    elsewhere: true,
  },
  holds: held,
  present: held,
  lost: nothing,
  lostOf: {},
  replayable: null,
  entry: { encryption: 'same', unguarded: false, ofThen: false },
  series: [],
  everything: true,
  ...more,
})

test('on a computer without any business nothing can be lost, whatever the backup is of', () => {
  const fresh = { ...held, organizations: [] }
  expect(losesSomething(preview({ present: fresh, lost: null }))).toBe(false)
})

test('other data that is here would be lost, and so would what was done since', () => {
  expect(losesSomething(preview({ lost: null }))).toBe(true)
  expect(losesSomething(preview({ lost: { ...nothing, clients: 1 } }))).toBe(true)
  expect(losesSomething(preview({}))).toBe(false)
})
