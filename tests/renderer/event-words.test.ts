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
  expect(eventDetail({ person: 'p1', how: 'pin' }, nameOf)).toBe('Ben Reed, with the PIN')
  expect(eventDetail({ person: 'gone', count: 3 }, nameOf)).toBe('3 ended')
  expect(eventDetail({ person: 'gone', standIn: 'Somebody who left 2' }, nameOf)).toBe('Somebody who left 2')
})
