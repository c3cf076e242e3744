import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseEInvoice } from '../../electron/importers/einvoice.ts'
import { fillBusiness, makeBuyer } from '../einvoice/write-workspace.ts'
import { makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeEach(async () => {
  workspace = await openWorkspace({ country: 'DE' })
  await fillBusiness(workspace)
})
afterEach(async () => {
  await workspace.close()
  expect(workspace.errors).toEqual([])
})

const changeClient = async (id: string, change: object) => {
  const { version } = await workspace.call('clients.get', { id })
  await workspace.callRaw('clients.update', { id, version, ...change })
}
const changeBusiness = async (change: object) => {
  const { version } = await workspace.call('organizations.get', {})
  await workspace.callRaw('organizations.update', { version, ...change })
}

test.each(['en16931-ubl', 'xrechnung-ubl', 'facturx'] as const)(
  'the %s of an issued invoice stays the same when both parties move',
  async (format) => {
    const clientId = await makeBuyer(workspace)
    const { id } = await makeInvoice(workspace, clientId, { supplyFrom: '2026-11-20' })
    const before = await workspace.call('eInvoices.export', { id, format })
    await changeClient(clientId, {
      name: 'Another Town',
      address: { line1: 'New 1', line2: null, city: 'Kiel', region: null, postalCode: '24103', country: 'DE' },
      electronicAddress: '04011000-1234512345-06',
      legalId: 'HRB 1',
      email: 'new@town.example',
    })
    await changeBusiness({
      address: { line1: 'Elsewhere 2', line2: null, city: 'Bonn', region: null, postalCode: '53111', country: 'DE' },
      electronicAddress: 'new@business.example',
      electronicAddressScheme: 'EM',
    })
    const after = await workspace.call('eInvoices.export', { id, format })
    expect(Buffer.from(after.content).equals(Buffer.from(before.content))).toBe(true)
  },
)

test('one that went by mail address keeps it, though the client has another address since', async () => {
  const clientId = await makeBuyer(workspace)
  await changeClient(clientId, { electronicAddress: null, electronicAddressScheme: null, email: 'rat@husum.example' })
  const { id } = await makeInvoice(workspace, clientId, { supplyFrom: '2026-11-20' })
  await changeClient(clientId, { electronicAddress: '04011000-1234512345-06', electronicAddressScheme: '0204' })
  const addressIn = async (format: 'en16931-cii' | 'peppol-ubl') => {
    const { content } = await workspace.call('eInvoices.export', { id, format })
    return parseEInvoice(content).buyer.electronicAddress
  }
  expect(await addressIn('en16931-cii')).toEqual({ id: 'rat@husum.example', scheme: 'EM' })
  // Peppol takes no mail address: only there the one that was added counts.
  expect(await addressIn('peppol-ubl')).toEqual({ id: '04011000-1234512345-06', scheme: '0204' })
})

test('an address is checked by its kind, kept in its one way of writing, and asked for its kind', async () => {
  const clientId = await makeBuyer(workspace)
  const { version } = await workspace.call('clients.get', { id: clientId })
  const set = (electronicAddress: string, electronicAddressScheme: string | null) =>
    workspace.call('clients.update', { id: clientId, version, electronicAddress, electronicAddressScheme })
  await expect(set('4012345000008', '0088')).rejects.toMatchObject({
    code: 'VALIDATION',
    fields: { electronicAddress: expect.stringContaining('check digit') },
  })
  await expect(set('974760674', '0192')).rejects.toMatchObject({ code: 'VALIDATION' })
  await expect(set('12345', null)).rejects.toMatchObject({
    fields: { electronicAddressScheme: 'Choose what kind of address this is.' },
  })
  await set('40 12345 00000 9', '0088')
  expect(await workspace.call('clients.get', { id: clientId })).toMatchObject({
    electronicAddress: '4012345000009',
    electronicAddressScheme: '0088',
  })
  await changeBusiness({ electronicAddress: 'invoices@linden.example', electronicAddressScheme: null })
  expect(await workspace.call('organizations.get', {})).toMatchObject({ electronicAddressScheme: 'EM' })
  await expect(
    changeBusiness({ electronicAddress: 'DE136695977', electronicAddressScheme: '9930' }),
  ).rejects.toMatchObject({ code: 'VALIDATION' })
})

test('a client whose address fails but was there before can still be changed', async () => {
  const clientId = await makeBuyer(workspace)
  await changeClient(clientId, { electronicAddress: 'anything', electronicAddressScheme: '0203' })
  const { electronicAddress, electronicAddressScheme } = await workspace.call('clients.get', { id: clientId })
  await changeClient(clientId, { electronicAddress, electronicAddressScheme, name: 'Renamed' })
  expect((await workspace.call('clients.get', { id: clientId })).name).toBe('Renamed')
})
