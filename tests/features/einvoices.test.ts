import PostalMime from 'postal-mime'
import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseEInvoice } from '../../electron/importers/einvoice.ts'
import type { EInvoiceFormat } from '../../shared/documents/einvoice-formats.ts'
import { fillBusiness, makeBuyer } from '../einvoice/write-workspace.ts'
import { line, makeDraft, makeInvoice } from '../support/factories.ts'
import { startSmtpServer, type TestSmtpServer } from '../support/smtp-server.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeEach(async () => {
  workspace = await openWorkspace({ country: 'DE', jobs: true })
  await fillBusiness(workspace)
})
afterEach(async () => {
  await workspace.close()
  expect(workspace.errors).toEqual([])
})

const issue = async (clientId: string) => await makeInvoice(workspace, clientId, { supplyFrom: '2026-11-20' })

const changeClient = async (
  id: string,
  change: { name?: string; buyerReference?: string | null; einvoiceFormat?: EInvoiceFormat | null },
) => {
  const { version } = await workspace.call('clients.get', { id })
  await workspace.call('clients.update', { id, version, ...change })
}

describe('check', () => {
  test('a draft is judged in the form of its client as it would go out, with where to put it right', async () => {
    const clientId = await makeBuyer(workspace)
    await changeClient(clientId, { buyerReference: null })
    const draft = await makeDraft(workspace, clientId, { supplyFrom: '2026-11-20', lines: [{ ...line(), taxes: [] }] })
    const checked = await workspace.call('eInvoices.check', { id: draft.id })
    expect(checked).toMatchObject({ format: 'xrechnung-ubl', clientFormat: 'xrechnung-ubl', clientId, isValid: false })
    expect(checked.findings.map(({ rule, target }) => [rule, target.screen, target.field])).toEqual([
      ['CF-TAX-NONE', 'document', 'lines.0.taxes'],
      ['BR-DE-15', 'document', 'buyerReference'],
    ])
    await expect(workspace.call('eInvoices.export', { id: draft.id, format: 'en16931-ubl' })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
  })

  test('a client without a form has nothing to be judged by', async () => {
    const { id } = await issue(await makeBuyer(workspace, null))
    expect(await workspace.call('eInvoices.check', { id })).toMatchObject({ format: null, isValid: true, findings: [] })
    expect(await workspace.call('eInvoices.formats', {})).toHaveLength(7)
  })

  test('what is printed stays as it was issued; where it is sent is as it is now', async () => {
    const clientId = await makeBuyer(workspace)
    await changeClient(clientId, { buyerReference: null })
    const { id } = await issue(clientId)
    const before = await workspace.call('eInvoices.check', { id })
    expect(before.findings.map(({ rule, target }) => [rule, target])).toEqual([
      ['BR-DE-15', { screen: 'client', field: 'Buyer reference', needsCorrection: false }],
    ])
    await expect(workspace.call('eInvoices.export', { id, format: 'xrechnung-ubl' })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
    await changeClient(clientId, { buyerReference: '01054056-23-12', name: 'Another Town' })
    const { content, fileName, mediaType } = await workspace.call('eInvoices.export', { id, format: 'xrechnung-ubl' })
    const invoice = parseEInvoice(content)
    expect(invoice.buyer.name).toBe('Stadt Husum')
    expect(invoice.references.buyerReference).toBe('01054056-23-12')
    expect([fileName, mediaType]).toEqual([`${invoice.number}.xml`, 'application/xml'])
  })

  test('a credit note names its invoice, and a void one does not leave', async () => {
    const invoice = await issue(await makeBuyer(workspace))
    const note = await workspace.call('creditNotes.creditInvoice', {
      id: v7(),
      invoiceId: invoice.id,
      invoiceVersion: invoice.version,
      issuedOn: '2026-11-22',
      reason: 'Came back',
      scope: { kind: 'whole' },
      apply: false,
    })
    const asked = { entity: 'credit-note' as const, id: note.id }
    for (const format of ['xrechnung-ubl', 'en16931-cii'] as const) {
      expect(await workspace.call('eInvoices.check', { ...asked, format })).toMatchObject({ isValid: true })
      const { content } = await workspace.call('eInvoices.export', { ...asked, format })
      expect(parseEInvoice(content)).toMatchObject({
        type: 'credit-note',
        references: { precedingInvoices: [{ number: invoice.number, date: '2026-11-21' }] },
        notes: [{ text: 'Came back' }],
      })
    }
    const { version } = await workspace.call('creditNotes.get', { id: note.id })
    await workspace.call('creditNotes.void', { id: note.id, version, reason: 'By mistake' })
    await expect(workspace.call('eInvoices.export', { ...asked, format: 'facturx' })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
  })

  test('a long invoice is made in a worker, and the same', async () => {
    const lines = Array.from({ length: 250 }, (_, at) => line({ name: `Work ${at}`, price: '10.01' }))
    const { id } = await makeInvoice(workspace, await makeBuyer(workspace), { supplyFrom: '2026-11-20', lines })
    expect(await workspace.call('eInvoices.check', { id })).toMatchObject({ isValid: true, findings: [] })
    const { content } = await workspace.call('eInvoices.export', { id, format: 'xrechnung-ubl' })
    expect(parseEInvoice(content).lines).toHaveLength(250)
  })
})

describe('mail', () => {
  let server: TestSmtpServer
  beforeEach(async () => {
    server = await startSmtpServer({})
    await workspace.call('mail.saveAccount', {
      fromName: 'Linden GmbH',
      fromAddress: 'ada@linden.example',
      replyTo: null,
      host: '127.0.0.1',
      port: server.port,
      security: 'none',
      userName: null,
      version: null,
    })
  })
  afterEach(() => server.stop())

  const sent = async (entityId: string) => {
    const composed = await workspace.call('mail.compose', { entityId })
    const { to, subject, body } = composed
    await workspace.call('mail.send', { entityId, to, subject, body })
    await workspace.core.settle()
    const { attachments } = await PostalMime.parse(server.messages.at(-1)?.raw ?? Buffer.alloc(0))
    return {
      composed,
      files: attachments.map(({ filename, mimeType, content }) => ({
        filename,
        mimeType,
        bytes: Buffer.from(content instanceof ArrayBuffer ? new Uint8Array(content) : []),
      })),
    }
  }

  test('brings the XML beside the PDF where the client takes XRechnung', async () => {
    const { id, number } = await issue(await makeBuyer(workspace))
    const { composed, files } = await sent(id)
    expect(composed.einvoice).toEqual({ format: 'xrechnung-ubl', isAttached: true })
    expect(files.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
      [`${number}.pdf`, 'application/pdf'],
      [`${number}.xml`, 'application/xml'],
    ])
    const { content } = await workspace.call('eInvoices.export', { id, format: 'xrechnung-ubl' })
    expect(files[1]?.bytes.equals(content)).toBe(true)
    expect(composed.attachments.map(({ size }) => size)).toEqual(files.map(({ bytes }) => bytes.length))
  })

  test('brings the PDF with the data inside in place of the plain one where the client takes Factur-X', async () => {
    const { id, number } = await issue(await makeBuyer(workspace, 'facturx'))
    const { composed, files } = await sent(id)
    expect(composed.attachments).toHaveLength(1)
    expect(files.map(({ filename }) => filename)).toEqual([`${number}.pdf`])
    const { content } = await workspace.call('eInvoices.export', { id, format: 'facturx' })
    expect(files[0]?.bytes.equals(content)).toBe(true)
  })

  test('leaves a broken one at home, and says so', async () => {
    const clientId = await makeBuyer(workspace)
    await changeClient(clientId, { buyerReference: null })
    const { id, number } = await issue(clientId)
    const { composed, files } = await sent(id)
    expect(composed.einvoice).toEqual({ format: 'xrechnung-ubl', isAttached: false })
    expect(files.map(({ filename }) => filename)).toEqual([`${number}.pdf`])
  })
})
