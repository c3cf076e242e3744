import { makeClient, makeInvoice } from './factories.ts'
import type { Workspace } from './workspace.ts'

type Make = (workspace: Workspace) => object | Promise<object>

const issued: Make = async (workspace) => {
  const { id } = await makeInvoice(workspace, await makeClient(workspace))
  return { entity: 'invoice', id, format: 'en16931-cii' }
}

/** A valid input for each procedure of e-invoices. */
export const einvoiceInputs: Readonly<Record<string, Make>> = {
  'eInvoices.formats': () => ({}),
  'eInvoices.check': issued,
  'eInvoices.export': async (workspace) => ({ ...(await issued(workspace)), evenIfInvalid: true }),
}
