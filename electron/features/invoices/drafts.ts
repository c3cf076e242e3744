import { toJson } from '../../../db/json.ts'
import { dateField } from '../../../shared/contract/fields.ts'
import type { InvoiceContent } from '../../../shared/contract/invoices.ts'
import type { DocumentTotals, Rounding } from '../../../shared/documents/model.ts'
import { dueDateOf } from '../../../shared/documents/terms.ts'
import { AppError, notFound } from '../../../shared/errors.ts'
import { minorUnitsOf } from '../../../shared/money/currencies.ts'
import { zero } from '../../../shared/money/scaled.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { findRow, getRow, updateRow } from '../../rpc/rows.ts'
import { sameCurrency } from '../exchange-rates.ts'
import { keepRows } from './kept-rows.ts'
import { totalColumns, totalsOf } from './totals.ts'

const assertUnique = (what: 'lines' | 'adjustments', ids: readonly string[]) => {
  if (new Set(ids).size === ids.length) return
  throw new AppError('VALIDATION', `Two ${what} have the same id.`, {
    fields: { [what]: 'Each needs an id of its own.' },
  })
}

// The date that terms lead to; a date that a person set wins.
const dueOnOf = ({ dueOn, issuedOn, paymentTermsDays }: InvoiceContent) => {
  if (dueOn !== null || paymentTermsDays === null) return dueOn
  const due = dueDateOf(issuedOn, { kind: 'days', days: paymentTermsDays })
  if (dateField.safeParse(due).success) return due
  const message = `These terms lead to ${due}, which is too late to be a date of business.`
  throw new AppError('VALIDATION', message, { fields: { paymentTermsDays: message } })
}

const columnsOf = async (context: CommandContext, written: InvoiceContent, fixed: Rounding | undefined) => {
  const { trx, organizationId } = context
  const organization = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
  // A rate that stayed behind when the currency was changed back would falsify the books.
  const content = written.currency === organization.currency ? { ...written, exchangeRateE10: sameCurrency } : written
  const client =
    content.clientId === null ? null : await getRow(trx, 'clients', organizationId, content.clientId, 'client')
  const rounding = fixed ?? { mode: organization.roundingMode, scope: organization.roundingScope }
  const totals = totalsOf(content, rounding)
  const { lines: _lines, adjustments: _adjustments, pricesIncludeTax, roundingAmountE4: _rounding, ...values } = content
  return {
    totals,
    columns: {
      ...values,
      dueOn: dueOnOf(content),
      clientName: client?.name ?? '',
      minorUnits: minorUnitsOf(content.currency),
      pricesIncludeTax: pricesIncludeTax ? 1 : 0,
      roundingMode: rounding.mode,
      roundingScope: rounding.scope,
      ...totalColumns(content, totals, rounding, organization.currency),
    },
  }
}

const saveLines = (context: CommandContext, invoiceId: string, content: InvoiceContent, totals: DocumentTotals) =>
  keepRows(
    context,
    'invoiceLines',
    invoiceId,
    content.lines.map(({ adjustments, taxes, ...line }, position) => ({
      ...line,
      position,
      adjustments: toJson(adjustments),
      taxes: toJson(taxes),
      grossE4: totals.lines[position]?.grossE4 ?? zero,
      netE4: totals.lines[position]?.netE4 ?? zero,
      taxE4: totals.lines[position]?.taxE4 ?? zero,
      totalE4: totals.lines[position]?.totalE4 ?? zero,
    })),
  )

const saveAdjustments = (context: CommandContext, invoiceId: string, content: InvoiceContent, totals: DocumentTotals) =>
  keepRows(
    context,
    'invoiceAdjustments',
    invoiceId,
    content.adjustments.map(({ taxes, ...adjustment }, position) => ({
      ...adjustment,
      position,
      taxes: taxes === null ? null : toJson(taxes),
      resultE4: totals.adjustments[position]?.amountE4 ?? zero,
    })),
  )

