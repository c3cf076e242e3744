import { describe, expect, test } from 'vitest'
import { figuresFor } from '../../electron/pdf/figures.ts'
import { labelLanguages, labelsFor } from '../../electron/pdf/labels.ts'
import { accentInk } from '../../electron/pdf/template/theme.ts'
import { amount, quantity } from '../../shared/money/scaled.ts'

describe('labels', () => {
  test('exist in the languages promised', () => {
    for (const language of ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'hi', 'ar', 'ja'])
      expect(labelLanguages).toContain(language)
  })

  test.each(labelLanguages)('in %s none is empty and each keeps its places', (language) => {
    const labels = labelsFor(`${language}-XX`)
    expect(Object.values(labels).every((text) => text.trim() !== '')).toBe(true)
    for (const [text, ...places] of [
      [labels.taxOn, '{tax}', '{base}'],
      [labels.page, '{page}', '{pages}'],
      [labels.originalOf, '{number}', '{date}'],
      [labels.periodOf, '{from}', '{to}'],
      [labels.deductionTax, '{tax}'],
    ] as const) {
      for (const place of places) expect(text).toContain(place)
    }
    if (language !== 'en') expect(labels.payable).not.toBe(labelsFor('en').payable)
  })
})

describe('figures', () => {
  test.each([
    ['en-IN', '₹12,34,567.80', '3 March 2026'],
    ['fr-FR', '1 234 567,80 ₹', '3 mars 2026'],
    ['ar-AE', '1,234,567.80', '2026'],
  ])('of %s are written in Latin digits as the language groups them', (language, money, date) => {
    const figures = figuresFor(language, 'INR', 2)
    expect(figures.money(amount(12_345_678_000n)).replace(/[\u00a0\u202f]/g, ' ')).toContain(money)
    expect(figures.date('2026-03-03')).toContain(date)
    expect(figures.quantity(quantity(1_500_000n))).toMatch(/^1[.,]5$/)
  })
})

describe('accent colour', () => {
  test('a readable one stays, a pale one is darkened, anything else is ink', () => {
    expect(accentInk('#1F4E5F')).toBe('#1f4e5f')
    const pale = accentInk('#ffe680')
    expect(pale).not.toBe('#ffe680')
    expect(pale).toMatch(/^#[0-9a-f]{6}$/)
    for (const bad of ['red', '#12', 'url(x)', '', '#gggggg']) expect(accentInk(bad)).toBe('#1c1b19')
  })
})
