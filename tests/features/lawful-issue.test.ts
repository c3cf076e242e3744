import { afterEach, beforeEach, expect, test } from 'vitest'
import { percentOf } from '../../shared/money/decimal-string.ts'
import { line, makeClient, makeDraft, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeEach(async () => {
  workspace = await openWorkspace({ country: 'IN' })
})
afterEach(async () => {
  expect(workspace.errors).toEqual([])
  await workspace.close()
})

test('a number that outgrows what the law allows is refused, not given', async () => {
  const series = (await workspace.call('numberSeries.list', {})).find((one) => one.documentKind === 'invoice')
  await workspace.call('numberSeries.update', {
    id: series?.id ?? '',
    version: series?.version ?? 0,
    pattern: 'ABCDEFGHIJKLMNO{0}',
    startValue: 9,
  })
  const clientId = await makeClient(workspace)
  expect((await makeInvoice(workspace, clientId)).number).toBe('ABCDEFGHIJKLMNO9')
  await expect(makeInvoice(workspace, clientId)).rejects.toMatchObject({
    code: 'INVALID_STATE',
    message: expect.stringMatching(/"ABCDEFGHIJKLMNO10" has 17 characters.*rule 46\(b\).*in the settings\.$/),
  })
})

test('a line that is exempt has no percentage', async () => {
  const taxes = line().taxes.map((tax) => ({ ...tax, category: 'E' as const, rateE6: percentOf('18') }))
  const draft = await makeDraft(workspace, await makeClient(workspace), { lines: [{ ...line(), taxes }] })
  await expect(workspace.call('invoices.issue', draft)).rejects.toMatchObject({
    code: 'VALIDATION',
    fields: { 'lines.0.taxes': expect.stringContaining('0 %') },
  })
})

test('a new tax rate is listed behind the ones that were there', async () => {
  const before = await workspace.call('taxRates.list', {})
  const { id } = await workspace.call('taxRates.create', { name: 'GST 3%', rateE6: percentOf('3') })
  const after = await workspace.call('taxRates.list', {})
  expect(after.map((rate) => rate.id)).toEqual([...before.map((rate) => rate.id), id])
})
