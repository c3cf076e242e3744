import { describe, expect, it } from 'vitest'
import { fuzzyScore } from '../../renderer/app/fuzzy.ts'

const best = (typed: string, titles: readonly string[]) =>
  titles
    .map((title) => ({ title, score: fuzzyScore(typed, title) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)[0]?.title

const titles = ['New invoice', 'Go to Invoices', 'Record a payment', 'Keyboard shortcuts', 'Go to Settings']

describe('finding an action', () => {
  it.each([
    ['invoice', 'New invoice'],
    ['invocie', 'New invoice'],
    ['paymnt', 'Record a payment'],
    ['setings', 'Go to Settings'],
    ['shortc', 'Keyboard shortcuts'],
    ['new inv', 'New invoice'],
  ])('%s finds %s', (typed, title) => {
    expect(best(typed, titles)).toBe(title)
  })

  it('finds by other words, below a hit in the title', () => {
    expect(fuzzyScore('bill', 'New invoice', 'bill')).toBeGreaterThan(0)
    expect(fuzzyScore('bill', 'Bill', '')).toBeGreaterThan(fuzzyScore('bill', 'New invoice', 'bill'))
  })

  it('asks every word to fit', () => {
    expect(fuzzyScore('new zebra', 'New invoice')).toBe(0)
  })

  it('does not take a short word for any other', () => {
    expect(fuzzyScore('xyz', 'New invoice')).toBe(0)
  })
})
