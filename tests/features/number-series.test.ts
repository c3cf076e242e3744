import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { counterPeriod, formatNumber, validatePattern } from '../../shared/documents/numbering.ts'
import { makeCreditDraft } from '../support/credit-inputs.ts'
import { makeClient, makeDraft, makeInvoice, makeQuoteDraft } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace()
})
afterAll(() => workspace.close())
beforeEach(() => workspace.clock.advance(1000))
afterEach(() => {
  expect(workspace.errors).toEqual([])
})

const seriesOf = async (code: string, kind = 'invoice') => {
  const found = (await workspace.call('numberSeries.list', {})).find(
    (series) => series.code === code && series.documentKind === kind,
  )
  if (found === undefined) throw new Error(`No series ${code}`)
  return found
}
const report = () => workspace.call('numberSeries.report', { documentKind: 'invoice' })

describe('series', () => {
  test('several for one kind: a document takes the default one, or the one that was chosen', async () => {
    const clientId = await makeClient(workspace)
    const first = await makeInvoice(workspace, clientId)
    expect(first.number).toBe('INV-2026-0001')
    const { id } = await workspace.call('numberSeries.create', {
      documentKind: 'invoice',
      code: 'EXP',
      pattern: '{SERIES}-{YY}{MM}-{000}',
      startValue: 50,
    })
    const draft = await makeDraft(workspace, clientId)
    const chosen = await workspace.call('invoices.issue', { id: draft.id, version: 1, seriesId: id })
    expect(chosen.number).toBe('EXP-2611-050')
    expect((await makeInvoice(workspace, clientId)).number).toBe('INV-2026-0002')
    await workspace.call('numberSeries.setDefault', { id, version: 1 })
    expect((await makeInvoice(workspace, clientId)).number).toBe('EXP-2611-051')
    expect((await seriesOf('INV')).isDefault).toBe(false)
    const { version } = await seriesOf('INV')
    await workspace.call('numberSeries.setDefault', { id: (await seriesOf('INV')).id, version })
  })

  test('are chosen for quotes and credit notes too; one of another kind is refused', async () => {
    const clientId = await makeClient(workspace)
    const make = (documentKind: 'quote' | 'credit-note', code: string) =>
      workspace.call('numberSeries.create', { documentKind, code, pattern: '{SERIES}-{000}', startValue: 7 })
    const quotes = await make('quote', 'QEX')
    const credits = await make('credit-note', 'CEX')
    const draft = await makeQuoteDraft(workspace, clientId)
    await expect(workspace.call('quotes.issue', { ...draft, seriesId: credits.id })).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: 'The chosen number series is none of quotes. Choose another.',
    })
    expect((await workspace.call('quotes.issue', { ...draft, seriesId: quotes.id })).number).toBe('QEX-007')
    const note = await makeCreditDraft(workspace, clientId)
    expect((await workspace.call('creditNotes.issue', { ...note, seriesId: credits.id })).number).toBe('CEX-007')
    const usual = await makeCreditDraft(workspace, clientId)
    expect((await workspace.call('creditNotes.issue', usual)).number).not.toMatch(/^CEX/)
  })

  test('count by client where the pattern says so', async () => {
    const { id } = await workspace.call('numberSeries.create', {
      documentKind: 'invoice',
      code: 'CLI',
      pattern: '{CLIENT}/{YY}-{00}',
    })
    const numbers: string[] = []
    for (const name of ['One', 'Two']) {
      const client = await workspace.call('clients.create', { name, code: name.toUpperCase() })
      for (let index = 0; index < 2; index += 1) {
        const draft = await makeDraft(workspace, client.id)
        numbers.push((await workspace.call('invoices.issue', { id: draft.id, version: 1, seriesId: id })).number)
      }
    }
    expect(numbers).toEqual(['ONE/26-01', 'ONE/26-02', 'TWO/26-01', 'TWO/26-02'])
    expect(counterPeriod('{CLIENT}-{YYYY}-{0}', '2026-03-31', '01-01', 'x')).toBe('2026/Cx')
    expect(
      formatNumber('{CLIENT}-{00}', {
        counter: 3,
        issuedOn: '2026-03-31',
        fiscalYearStart: '04-01',
        series: '',
        branch: '',
        client: 'ACME',
      }),
    ).toBe('ACME-03')
  })

  test('are refused with a code or pattern that another has, or that the law does not allow', async () => {
    const create = (code: string, pattern: string) =>
      workspace.call('numberSeries.create', { documentKind: 'invoice', code, pattern })
    await expect(create('INV', '{SERIES}-{0}')).rejects.toMatchObject({ code: 'DUPLICATE' })
    await expect(create('NEW', 'INV-{YYYY}-{0000}')).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(create('new', 'N-{0}')).rejects.toMatchObject({ code: 'VALIDATION' })
    expect(validatePattern('{CLIENT}/{FY}/{0000}', { country: 'IN' })).toMatchObject([{ code: 'too-long' }])
  })

  test('are removed only while they have given nothing', async () => {
    const { id } = await workspace.call('numberSeries.create', {
      documentKind: 'invoice',
      code: 'TMP',
      pattern: 'T-{00}',
    })
    await workspace.call('numberSeries.delete', { id, version: 1 })
    const used = await seriesOf('EXP')
    await expect(workspace.call('numberSeries.delete', { id: used.id, version: used.version })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
    const standard = await seriesOf('QUO', 'quote')
    await expect(
      workspace.call('numberSeries.delete', { id: standard.id, version: standard.version }),
    ).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })
})

