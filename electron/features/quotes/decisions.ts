import { z } from 'zod'
import { readJson, toJson } from '../../../db/json.ts'
import type { contract, Input } from '../../../shared/contract/index.ts'
import type { QuoteContent } from '../../../shared/contract/quotes.ts'
import { choiceProblems } from '../../../shared/documents/quote-totals.ts'
import { AppError } from '../../../shared/errors.ts'
import { issueDocument, voidDocument } from '../../documents/issue.ts'
import type { HeadRow } from '../../documents/tables.ts'
import { bookableTotals, totalColumns } from '../../documents/totals.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { lastDayAt } from '../../rpc/days.ts'
import { getRow, updateRow } from '../../rpc/rows.ts'
import { contentOf } from './content.ts'
import { quoteDocument } from './document.ts'
import { invoicesOf } from './shares.ts'

type Quote = HeadRow<'quote'>
type Row = { id: string; version: number }
type Procedures = (typeof contract)['quotes']

// The choice as it was offered, to go back to when a decision is taken back.
const extraSchema = z.looseObject({ chosenLineIds: z.array(z.string()).optional() })

const invalid = (field: string, message: string) =>
  new AppError('VALIDATION', message, { fields: { [field]: message } })

const nameOf = (quote: Pick<Quote, 'number'>) => `Quote ${quote.number ?? ''}`

const assertUninvoiced = async (context: CommandContext, quote: Quote) => {
  const [invoice] = await invoicesOf(context.trx, quote.id)
  if (invoice === undefined) return
  const what = invoice.number === null ? 'a draft invoice' : `invoice ${invoice.number}`
  throw new AppError(
    'INVALID_STATE',
    `${nameOf(quote)} is invoiced by ${what}. Delete or void what was made from it first.`,
  )
}

const assertOpen = (quote: Quote) => {
  if (quote.issuedAt === null) throw new AppError('INVALID_STATE', 'This is a draft: issue it first.')
  if (quote.voidedAt !== null) throw new AppError('INVALID_STATE', `${nameOf(quote)} is void.`)
  if (quote.decision !== null)
    throw new AppError('INVALID_STATE', `${nameOf(quote)} is ${quote.decision} already. Reopen it to decide anew.`)
}

// An offer ends with its last day: taking a late yes is a decision of its own.
const assertNotExpired = ({ validUntil, ...quote }: Quote, on: string, acceptExpired: boolean) => {
  if (validUntil === null || on <= validUntil || acceptExpired) return
  const message = `${nameOf(quote)} expired on ${validUntil}. Say that it is accepted all the same, or revise it.`
  throw new AppError('INVALID_STATE', message, { fields: { acceptExpired: message } })
}

const assertDay = (context: CommandContext, quote: Quote, on: string) => {
  if (on < quote.issuedOn) throw invalid('on', 'This is before the date of the quote.')
  if (on > lastDayAt(context, quote.branchId)) throw invalid('on', 'This day is still to come.')
}

/** Which lines count from now on; AppError VALIDATION for a line that is no choice, or a group without one. */
const withChosen = (content: QuoteContent, chosenLineIds: readonly string[]): QuoteContent => {
  const chosen = new Set(chosenLineIds)
  const open = new Set(content.lines.filter((line) => line.choice !== 'included').map((line) => line.id))
  if (chosenLineIds.some((id) => !open.has(id)))
    throw invalid('chosenLineIds', 'Choose among the optional and alternative lines of this quote.')
  const lines = content.lines.map((line) => ({ ...line, isChosen: line.choice === 'included' || chosen.has(line.id) }))
  const [problem] = Object.values(choiceProblems(lines))
  if (problem !== undefined) throw invalid('chosenLineIds', problem)
  return { ...content, lines }
}

/** Writes the choice of lines; gives the totals that it comes to as columns of the quote. */
const choose = async (context: CommandContext, quote: Quote, chosenLineIds: readonly string[]) => {
  const { trx, organizationId, now } = context
  const before = await contentOf(trx, quote)
  const after = withChosen(before, chosenLineIds)
  for (const [index, line] of after.lines.entries()) {
    if (line.isChosen === before.lines[index]?.isChosen) continue
    await trx
      .updateTable('quoteLines')
      .set((row) => ({ isChosen: line.isChosen ? 1 : 0, updatedAt: now, version: row('version', '+', 1) }))
      .where('id', '=', line.id)
      .execute()
  }
  const { currency } = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
  const rounding = { mode: quote.roundingMode, scope: quote.roundingScope }
  const totals = bookableTotals(() => quoteDocument.calculate(after, rounding))
  return totalColumns(after, totals, rounding, currency)
}

