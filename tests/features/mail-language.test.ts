import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { designOf } from '../../shared/documents/template-design.ts'
import { readPdf } from '../pdf/read-pdf.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { startSmtpServer } from '../support/smtp-server.ts'
import { openWorkspace } from '../support/workspace.ts'

test('a message in the language of the client brings a paper in that language and in its design, with the payment link', async () => {
  const workspace = await openWorkspace({ jobs: true })
  const server = await startSmtpServer()
  await workspace.call('mail.saveAccount', {
    fromName: 'Linden Ltd',
    fromAddress: 'ada@linden.example',
    replyTo: null,
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    userName: null,
    version: null,
  })
  const letter = designOf('letter')
  const design = { ...letter, texts: { ...letter.texts, header: 'Kontor am See' } }
  const template = await workspace.call('documentTemplates.create', { name: 'Brief', design })
  await workspace.call('paymentAccounts.create', {
    label: 'Link',
    holder: 'Linden Ltd',
    linkTemplate: 'https://pay.example/{number}',
  })
  const clientId = await makeClient(workspace, 'Müller GmbH')
  const { version } = await workspace.call('clients.get', { id: clientId })
  await workspace.call('clients.update', { id: clientId, version, language: 'de-DE', templateId: template.id })
  const { id, number } = await makeInvoice(workspace, clientId)
  const { to, subject, body } = await workspace.call('mail.compose', { entity: 'invoice', entityId: id })
  expect(subject).toContain('Rechnung')
  expect(body).toContain(`https://pay.example/${number}`)
  await workspace.call('mail.send', { entity: 'invoice', entityId: id, to, subject, body })
  await workspace.core.settle()
  const [attached] = (await PostalMime.parse(server.messages[0]?.raw ?? '')).attachments
  const bytes = attached?.content instanceof ArrayBuffer ? new Uint8Array(attached.content) : new Uint8Array()
  const text = (await readPdf(bytes)).map((page) => page.text).join(' ')
  for (const part of ['Rechnung', '21. Dezember 2026', 'Zahlbetrag', 'Kontor am See', 'Mit freundlichen Grüßen'])
    expect(text, part).toContain(part)
  expect(text).not.toMatch(/Amount due|Invoice /)
  expect(Buffer.from(bytes).toString('latin1')).toContain('NotoSerif-Regular')
  await server.stop()
  expect(workspace.errors).toEqual([])
  await workspace.close()
})