describe('the report for an auditor', () => {
  test('names void numbers and explains each gap', async () => {
    const clientId = await makeClient(workspace)
    const gone = await makeInvoice(workspace, clientId)
    await workspace.call('invoices.void', { id: gone.id, version: gone.version, reason: 'Entered twice' })
    const series = await seriesOf('INV')
    await workspace.call('numberSeries.update', { id: series.id, version: series.version, startValue: 20 })
    const after = await makeInvoice(workspace, clientId)
    expect(after.number).toBe('INV-2026-0020')
    const rows = await report()
    const invoices = rows.find((row) => row.code === 'INV')
    expect(invoices).toMatchObject({
      period: '2026',
      firstNumber: 'INV-2026-0001',
      lastNumber: 'INV-2026-0020',
      voids: [{ number: gone.number, reason: 'Entered twice' }],
      gaps: [{ from: 4, to: 19, cause: 'start-value', detail: expect.stringMatching(/from 1 to 20 on 2026-11-21/) }],
    })
    expect(rows.find((row) => row.code === 'EXP')?.gaps).toEqual([
      { from: 1, to: 49, cause: 'start-value', detail: 'The series begins at 50.' },
    ])
  })
})

test('no number is given twice, whichever series prints it', async () => {
  const clientId = await makeClient(workspace)
  const first = await makeInvoice(workspace, clientId)
  const counter = Number(first.number.slice(-4))
  const create = (code: string, startValue: number) =>
    workspace.call('numberSeries.create', { documentKind: 'invoice', code, pattern: 'INV-2026-{0000}', startValue })
  await expect(create('TWICE', counter)).rejects.toMatchObject({
    code: 'VALIDATION',
    message: `The next number would be ${first.number}, which is given already. Choose another pattern or first value.`,
  })
  const { id } = await create('LATER', counter + 1)
  const next = await makeInvoice(workspace, clientId)
  const draft = await makeDraft(workspace, clientId)
  await expect(workspace.call('invoices.issue', { ...draft, seriesId: id })).rejects.toMatchObject({
    code: 'INVALID_STATE',
    message: `Series LATER would give ${next.number} next, which series INV has given already. Choose another pattern or first value for it in the settings.`,
  })
  const { version } = await seriesOf('INV')
  await expect(
    workspace.call('numberSeries.update', { id: (await seriesOf('INV')).id, version, pattern: 'INV-2026-{0000}' }),
  ).rejects.toMatchObject({ message: expect.stringMatching(/^Another series has this pattern/) })
  await workspace.call('numberSeries.delete', { id, version: 1 })
})
