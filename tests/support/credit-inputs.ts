import { v7 } from 'uuid'
import { amountOf, exchangeRateOf } from '../../shared/money/decimal-string.ts'
import { line, makeClient, makeInvoice, makePayment } from './factories.ts'
import type { Workspace } from './workspace.ts'

type Make = (workspace: Workspace) => object | Promise<object>

const on = '2026-11-22'

/** A draft of a free credit note of 60.00. */
export const makeCreditDraft = async (workspace: Workspace, clientId: string) => {
  const { content } = await workspace.call('creditNotes.blank', { clientId })
  const { id, version } = await workspace.call('creditNotes.saveDraft', {
    id: v7(),
    version: null,
    content: { ...content, reason: 'Goodwill', lines: [{ ...line({ price: '50' }), invoiceLineId: null }] },
  })
  return { id, version }
}

/** An issued credit note of 60.00, used for 20.00 of an invoice of 120.00. */
export const makeUsedCredit = async (workspace: Workspace) => {
  const clientId = await makeClient(workspace)
  const invoice = await makeInvoice(workspace, clientId)
  const { number: _number, ...issued } = await workspace.call(
    'creditNotes.issue',
    await makeCreditDraft(workspace, clientId),
  )
  const { id, version } = await workspace.call('creditNotes.apply', {
    ...issued,
    on,
    applications: [{ invoiceId: invoice.id, amountE4: amountOf('20') }],
  })
  const [application] = (await workspace.call('creditNotes.get', { id })).applications
  return { clientId, invoice, note: { id, version }, applicationId: application?.id ?? '' }
}

const seenInvoice = async (workspace: Workspace) => {
  const { id, version } = await makeInvoice(workspace, await makeClient(workspace))
  return { invoiceId: id, invoiceVersion: version }
}

/** A refund of 5.00 of a payment. */
export const makeRefund = async (workspace: Workspace) => {
  const payment = await makePayment(workspace, await makeClient(workspace), '10')
  const { id, version } = await workspace.call('refunds.create', {
    paymentId: payment.id,
    refundedOn: on,
    amountE4: amountOf('5'),
  })
  return { id, version }
}

const issuedCredit = async (workspace: Workspace) => {
  const draft = await makeCreditDraft(workspace, await makeClient(workspace))
  const { id, version } = await workspace.call('creditNotes.issue', draft)
  return { id, version }
}

