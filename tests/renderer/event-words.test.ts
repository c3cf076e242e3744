import { expect, test } from 'vitest'
import { securityEventKinds } from '../../electron/people/security-events.ts'
import { eventDetail, eventWords } from '../../renderer/features/people/event-words.ts'

test('every kind of security event has words of its own', () => {
  const said = securityEventKinds.map(eventWords)
  expect(said.filter((words, index) => words === securityEventKinds[index])).toEqual([])
  expect(new Set(said).size).toBe(securityEventKinds.length)
})

test('an event says whom it was about and how, never an id', () => {
  const nameOf = (id: string) => (id === 'p1' ? 'Ben Reed' : undefined)
  const detail = (kind: string, data: Parameters<typeof eventDetail>[0]['data']) => eventDetail({ kind, data }, nameOf)
  expect(detail('unlocked', { person: 'p1', how: 'pin' })).toBe('Ben Reed, with the PIN')
  expect(detail('sessions-revoked', { person: 'gone', count: 3 })).toBe('3 ended')
  expect(detail('erased', { person: 'gone', standIn: 'Somebody who left 2' })).toBe('Somebody who left 2')
  expect(detail('erased', { client: 'C0002' })).toBe('client C0002')
  expect(detail('signed-in', { client: 'Firefox', how: 'password' })).toBe('with the password')
})
