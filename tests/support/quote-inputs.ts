import { v7 } from 'uuid'
import { amountOf, percentOf, quantityOf } from '../../shared/money/decimal-string.ts'
import { makeClient, makeQuote, makeQuoteDraft, quoteContentFor, quoteLine } from './factories.ts'
import type { Workspace } from './workspace.ts'

type Make = (workspace: Workspace) => object | Promise<object>

const on = '2026-11-21'

const content = async (workspace: Workspace) =>
  quoteContentFor(workspace, await makeClient(workspace), {
    notes: 'Thank you',
    lines: [
      quoteLine(),
      quoteLine({ price: '10', choice: 'optional', isChosen: false }),
      quoteLine({ rate: '5', choice: 'alternative', groupName: 'Roof' }),
    ],
    adjustments: [
      {
        id: v7(),
        kind: 'charge',
        reason: 'Postage',
        amountE4: amountOf('5'),
        percentE6: null,
        baseE4: null,
        taxes: null,
      },
    ],
  })

const draft = async (workspace: Workspace) => makeQuoteDraft(workspace, await makeClient(workspace))

const issued = async (workspace: Workspace) => {
  const { id, version } = await makeQuote(workspace, await makeClient(workspace))
  return { id, version }
}

const accepted = async (workspace: Workspace) =>
  workspace.call('quotes.accept', { ...(await issued(workspace)), on, by: 'Ann Field' })

const lineOf = async (workspace: Workspace, id: string) =>
  (await workspace.call('quotes.get', { id })).content.lines[0]?.id ?? ''

/** An input that works for each procedure of quotes. */
export const quoteInputs: Readonly<Record<string, Make>> = {
  'quotes.list': async (workspace) => ({
    cursor: null,
    limit: 20,
    search: 'rose',
    filter: 'open',
    clientId: await makeClient(workspace),
    from: '2026-01-01',
    to: '2026-12-31',
    sort: 'validUntil',
    direction: 'asc',
  }),
  'quotes.totals': async (workspace) => ({
    search: 'rose',
    where: { match: 'all', groups: [{ match: 'any', conditions: [{ field: 'total', operator: 'more', value: '1' }] }] },
    filter: 'open',
    clientId: await makeClient(workspace),
    from: '2026-01-01',
    to: '2026-12-31',
  }),
  'quotes.markSent': async (workspace) => ({ ...(await issued(workspace)), on, how: 'post', note: 'RM 1234' }),
  'quotes.takeBackSent': async (workspace) =>
    workspace.call('quotes.markSent', { ...(await issued(workspace)), on, how: 'post' }),
  'quotes.stats': async (workspace) => ({ clientId: await makeClient(workspace) }),
  'quotes.get': async (workspace) => ({ id: (await draft(workspace)).id }),
  'quotes.blank': async (workspace) => ({ clientId: await makeClient(workspace) }),
  'quotes.saveDraft': async (workspace) => ({ id: v7(), version: null, content: await content(workspace) }),
  'quotes.deleteDraft': draft,
  'quotes.restoreDraft': async (workspace) => ({ id: (await draft(workspace)).id }),
  'quotes.issue': draft,
  'quotes.accept': async (workspace) => ({
    ...(await issued(workspace)),
    on,
    by: 'Ann Field',
    note: 'By telephone',
    chosenLineIds: [],
  }),
  'quotes.decline': async (workspace) => ({ ...(await issued(workspace)), on, by: 'Ann Field', note: 'Too dear' }),
  'quotes.reopen': accepted,
  'quotes.void': async (workspace) => ({ ...(await issued(workspace)), reason: 'Wrong client' }),
  'quotes.duplicate': async (workspace) => ({ id: (await issued(workspace)).id, newId: v7(), revise: true }),
  'quotes.previewInvoice': async (workspace) => {
    const { id } = await accepted(workspace)
    const lines = [{ lineId: await lineOf(workspace, id), quantityE6: quantityOf('0.5') }]
    return { id, conversion: { kind: 'lines', lines } }
  },
  'quotes.toInvoice': async (workspace) => ({
    ...(await accepted(workspace)),
    invoiceId: v7(),
    conversion: { kind: 'deposit', percentE6: percentOf('30') },
  }),
  'quotes.preview': async (workspace) => ({ content: await content(workspace) }),
  'quotes.pdf': async (workspace) => ({ id: (await draft(workspace)).id }),
}

/** A row for every command of quotes that names the version it saw, and the input that would change it. */
export const quoteConflicts = async (workspace: Workspace) => {
  const of = ({ id }: { readonly id: string }, more: object = {}) => ({ table: 'quotes', id, input: { id, ...more } })
  const written = await draft(workspace)
  const open = await issued(workspace)
  const won = await accepted(workspace)
  const decided = { on, by: 'Ann Field' }
  return {
    'quotes.saveDraft': of(written, { content: await content(workspace) }),
    'quotes.deleteDraft': of(written),
    'quotes.issue': of(written),
    'quotes.accept': of(open, decided),
    'quotes.decline': of(open, decided),
    'quotes.void': of(open, { reason: 'Wrong client' }),
    'quotes.reopen': of(won),
    'quotes.markSent': of(open, { on, how: 'post' }),
    'quotes.takeBackSent': of(
      await workspace.call('quotes.markSent', { ...(await issued(workspace)), on, how: 'post' }),
    ),
    'quotes.toInvoice': of(won, { invoiceId: v7(), conversion: { kind: 'final' } }),
  }
}
