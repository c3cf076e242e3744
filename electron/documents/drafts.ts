import { toJson } from '../../db/json.ts'
import type { DocumentContent } from '../../shared/contract/documents.ts'
import type { DocumentTotals, Rounding } from '../../shared/documents/model.ts'
import { AppError, notFound } from '../../shared/errors.ts'
import { minorUnitsOf } from '../../shared/money/currencies.ts'
import { zero } from '../../shared/money/scaled.ts'
import { branchToWrite } from '../features/branches/to-write.ts'
import { sameCurrency } from '../features/exchange-rates.ts'
import type { CommandContext } from '../rpc/context.ts'
import { deleteRow, findRow, getRow, restoreRow, updateRow } from '../rpc/rows.ts'
import { keepRows, type PartRow } from './kept-rows.ts'
import type { DocumentSpec } from './kind.ts'
import { type DocumentKind, type SharedHead, standIn, titleFor, wordFor } from './tables.ts'
import { bookableTotals, totalColumns } from './totals.ts'

const assertUnique = (what: 'lines' | 'adjustments', ids: readonly string[]) => {
  if (new Set(ids).size === ids.length) return
  throw new AppError('VALIDATION', `Two ${what} have the same id.`, {
    fields: { [what]: 'Each needs an id of its own.' },
  })
}

const columnsOf = async <K extends DocumentKind, C extends DocumentContent>(
  context: CommandContext,
  spec: DocumentSpec<K, C>,
  written: C,
  fixed: Rounding | undefined,
) => {
  const { trx, organizationId } = context
  const organization = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
  // A rate that stayed behind when the currency was changed back would falsify the books.
  const content = written.currency === organization.currency ? { ...written, exchangeRateE10: sameCurrency } : written
  const client =
    content.clientId === null ? null : await getRow(trx, 'clients', organizationId, content.clientId, 'client')
  const rounding = fixed ?? { mode: organization.roundingMode, scope: organization.roundingScope }
  const totals = bookableTotals(() => spec.calculate(content, rounding))
  const branchId = await branchToWrite(context, content.branchId)
  return {
    totals,
    columns: {
      clientId: content.clientId,
      clientName: client?.name ?? '',
      ...(branchId === undefined ? {} : { branchId }),
      currency: content.currency,
      minorUnits: minorUnitsOf(content.currency),
      exchangeRateE10: content.exchangeRateE10,
      language: content.language,
      reference: content.reference,
      orderReference: content.orderReference,
      buyerReference: content.buyerReference,
      issuedOn: content.issuedOn,
      supplyFrom: content.supplyFrom,
      supplyTo: content.supplyTo,
      taxTreatment: content.taxTreatment,
      placeOfSupply: content.placeOfSupply,
      pricesIncludeTax: content.pricesIncludeTax ? 1 : 0,
      roundingMode: rounding.mode,
      roundingScope: rounding.scope,
      payableStepE4: content.payableStepE4,
      notes: content.notes,
      terms: content.terms,
      templateId: content.templateId,
      ...totalColumns(content, totals, rounding, organization.currency),
      ...spec.headColumns(content),
    },
  }
}

const saveParts = async <K extends DocumentKind, C extends DocumentContent>(
  context: CommandContext,
  spec: DocumentSpec<K, C>,
  id: string,
  content: C,
  totals: DocumentTotals,
) => {
  const { lines, adjustments, parent } = standIn(spec.kind)
  const lineRows = content.lines.map((line: C['lines'][number], position) => ({
    id: line.id,
    itemId: line.itemId,
    code: line.code,
    name: line.name,
    description: line.description,
    classification: line.classification,
    quantityE6: line.quantityE6,
    unit: line.unit,
    priceE6: line.priceE6,
    baseQuantityE6: line.baseQuantityE6,
    position,
    adjustments: toJson(line.adjustments),
    taxes: toJson(line.taxes),
    grossE4: totals.lines[position]?.grossE4 ?? zero,
    netE4: totals.lines[position]?.netE4 ?? zero,
    taxE4: totals.lines[position]?.taxE4 ?? zero,
    totalE4: totals.lines[position]?.totalE4 ?? zero,
    ...spec.lineColumns(line),
  }))
  await keepRows(context, lines, parent, id, lineRows satisfies PartRow<'invoiceLines'>[])
  await keepRows(
    context,
    adjustments,
    parent,
    id,
    content.adjustments.map(({ taxes, ...adjustment }, position) => ({
      ...adjustment,
      position,
      taxes: taxes === null ? null : toJson(taxes),
      resultE4: totals.adjustments[position]?.amountE4 ?? zero,
    })),
  )
}