/** An input that works for each procedure of credit notes, refunds and write-offs. */
export const creditInputs: Readonly<Record<string, Make>> = {
  'creditNotes.list': async (workspace) => ({
    cursor: null,
    limit: 20,
    search: 'rose',
    filter: 'issued',
    clientId: await makeClient(workspace),
    invoiceId: (await seenInvoice(workspace)).invoiceId,
    from: '2026-01-01',
    to: '2026-12-31',
    sort: 'payable',
    direction: 'asc',
  }),
  'creditNotes.totals': async (workspace) => ({
    search: 'rose',
    filter: 'issued',
    clientId: await makeClient(workspace),
    invoiceId: null,
    from: '2026-01-01',
    to: '2026-12-31',
  }),
  'creditNotes.markSent': async (workspace) => ({
    ...(await issuedCredit(workspace)),
    on: '2026-11-21',
    how: 'handed-over',
  }),
  'creditNotes.takeBackSent': async (workspace) =>
    workspace.call('creditNotes.markSent', { ...(await issuedCredit(workspace)), on: '2026-11-21', how: 'post' }),
  'creditNotes.stats': async (workspace) => ({ clientId: await makeClient(workspace) }),
  'creditNotes.get': async (workspace) => ({ id: (await makeUsedCredit(workspace)).note.id }),
  'creditNotes.blank': async (workspace) => ({ clientId: await makeClient(workspace) }),
  'creditNotes.left': async (workspace) => ({ invoiceId: (await seenInvoice(workspace)).invoiceId }),
  'creditNotes.fromInvoice': async (workspace) => ({
    invoiceId: (await seenInvoice(workspace)).invoiceId,
    scope: { kind: 'amount', amountE4: amountOf('12') },
  }),
  'creditNotes.creditInvoice': async (workspace) => ({
    id: v7(),
    ...(await seenInvoice(workspace)),
    scope: { kind: 'whole' },
    issuedOn: on,
    reason: 'Returned',
    apply: true,
  }),
  'creditNotes.correctInvoice': async (workspace) => ({
    ...(await seenInvoice(workspace)),
    reason: 'Wrong price',
    creditNoteId: v7(),
    newInvoiceId: v7(),
    content: null,
    issue: true,
  }),
  'creditNotes.saveDraft': async (workspace) => {
    const { invoiceId } = await seenInvoice(workspace)
    const { content } = await workspace.call('creditNotes.fromInvoice', { invoiceId, scope: { kind: 'whole' } })
    return { id: v7(), version: null, content: { ...content, reason: 'Returned', notes: 'Words' } }
  },
  'creditNotes.deleteDraft': async (workspace) => makeCreditDraft(workspace, await makeClient(workspace)),
  'creditNotes.restoreDraft': async (workspace) => ({
    id: (await makeCreditDraft(workspace, await makeClient(workspace))).id,
  }),
  'creditNotes.issue': async (workspace) => makeCreditDraft(workspace, await makeClient(workspace)),
  'creditNotes.void': async (workspace) => ({ ...(await issuedCredit(workspace)), reason: 'Not given' }),
  'creditNotes.apply': async (workspace) => {
    const { note, invoice } = await makeUsedCredit(workspace)
    return { ...note, on, applications: [{ invoiceId: invoice.id, amountE4: amountOf('5') }] }
  },
  'creditNotes.unapply': async (workspace) => {
    const { note, applicationId } = await makeUsedCredit(workspace)
    return { ...note, applicationId }
  },
  'creditNotes.preview': async (workspace) => ({
    content: (await workspace.call('creditNotes.blank', { clientId: await makeClient(workspace) })).content,
  }),
  'creditNotes.pdf': async (workspace) => ({
    id: (await makeCreditDraft(workspace, await makeClient(workspace))).id,
  }),
  'refunds.list': async (workspace) => ({ cursor: null, limit: 20, clientId: await makeClient(workspace) }),
  'refunds.sources': async (workspace) => ({ clientId: await makeClient(workspace) }),
  'refunds.create': async (workspace) => ({
    paymentId: (await makePayment(workspace, await makeClient(workspace), '10')).id,
    creditNoteId: null,
    refundedOn: on,
    method: 'card',
    amountE4: amountOf('4'),
    exchangeRateE10: exchangeRateOf('1'),
    reference: 'R',
    notes: 'N',
  }),
  'refunds.cancel': async (workspace) => ({ ...(await makeRefund(workspace)), on, reason: 'Refused' }),
  'writeOffs.create': async (workspace) => ({
    ...(await seenInvoice(workspace)),
    amountE4: amountOf('1'),
    on,
    reason: 'Rounding',
  }),
  'writeOffs.reverse': async (workspace) => {
    const { id } = await workspace.call('writeOffs.create', {
      ...(await seenInvoice(workspace)),
      amountE4: amountOf('1'),
      on,
      reason: 'Rounding',
    })
    return { id, on }
  },
}

/** A row for each command of these that names the version it saw: table, id, and the rest of its input. */
export const creditConflicts = async (workspace: Workspace) => {
  const { clientId, invoice, note, applicationId } = await makeUsedCredit(workspace)
  const draft = await makeCreditDraft(workspace, clientId)
  const refund = await makeRefund(workspace)
  const unused = await issuedCredit(workspace)
  const { content } = await workspace.call('creditNotes.get', { id: draft.id })
  const of = (id: string, more: object = {}) => ({ table: 'credit_notes', id, input: { id, ...more } })
  return {
    'creditNotes.saveDraft': of(draft.id, { content }),
    'creditNotes.deleteDraft': of(draft.id),
    'creditNotes.issue': of(draft.id),
    'creditNotes.markSent': of(unused.id, { on: '2026-11-21', how: 'post' }),
    'creditNotes.takeBackSent': of(
      (
        await workspace.call('creditNotes.markSent', {
          ...(await issuedCredit(workspace)),
          on: '2026-11-21',
          how: 'post',
        })
      ).id,
    ),
    'creditNotes.void': of(unused.id, { reason: 'Not given' }),
    'creditNotes.apply': of(note.id, { on, applications: [{ invoiceId: invoice.id, amountE4: amountOf('1') }] }),
    'creditNotes.unapply': of(note.id, { applicationId }),
    'refunds.cancel': { table: 'refunds', id: refund.id, input: { id: refund.id, on, reason: 'Refused' } },
  }
}