const record = (context: CommandContext, kind: string, quote: Quote, data: Record<string, string | bigint | null>) =>
  context.record({
    kind,
    entity: 'quote',
    entityId: quote.id,
    clientId: quote.clientId,
    data: { number: quote.number, ...data },
  })

/** Freezes a draft under its number, and withdraws the quote whose place it takes. */
export const issueQuote = async (
  context: CommandContext,
  seen: { readonly id: string; readonly version: number; readonly seriesId?: string | null },
): Promise<Row & { number: string }> => {
  const { trx, organizationId } = context
  const draft = await getRow(trx, 'quotes', organizationId, seen.id, 'quote')
  const { lines } = await contentOf(trx, draft)
  const chosenLineIds = lines.filter((line) => line.choice !== 'included' && line.isChosen).map((line) => line.id)
  const extra = toJson({ ...readJson(extraSchema, draft.extra), chosenLineIds })
  const issued = await issueDocument(context, quoteDocument, seen, { extra })
  const revised =
    draft.revisesId === null ? null : await getRow(trx, 'quotes', organizationId, draft.revisesId, 'quote')
  if (revised !== null && revised.voidedAt === null && (await invoicesOf(trx, revised.id)).length === 0) {
    const reason = `Replaced by ${issued.number}.`
    await voidDocument(context, 'quote', { id: revised.id, version: revised.version, reason })
  }
  return issued
}

/** Notes the client's yes, with the lines that they take: the quote comes to those from then on. */
export const acceptQuote = async (context: CommandContext, input: Input<Procedures['accept']>): Promise<Row> => {
  const { id, version, on, by, note, chosenLineIds, acceptExpired } = input
  const quote = await getRow(context.trx, 'quotes', context.organizationId, id, 'quote')
  assertOpen(quote)
  assertDay(context, quote, on)
  assertNotExpired(quote, on, acceptExpired)
  const amounts = chosenLineIds === null ? null : await choose(context, quote, chosenLineIds)
  const decision = { decision: 'accepted', decidedOn: on, decidedBy: by, decisionNote: note } as const
  const updated = await updateRow(context, 'quotes', { id, version }, { ...decision, ...amounts })
  await record(context, 'quote.accepted', quote, {
    by,
    on,
    expiredOn: quote.validUntil !== null && on > quote.validUntil ? quote.validUntil : null,
    currency: quote.currency,
    payableE4: amounts?.payableE4 ?? quote.payableE4,
  })
  return updated
}

/** Notes the client's no. */
export const declineQuote = async (context: CommandContext, input: Input<Procedures['decline']>): Promise<Row> => {
  const { id, version, on, by, note } = input
  const quote = await getRow(context.trx, 'quotes', context.organizationId, id, 'quote')
  assertOpen(quote)
  assertDay(context, quote, on)
  const decision = { decision: 'declined', decidedOn: on, decidedBy: by, decisionNote: note } as const
  const updated = await updateRow(context, 'quotes', { id, version }, decision)
  await record(context, 'quote.declined', quote, { by, on })
  return updated
}

/** Takes a decision back: the quote is as it was offered. */
export const reopenQuote = async (
  context: CommandContext,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<Row> => {
  const quote = await getRow(context.trx, 'quotes', context.organizationId, id, 'quote')
  if (quote.voidedAt !== null) throw new AppError('INVALID_STATE', `${nameOf(quote)} is void and stays so.`)
  if (quote.decision === null) throw new AppError('INVALID_STATE', 'There is no decision to take back.')
  await assertUninvoiced(context, quote)
  const { chosenLineIds } = readJson(extraSchema, quote.extra)
  const amounts = chosenLineIds === undefined ? {} : await choose(context, quote, chosenLineIds)
  const undecided = { decision: null, decidedOn: null, decidedBy: null, decisionNote: null }
  const updated = await updateRow(context, 'quotes', { id, version }, { ...undecided, ...amounts })
  await record(context, 'quote.reopened', quote, {})
  return updated
}

/** Withdraws an issued quote of which nothing was invoiced. */
export const voidQuote = async (context: CommandContext, input: Input<Procedures['void']>): Promise<Row> => {
  const quote = await getRow(context.trx, 'quotes', context.organizationId, input.id, 'quote')
  await assertUninvoiced(context, quote)
  return await voidDocument(context, 'quote', input)
}
