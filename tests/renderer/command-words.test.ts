import { expect, test } from 'vitest'
import { commandWords, hasCommandWords } from '../../renderer/app/record/command-words.ts'
import { gateFeatures } from '../../shared/contract/access.ts'
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
])('%s is told as "%s"', (name, words) => {
  expect(commandWords(name)).toBe(words)
})