const assertOwnRows = async (context: CommandContext, kind: DocumentKind, id: string, content: DocumentContent) => {
  const ids = content.lines.map((line) => line.id)
  if (ids.length === 0) return
  const { lines, parent } = standIn(kind)
  const foreign = await context.trx
    .selectFrom(lines)
    .select('id')
    .where('id', 'in', ids)
    .where(parent, '!=', id)
    .limit(1)
    .executeTakeFirst()
  if (foreign !== undefined)
    throw new AppError('VALIDATION', `A line belongs to another ${wordFor(kind)}. Give the lines new ids.`)
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

const taxesOf = ({ lines, adjustments }: DocumentContent) => [
  ...lines.flatMap((line) => line.taxes),
  ...adjustments.flatMap((adjustment) => adjustment.taxes ?? []),
]

export type DraftToSave<C> = {
  readonly id: string
  readonly version: number | null
  readonly content: C
  readonly extra?: string
  /** How the document rounds, where it is not as the organization does. */
  readonly rounding?: Rounding
}

// What a draft has only later; a row names every column.
const unissued = {
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
} as const

const insertDraft = async <K extends DocumentKind, C extends DocumentContent>(
  context: CommandContext,
  spec: DocumentSpec<K, C>,
  { id, content, extra, rounding }: DraftToSave<C>,
) => {
  const { columns, totals } = await columnsOf(context, spec, content, rounding)
  const at = { branchId: context.branchId }
  const row = { ...context.newRow(), ...at, ...unissued, ...spec.newColumns, ...columns, id }
  await context.trx
    .insertInto(standIn(spec.kind).head)
    // `newColumns` and `headColumns` hold what the table of this kind has beside the shared columns: see `standIn`.
    .values({ ...row, ...(extra === undefined ? {} : { extra }) } as typeof row & NeverMissing)
    .execute()
  await context.record({ kind: `${spec.kind}.created`, entity: spec.kind, entityId: id, clientId: content.clientId })
  return { saved: { id, version: 1 }, totals }
}

// Columns that invoices need and other kinds do not have.
type NeverMissing = {
  readonly dueOn: string | null
  readonly paymentTermsDays: number | null
  readonly settledOn: null
  readonly correctsId: null
}

/** Refuses to change what is issued; AppError NOT_FOUND or IMMUTABLE. */
const draftRow = async (context: CommandContext, kind: DocumentKind, id: string): Promise<SharedHead> => {
  const before = await findRow(context.trx, standIn(kind).head, context.organizationId, id)
  if (before === undefined) throw notFound(wordFor(kind), id)
  if (before.issuedAt !== null)
    throw new AppError('IMMUTABLE', `${titleFor(kind)} ${before.number ?? ''} is issued and does not change.`)
  return before
}

const updateDraft = async <K extends DocumentKind, C extends DocumentContent>(
  context: CommandContext,
  spec: DocumentSpec<K, C>,
  { id, content }: DraftToSave<C>,
  version: number,
) => {
  const before = await draftRow(context, spec.kind, id)
  const { columns, totals } = await columnsOf(context, spec, content, {
    mode: before.roundingMode,
    scope: before.roundingScope,
  })
  const saved = await updateRow(context, standIn(spec.kind).head, { id, version }, columns)
  await assertOwnRows(context, spec.kind, id, content)
  return { saved, totals }
}

/** Makes a draft, or saves one that the caller saw at `version`; totals come from the kernel, never from the caller. */
export const saveDocument = async <K extends DocumentKind, C extends DocumentContent>(
  context: CommandContext,
  spec: DocumentSpec<K, C>,
  draft: DraftToSave<C>,
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
    version === null ? await insertDraft(context, spec, draft) : await updateDraft(context, spec, draft, version)
  await saveParts(context, spec, id, content, totals)
  return { ...saved, savedAt: context.now }
}

/** Deletes a draft that the caller saw at `version`; AppError IMMUTABLE if it is issued. */
export const deleteDocumentDraft = async (
  context: CommandContext,
  kind: DocumentKind,
  seen: { readonly id: string; readonly version: number },
): Promise<{ id: string; version: number }> => {
  const { head } = standIn(kind)
  const row = await getRow(context.trx, head, context.organizationId, seen.id, wordFor(kind))
  if (row.issuedAt !== null)
    throw new AppError('IMMUTABLE', `${titleFor(kind)} ${row.number ?? ''} is issued: make it void instead.`)
  return await deleteRow(context, head, seen)
}

/** Takes back the deletion of a draft; a live one stays as it is. */
export const restoreDocumentDraft = (
  context: CommandContext,
  kind: DocumentKind,
  id: string,
): Promise<{ id: string; version: number }> => restoreRow(context, standIn(kind).head, id)
