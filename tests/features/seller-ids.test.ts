import { afterEach, describe, expect, test } from 'vitest'
import { parseEInvoice } from '../../electron/importers/einvoice.ts'
import type { TaxRegistration } from '../../shared/contract/tax-settings.ts'
import { percentOf } from '../../shared/money/decimal-string.ts'
import { fillBusiness, makeBuyer } from '../einvoice/write-workspace.ts'
import { readPdf } from '../pdf/read-pdf.ts'
import { line, makeClient, makeDraft, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
afterEach(async () => {
  expect(workspace.errors).toEqual([])
  await workspace.close()
})

const register = (changes: Partial<TaxRegistration>) =>
  workspace.call('taxSettings.saveRegistration', {
    id: null,
    version: null,
    effectiveOn: '2026-01-01',
    regime: 'uk-vat',
    scheme: 'standard',
    number: null,
    numberKeptReason: null,
    defaultTaxRateId: null,
    pricesIncludeTax: false,
    basis: 'issue',
    filingFrequency: 'quarterly',
    periodEndMonth: 3,
    flatPercentE6: null,
    usesOss: false,
    lutNumber: null,
    isLarge: false,
    ...changes,
  })

const ownIds = async (taxIds: { label: string; value: string; keptReason?: string }[]) => {
  const { version } = await workspace.call('organizations.get', {})
  await workspace.call('organizations.update', { version, taxIds })
}

const textOf = async (id: string) => {
  const { pdf } = await workspace.call('invoices.pdf', { id })
  return (await readPdf(pdf)).map((page) => page.text.replace(/\s+/g, ' ')).join(' ')
}
const times = (text: string, part: string) => text.split(part).length - 1
const gstin = '27AAPFU0939F1ZV'

describe('a number entered in the tax registration alone', () => {
  test('stands on the paper that calls itself a tax invoice, draft and issued', async () => {
    workspace = await openWorkspace({ country: 'IN' })
    await register({ regime: 'india-gst', number: gstin })
    const clientId = await makeClient(workspace)
    const draft = await makeDraft(workspace, clientId, { placeOfSupply: '27' })
    for (const text of [await textOf(draft.id), await textOf((await workspace.call('invoices.issue', draft)).id)]) {
      expect(text).toContain('Tax invoice')
      expect(text).toContain(`GSTIN ${gstin}`)
      expect(times(text, gstin)).toBe(1)
    }
  })

  test('is not said twice where the business carries it too, however it is written', async () => {
    workspace = await openWorkspace()
    await ownIds([
      { label: 'Company no.', value: '09446231' },
      { label: 'VAT no.', value: '980 7806 84' },
    ])
    await register({ number: 'GB980780684' })
    const text = await textOf((await makeInvoice(workspace, await makeClient(workspace))).id)
    expect(text).toContain('Tax invoice')
    expect(times(text, '980 7806 84')).toBe(1)
    expect(text).not.toContain('980780684')
    expect(text).toContain('Company no. 09446231')
  })

  test('is the one in force at the tax point: not the one before, not the one after', async () => {
    workspace = await openWorkspace()
    await ownIds([{ label: 'VAT no.', value: 'GB 980 7806 84' }])
    await register({ effectiveOn: '2026-01-01', number: 'GB980780684' })
    await register({ effectiveOn: '2026-07-01', number: 'GB101747696' })
    const clientId = await makeClient(workspace)
    const at = async (issuedOn: string, more: { supplyTo?: string } = {}) =>
      await textOf((await makeInvoice(workspace, clientId, { issuedOn, dueOn: null, ...more })).id)
    const before = await at('2026-06-30')
    const after = await at('2026-07-01')
    expect([before.includes('GB 980 7806 84'), before.includes('101747696')]).toEqual([true, false])
    expect([after.includes('980 7806 84'), after.includes('GB101747696')]).toEqual([false, true])
    expect(await at('2026-07-02', { supplyTo: '2026-06-29' })).toContain('GB 980 7806 84')
    expect((await at('2025-12-31')).includes('101747696')).toBe(false)
  })

  test('a document keeps the number that it was issued with', async () => {
    workspace = await openWorkspace()
    const made = await register({ number: 'GB980780684' })
    const invoice = await makeInvoice(workspace, await makeClient(workspace))
    await workspace.call('taxSettings.deleteRegistration', made)
    const text = await textOf(invoice.id)
    expect(text).toContain('Tax invoice')
    expect(text).toContain('GB980780684')
  })

  test('without a number no paper calls itself a tax invoice', async () => {
    workspace = await openWorkspace()
    await register({ number: null })
    expect(await textOf((await makeInvoice(workspace, await makeClient(workspace))).id)).not.toContain('Tax invoice')
  })
})

describe('e-invoices', () => {
  const vatIdOf = async (id: string) => {
    const { content } = await workspace.call('eInvoices.export', { id, format: 'en16931-ubl', evenIfInvalid: true })
    return parseEInvoice(content).seller
  }
  const lines = [line({ rate: '19' })]

  test('BT-31 is the number of the registration', async () => {
    workspace = await openWorkspace({ country: 'DE' })
    await fillBusiness(workspace)
    await ownIds([{ label: 'Steuernummer', value: '22/815/0815/4', keptReason: 'As on every letter' }])
    await register({ regime: 'eu-vat', number: 'DE136695976' })
    const { id } = await makeInvoice(workspace, await makeBuyer(workspace, null), { lines })
    const seller = await vatIdOf(id)
    expect([seller.vatId, seller.taxIds.map((it) => it.id)]).toEqual(['DE136695976', ['22/815/0815/4']])
    expect(times(await textOf(id), 'DE136695976')).toBe(1)
  })

  test('of two VAT numbers the registered one goes first', async () => {
    workspace = await openWorkspace({ country: 'DE' })
    await fillBusiness(workspace)
    await ownIds([
      { label: 'USt-IdNr.', value: 'ATU13585627' },
      { label: 'USt-IdNr.', value: 'DE136695976' },
    ])
    await register({ regime: 'eu-vat', number: 'DE 136 695 976' })
    const { id } = await makeInvoice(workspace, await makeBuyer(workspace, null), { lines })
    expect((await vatIdOf(id)).vatId).toBe('DE136695976')
  })

  test('a number kept with a reason is used as it is', async () => {
    workspace = await openWorkspace({ country: 'DE' })
    await fillBusiness(workspace)
    await ownIds([])
    await register({ regime: 'eu-vat', number: 'DE999999999', numberKeptReason: 'As in the letter of the office' })
    const { id } = await makeInvoice(workspace, await makeBuyer(workspace, null), {
      lines: [
        {
          ...line(),
          taxes: [
            {
              ...line().taxes[0],
              name: 'USt.',
              category: 'S',
              rateE6: percentOf('19'),
              taxRateId: null,
              isCompound: false,
              exemptionReason: null,
            },
          ],
        },
      ],
    })
    expect((await vatIdOf(id)).vatId).toBe('DE999999999')
  })
})
