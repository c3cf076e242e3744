import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type DesignLayout, designLayouts, designOf } from '../../shared/documents/template-design.ts'
import { amountOf, exchangeRateOf } from '../../shared/money/decimal-string.ts'
import { rupeesInWords } from '../../shared/money/indian-words.ts'
import { readPdf } from '../pdf/read-pdf.ts'
import { contentFor, line, makeClient, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeEach(async () => {
  workspace = await openWorkspace()
})
afterEach(async () => {
  await workspace.close()
})

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const textOf = async (pdf: Uint8Array) =>
  (await readPdf(pdf))
    .map((page) => page.text)
    .join(' ')
    .replace(/\s+/g, ' ')

const make = (name: string, layout: DesignLayout, intro: string, defaultFor: ('invoice' | 'quote')[] = []) => {
  const design = { ...designOf(layout), blocks: [...designOf('letter').blocks] }
  const texts = { ...design.texts, intro }
  return workspace.call('documentTemplates.create', { name, design: { ...design, texts }, defaultFor })
}

const preview = async (clientId: string | null, change: object = {}) => {
  const content = await contentFor(workspace, clientId, change)
  return await textOf((await workspace.call('invoices.preview', { content })).pdf)
}

describe('templates', () => {
  test('of the document go before those of the client, and those before the default of the kind', async () => {
    const clientId = await makeClient(workspace)
    expect(await preview(clientId)).not.toContain('Intro of')
    await make('House', 'modern', 'Intro of the house', ['invoice'])
    expect(await preview(clientId)).toContain('Intro of the house')
    const own = await make('Theirs', 'letter', 'Intro of the client')
    const { version } = await workspace.call('clients.get', { id: clientId })
    await workspace.call('clients.update', { id: clientId, version, templateId: own.id })
    expect((await workspace.call('clients.get', { id: clientId })).templateId).toBe(own.id)
    expect(await preview(clientId)).toContain('Intro of the client')
    const third = await make('Once', 'dense', 'Intro of this one')
    expect(await preview(clientId, { templateId: third.id })).toContain('Intro of this one')
    await workspace.call('documentTemplates.delete', own)
    expect(await preview(clientId)).toContain('Intro of the house')
    await workspace.call('documentTemplates.restore', { id: own.id })
    expect(await preview(clientId)).toContain('Intro of the client')
  })

  test('are the default of a kind one at a time', async () => {
    const first = await make('One', 'plain', 'One', ['invoice', 'quote'])
    await make('Two', 'plain', 'Two', ['invoice'])
    const list = await workspace.call('documentTemplates.list', {})
    expect(list.map(({ name, defaultFor }) => [name, defaultFor])).toEqual([
      ['One', ['quote']],
      ['Two', ['invoice']],
    ])
    const version = list.find(({ id }) => id === first.id)?.version ?? 0
    const kinds = ['invoice', 'quote', 'credit-note', 'statement'] as const
    await workspace.call('documentTemplates.setDefaults', { id: first.id, version, kinds: [...kinds] })
    expect((await workspace.call('documentTemplates.list', {})).map(({ defaultFor }) => defaultFor.length)).toEqual([
      4, 0,
    ])
  })

  test('refuse what cannot be printed, and a version that is not the newest', async () => {
    const { id, version } = await make('One', 'plain', 'One')
    const design = { ...designOf('plain'), columns: [{ key: 'amount' as const, label: null }] }
    await expect(workspace.call('documentTemplates.update', { id, version, design })).rejects.toMatchObject({
      code: 'VALIDATION',
    })
    await workspace.call('documentTemplates.update', { id, version, name: 'Other' })
    await expect(workspace.call('documentTemplates.update', { id, version, name: 'Late' })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    const clientId = await makeClient(workspace)
    const { version: seen } = await workspace.call('clients.get', { id: clientId })
    const templateId = clientId
    await expect(workspace.call('clients.update', { id: clientId, version: seen, templateId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  test('an issued document keeps the design and the account that it was issued with, byte for byte', async () => {
    const template = await make('House', 'modern', 'Intro as issued', ['invoice'])
    const account = await workspace.call('paymentAccounts.create', {
      label: 'Main',
      holder: 'Keeper Ltd',
      iban: 'GB33BUKB20201555555555',
    })
    const { id } = await makeInvoice(workspace, await makeClient(workspace))
    const before = await workspace.call('invoices.pdf', { id })
    const text = await textOf(before.pdf)
    expect(text).toContain('Intro as issued')
    expect(text).toContain('GB33 BUKB 2020 1555 5555 55')
    const design = designOf('dense')
    await workspace.call('documentTemplates.update', { ...template, design })
    await workspace.call('paymentAccounts.update', { ...account, iban: 'DE71110220330123456789', holder: 'Other' })
    expect(sha256((await workspace.call('invoices.pdf', { id })).pdf)).toBe(sha256(before.pdf))
    expect(await preview(null)).not.toContain('Intro as issued')
  })

  test.each(designLayouts)('the %s one is previewed with the own name, in any language and kind', async (layout) => {
    const { legalName } = await workspace.call('organizations.get', {})
    const design = designOf(layout)
    for (const [kind, language, word] of [
      ['invoice', 'de-DE', 'Rechnung'],
      ['quote', 'fr-FR', 'Devis'],
      ['credit-note', 'en-GB', 'Corrects'],
      ['statement', 'nl-NL', 'Rekeningoverzicht'],
      ['invoice', 'ja-JP', '請求書'],
    ] as const) {
      const text = await textOf((await workspace.call('documentTemplates.preview', { design, kind, language })).pdf)
      expect(text).toContain(word)
      expect(text).toContain(legalName)
      expect(text).not.toContain('\ufffd')
    }
    const long = await workspace.call('documentTemplates.preview', { design, lines: 120 })
    expect((await readPdf(long.pdf)).length).toBeGreaterThan(1)
  })
})

describe('payment accounts', () => {
  const euro = { label: 'Euro', holder: 'Keeper GmbH', iban: 'DE71 1102 2033 0123 4567 89', currency: 'EUR' }

  test('are chosen by the currency of the document; the first of a currency is its default', async () => {
    await workspace.call('paymentAccounts.create', { label: 'Any', holder: 'Anyone', accountNumber: '55779911' })
    await workspace.call('paymentAccounts.create', euro)
    const second = { ...euro, label: 'Second', iban: 'FR1420041010050500013M02606' }
    const made = await workspace.call('paymentAccounts.create', second)
    expect((await workspace.call('paymentAccounts.list', {})).map(({ isDefault }) => isDefault)).toEqual([
      true,
      true,
      false,
    ])
    expect(await preview(null, { currency: 'EUR' })).toContain('DE71 1102 2033 0123 4567 89')
    expect(await preview(null, { currency: 'USD' })).toContain('55779911')
    await workspace.call('paymentAccounts.update', { ...made, isDefault: true })
    expect(await preview(null, { currency: 'EUR' })).toContain('FR14 2004 1010 0505 0001 3M02 606')
    await workspace.call('paymentAccounts.delete', { id: made.id, version: made.version + 1 })
    expect(await preview(null, { currency: 'EUR' })).toContain('DE71 1102 2033 0123 4567 89')
    await workspace.call('paymentAccounts.restore', { id: made.id })
    expect(await workspace.call('paymentAccounts.list', {})).toHaveLength(3)
  })

  test('refuse wrong numbers in words', async () => {
    for (const [change, field] of [
      [{ iban: 'DE71110220330123456780' }, 'iban'],
      [{ qrIban: 'CH9300762011623852957' }, 'qrIban'],
      [{ bic: 'X' }, 'bic'],
      [{ upiId: 'nobody' }, 'upiId'],
      [{ linkTemplate: 'http://pay.example' }, 'linkTemplate'],
      [{ iban: null }, 'iban'],
    ] as const) {
      const asked = workspace.call('paymentAccounts.create', { ...euro, ...change })
      await expect(asked, field).rejects.toMatchObject({ code: 'VALIDATION', fields: { [field]: expect.any(String) } })
    }
  })

  test('an issued invoice in euro has the link that it can be paid by', async () => {
    await workspace.call('paymentAccounts.create', { ...euro, linkTemplate: 'https://pay.example/{number}/{amount}' })
    const clientId = await makeClient(workspace)
    const exchangeRateE10 = exchangeRateOf('0.85')
    const { id, number } = await makeInvoice(workspace, clientId, { currency: 'EUR', exchangeRateE10 })
    const text = await textOf((await workspace.call('invoices.pdf', { id })).pdf)
    expect(text).toContain(`https://pay.example/${number}/120.00`)
    expect(text).toContain('Scan to pay')
  })
})

describe('India', () => {
  test('amounts in words are in lakh and crore', () => {
    for (const [amount, words] of [
      ['0', 'Rupees zero only'],
      ['1', 'Rupees one only'],
      ['19.05', 'Rupees nineteen and five paise only'],
      ['100000', 'Rupees one lakh only'],
      ['1234567.89', 'Rupees twelve lakh thirty-four thousand five hundred sixty-seven and eighty-nine paise only'],
      ['10000000', 'Rupees one crore only'],
      ['1230000000000', 'Rupees one lakh twenty-three thousand crore only'],
      ['-42', 'Minus rupees forty-two only'],
    ] as const)
      expect(rupeesInWords(amountOf(amount))).toBe(words)
  })

  test('an invoice shows HSN, place of supply, reverse charge and the amount in words', async () => {
    const organization = await workspace.call('organizations.get', {})
    const address = { ...organization.address, country: 'IN', region: '27' }
    await workspace.call('organizations.update', { version: organization.version, address, taxIds: [] })
    const lines = [{ ...line(), classification: '998391' }]
    const text = await preview(null, { currency: 'INR', placeOfSupply: '27', lines })
    for (const part of [
      'HSN/SAC',
      '998391',
      'Place of supply 27 Maharashtra',
      'Reverse charge No',
      'Rupees one hundred twenty only',
    ]) {
      expect(text, part).toContain(part)
    }
  })
})