const assertOwnRows = async (context: CommandContext, invoiceId: string, content: InvoiceContent) => {
  const ids = content.lines.map((line) => line.id)
  if (ids.length === 0) return
  const foreign = await context.trx
    .selectFrom('invoiceLines')
    .select('id')
    .where('id', 'in', ids)
    .where('invoiceId', '!=', invoiceId)
    .limit(1)
    .executeTakeFirst()
  if (foreign !== undefined)
    throw new AppError('VALIDATION', 'A line belongs to another invoice. Give the lines new ids.')
}

const assertKnown = async (
  { trx, organizationId }: CommandContext,
  table: 'items' | 'taxRates',
  what: string,
  named: readonly (string | null)[],
) => {
  const ids = [...new Set(named.flatMap((id) => id ?? []))]
  if (ids.length === 0) return
  const found = await trx
    .selectFrom(table)
    .select('id')
    .where('id', 'in', ids)
    .where('organizationId', '=', organizationId)
    .execute()
  const known = new Set(found.map(({ id }) => id))
  const missing = ids.find((id) => !known.has(id))
  if (missing !== undefined) throw notFound(what, missing)
}

const taxesOf = ({ lines, adjustments }: InvoiceContent) => [
  ...lines.flatMap((line) => line.taxes),
  ...adjustments.flatMap((adjustment) => adjustment.taxes ?? []),
]

type DraftToSave = {
  readonly id: string
  readonly version: number | null
  readonly content: InvoiceContent
  readonly extra?: string
  /** How the document rounds, where it is not as the organization does. */
  readonly rounding?: Rounding
}

// What a draft has only later; a row names every column.
const unissued = {
  branchId: null,
  seriesId: null,
  number: null,
  counter: null,
  period: null,
  seller: null,
  buyer: null,
  issuedAt: null,
  voidedAt: null,
  voidReason: null,
  pdfSha256: null,
  sentAt: null,
  settledOn: null,
  correctsId: null,
} as const

const insertDraft = async (context: CommandContext, { id, content, extra, rounding }: DraftToSave) => {
  const { columns, totals } = await columnsOf(context, content, rounding)
  await context.trx
    .insertInto('invoices')
    .values({ ...context.newRow(), ...columns, ...unissued, id, ...(extra === undefined ? {} : { extra }) })
    .execute()
  await context.record({ kind: 'invoice.created', entity: 'invoice', entityId: id, clientId: content.clientId })
  return { saved: { id, version: 1 }, totals }
}

const updateDraft = async (context: CommandContext, { id, content }: DraftToSave, version: number) => {
  const before = await findRow(context.trx, 'invoices', context.organizationId, id)
  if (before === undefined) throw notFound('invoice', id)
  if (before.issuedAt !== null)
    throw new AppError('IMMUTABLE', `Invoice ${before.number ?? ''} is issued and does not change.`)
  const { columns, totals } = await columnsOf(context, content, {
    mode: before.roundingMode,
    scope: before.roundingScope,
  })
  const saved = await updateRow(context, 'invoices', { id, version }, columns)
  await assertOwnRows(context, id, content)
  return { saved, totals }
}

/** Makes a draft, or saves one that the caller saw at `version`; totals come from the kernel, never from the caller. */
export const saveDraft = async (
  context: CommandContext,
  draft: DraftToSave,
): Promise<{ id: string; version: number; savedAt: string }> => {
  const { id, version, content } = draft
  assertUnique(
    'lines',
    content.lines.map((line) => line.id),
  )
  assertUnique(
    'adjustments',
    content.adjustments.map((adjustment) => adjustment.id),
  )
  await assertKnown(
    context,
    'items',
    'item',
    content.lines.map((line) => line.itemId),
  )
  await assertKnown(
    context,
    'taxRates',
    'tax rate',
    taxesOf(content).map((tax) => tax.taxRateId),
  )
  const { saved, totals } =
    version === null ? await insertDraft(context, draft) : await updateDraft(context, draft, version)
  await saveLines(context, id, content, totals)
  await saveAdjustments(context, id, content, totals)
  return { ...saved, savedAt: context.now }
}
