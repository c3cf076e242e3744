import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseEInvoice } from '../../electron/importers/einvoice.ts'
import { exchangeRateOf } from '../../shared/money/decimal-string.ts'
import type { ExchangeRate } from '../../shared/money/scaled.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'
import { readSample, sampleNames, samplesAreHere, tellMissingSamples } from './rules-samples.ts'
import { fillBusiness } from './write-workspace.ts'

tellMissingSamples('imported e-invoices issued and exported again')

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace({ country: 'DE' })
  await fillBusiness(workspace)
})
afterAll(async () => {
  await workspace.close()
  expect(workspace.errors).toEqual([])
})

const folders = ['examples-cii', 'examples-ubl', 'examples-ubl-bis-sweden', 'xrechnung-testsuite']

/** Samples that cannot be issued: with what is wrong in them. */
const notIssued: Readonly<Record<string, string>> = {
  'CII_business_example_02.xml': 'The due date is before the invoice date.',
}

const withRate = <C extends { readonly currency: string }>(content: C): C & { exchangeRateE10: ExchangeRate } => ({
  ...content,
  exchangeRateE10: exchangeRateOf(content.currency === 'EUR' ? '1' : '0.5'),
})

type Issued = { readonly entity: 'invoice' | 'credit-note'; readonly id: string }

const importAndIssue = async (name: string, xml: Uint8Array): Promise<Issued> => {
  const made = await workspace.call('importers.einvoice', { fileName: name, xml })
  if (made.creditNoteId !== null) {
    const { id, version, content } = await workspace.call('creditNotes.get', { id: made.creditNoteId })
    const saved = await workspace.call('creditNotes.saveDraft', { id, version, content: withRate(content) })
    await workspace.call('creditNotes.issue', { id, version: saved.version })
    return { entity: 'credit-note', id }
  }
  const { id, version, content } = await workspace.call('invoices.get', { id: made.invoiceId ?? '' })
  const saved = await workspace.call('invoices.saveDraft', { id, version, content: withRate(content) })
  await workspace.call('invoices.issue', { id, version: saved.version })
  return { entity: 'invoice', id }
}

const issuedOf = async ({ entity, id }: Issued) =>
  entity === 'invoice' ? await workspace.call('invoices.get', { id }) : await workspace.call('creditNotes.get', { id })

const rowsOf = (taxes: readonly { readonly taxableE4: bigint; readonly taxE4: bigint }[]) =>
  taxes.map(({ taxableE4, taxE4 }) => `${taxableE4} ${taxE4}`).toSorted()

const againInEachSyntax = async (document: Issued, name: string) => {
  const issued = await issuedOf(document)
  for (const format of ['en16931-ubl', 'en16931-cii'] as const) {
    const { findings } = await workspace.call('eInvoices.check', { ...document, format })
    expect(findings.filter(({ severity }) => severity === 'fatal')).toEqual([])
    const { content } = await workspace.call('eInvoices.export', { ...document, format })
    const again = parseEInvoice(content)
    expect(again.totals).toMatchObject({
      lineNetE4: issued.totals.lineNetE4,
      netE4: issued.totals.netE4,
      taxE4: issued.totals.taxE4,
      totalE4: issued.totals.totalE4,
      payableE4: issued.totals.payableE4,
    })
    expect(again.lines.map(({ name: item }) => item)).toEqual(issued.content.lines.map(({ name: item }) => item))
    expect(rowsOf(again.taxes)).toEqual(rowsOf(issued.totals.taxes))
    const back = await workspace.call('importers.einvoice', { fileName: name, xml: content, dryRun: true })
    expect(back.totals.filter(({ differs }) => differs)).toEqual([])
    expect(back).toMatchObject({ documentType: document.entity, lines: issued.content.lines.length })
  }
}

describe.skipIf(!samplesAreHere).each(folders)('%s', (folder) => {
  test.each(samplesAreHere ? sampleNames(folder) : [])(
    '%s imported, issued and exported is the same again',
    async (name) => {
      const work = importAndIssue(name, readSample(folder, name))
      const problem = notIssued[name]
      if (problem !== undefined) await expect(work).rejects.toThrow(problem)
      else await againInEachSyntax(await work, name)
    },
  )
})
