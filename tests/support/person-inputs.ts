import { v7 } from 'uuid'
import { makeCreditDraft } from './credit-inputs.ts'
import { contentFor, line, makeDraft, makeInvoice, makePayment, makeQuote, makeQuoteDraft } from './factories.ts'
import type { Workspace } from './workspace.ts'

type Make = (workspace: Workspace) => object | Promise<object>

/** A word in each field that can name a person: none may be found once the person is erased. */
export const canaries = {
  name: 'Canaryname Quill',
  earlierName: 'Canaryformer Quill',
  email: 'canarymail@example.com',
  phone: '0900-canaryphone',
  website: 'canaryweb.example.com',
  line1: 'Canarystreet 4',
  line2: 'Canaryfloor',
  city: 'Canarytown',
  region: 'Canaryshire',
  postalCode: 'CANARYPC',
  delivery: 'Canarydelivery 9',
  taxId: 'CANARYTAX1',
  summary: 'Canarysummary words',
  contact: 'Canarycontact Reed',
  contactMail: 'canarycontact@example.com',
  contactPhone: '0800-canarycontact',
  contactRole: 'Canaryrole',
  note: 'Canarynote was said',
  file: 'canaryfile.txt',
  fileContent: 'canarycontent of a file',
  draftLine: 'Canarydraftline',
  draftNotes: 'Canarydraftnotes',
  recurring: 'Canaryrecurring',
  mailSubject: 'Canarysubject',
  mailBody: 'Canarybody of a mail',
  mailTo: 'canaryto@example.com',
} as const

const address = {
  line1: canaries.line1,
  line2: canaries.line2,
  city: canaries.city,
  region: canaries.region,
  postalCode: canaries.postalCode,
  country: 'GB',
}

const account = {
  fromName: 'Linden',
  fromAddress: 'office@example.com',
  replyTo: null,
  host: 'mail.example.com',
  port: 465,
  security: 'tls' as const,
  userName: 'office',
  version: null,
  password: 'secret',
}

const writeAround = async (workspace: Workspace, id: string, invoiceId: string) => {
  await workspace.call('clientContacts.create', {
    clientId: id,
    name: canaries.contact,
    email: canaries.contactMail,
    phone: canaries.contactPhone,
    role: canaries.contactRole,
    isPrimary: false,
  })
  await workspace.call('clientNotes.create', { clientId: id, content: canaries.note })
  await workspace.call('attachments.add', {
    entity: 'client',
    entityId: id,
    fileName: canaries.file,
    content: new TextEncoder().encode(canaries.fileContent),
  })
  if ((await workspace.call('mail.account', {})).account === null) await workspace.call('mail.saveAccount', account)
  await workspace.call('mail.send', {
    entity: 'invoice',
    entityId: invoiceId,
    to: [canaries.mailTo],
    subject: canaries.mailSubject,
    body: canaries.mailBody,
  })
  const content = await contentFor(workspace, id, {
    notes: canaries.draftNotes,
    lines: [line({ name: canaries.draftLine })],
  })
  await makeDraft(workspace, id, content)
  await makeQuoteDraft(workspace, id, { notes: canaries.draftNotes })
  const schedule = {
    name: canaries.recurring,
    unit: 'month' as const,
    every: 1,
    anchor: 'same-day' as const,
    startsOn: '2027-01-15',
    endsOn: null,
    count: null,
    action: 'draft' as const,
    prices: 'fixed' as const,
    catchUp: 'ask' as const,
    content,
  }
  await workspace.call('recurringInvoices.create', { id: v7(), values: schedule })
}

/** A client with a canary in every field, and everything that can hang on one; the documents' dates may be long past. */
export const makePerson = async (workspace: Workspace, issuedOn = '2026-11-21') => {
  const values = {
    kind: 'person' as const,
    name: canaries.earlierName,
    email: canaries.email,
    phone: canaries.phone,
    website: canaries.website,
    address,
    deliveryAddress: { ...address, line1: canaries.delivery },
    taxIds: [{ label: 'VAT', value: canaries.taxId, keptReason: 'As they write it' }],
    summary: canaries.summary,
  }
  const { id } = await workspace.call('clients.create', values, { idempotencyKey: v7() })
  const { version } = await workspace.call('clients.get', { id })
  await workspace.call('clients.update', { ...values, id, version, name: canaries.name })
  const paid = await makeInvoice(workspace, id, { issuedOn, pricesIncludeTax: false })
  const open = await makeInvoice(workspace, id, { issuedOn: '2026-11-21' })
  await makePayment(workspace, id, '120', [{ invoiceId: paid.id, amount: '120' }])
  await makeQuote(workspace, id)
  await workspace.call('creditNotes.issue', await makeCreditDraft(workspace, id))
  await writeAround(workspace, id, open.id)
  return { id, paid, open }
}

/** An input that works for each procedure of the rights of people. */
export const personInputs: Readonly<Record<string, Make>> = {
  'dataRights.exportData': async (workspace) => ({ clientId: (await makePerson(workspace)).id }),
  'dataRights.previewErasure': async (workspace) => ({ clientId: (await makePerson(workspace)).id }),
  'dataRights.erase': async (workspace) => {
    const { client } = await workspace.call('dataRights.previewErasure', { clientId: (await makePerson(workspace)).id })
    return {
      clientId: client.id,
      version: client.version,
      askedBy: 'authority',
      reason: 'Asked by letter',
      confirmation: client.code,
    }
  },
  'dataRights.erasures': () => ({}),
}
