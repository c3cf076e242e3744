import { toJson } from '../../db/json.ts'
import type { DocumentContent } from '../../shared/contract/documents.ts'
import type { TaxTotals } from '../../shared/documents/model.ts'
import { AppError, notFound } from '../../shared/errors.ts'
import { type Amount, zero } from '../../shared/money/scaled.ts'
import { taxPointOf } from '../../shared/tax/propose.ts'
import { missingRate, sameCurrency } from '../features/exchange-rates.ts'
import { tooFine } from '../features/minor-units.ts'
import { type TakenNumber, takeNumber } from '../features/numbering.ts'
import { wrongRate } from '../features/tax-rates.ts'
import { refuseLockedPeriod } from '../features/tax-settings/locks.ts'
import type { CommandContext } from '../rpc/context.ts'
import { todayAt } from '../rpc/days.ts'
import { findRow, getRow, unlike, updateRow } from '../rpc/rows.ts'
import type { DocumentSpec } from './kind.ts'
import { designFor, paidToFor, withAccount, withPaper } from './paper.ts'
import { buyerOf, sellerOf } from './snapshots.ts'
import { type DocumentKind, type HeadRow, type SharedHead, standIn, titleFor, wordFor } from './tables.ts'
import { type BaseTax, baseTaxes, bookableTotals, totalColumns } from './totals.ts'
import { wordingFor } from './wording.ts'

// What a document must say before it may go out; the paths are those of the content, for the editor to mark.
const assertComplete = (
  kind: DocumentKind,
  content: DocumentContent,
  baseCurrency: string,
  own: Readonly<Record<string, string>>,
) => {
  const fields: Record<string, string> = {}
  if (content.clientId === null) fields['clientId'] = `Choose who this ${wordFor(kind)} is for.`
  if (content.lines.length === 0) fields['lines'] = 'Add at least one line.'
  for (const [index, line] of content.lines.entries()) {
    if (line.name === '') fields[`lines.${index}.name`] = 'Say what this line is for.'
    for (const { category, rateE6 } of line.taxes) {
      const problem = wrongRate(category, rateE6)
      if (problem !== null) fields[`lines.${index}.taxes`] = problem
    }
  }
  if (content.supplyFrom !== null && content.supplyTo !== null && content.supplyTo < content.supplyFrom) {
    fields['supplyTo'] = 'The end of the period is before its beginning.'
  }
  const fine = tooFine(content.roundingAmountE4 ?? zero, content.currency)
  if (fine !== null) fields['roundingAmountE4'] = fine
  Object.assign(fields, own)
  const rate = missingRate(content.currency, baseCurrency, content.exchangeRateE10)
  if (rate !== null) fields['exchangeRateE10'] = rate
  const first = Object.values(fields)[0]
  if (first !== undefined) throw new AppError('VALIDATION', first, { fields })
}

const exemptionOf = (content: DocumentContent, tax: TaxTotals): string | null => {
  for (const line of content.lines) {
    for (const { category, rateE6, exemptionReason } of line.taxes) {
      if (category === tax.category && rateE6 === tax.rateE6 && exemptionReason !== null) return exemptionReason
    }
  }
  return null
}

const insertTaxes = async (
  context: CommandContext,
  kind: DocumentKind,
  documentId: string,
  content: DocumentContent,
  taxes: readonly TaxTotals[],
  base: readonly BaseTax[],
) => {
  if (taxes.length === 0) return
  const { taxes: table, parent } = standIn(kind)
  // The column by which a tax names its document is the one of its kind: see `standIn`.
  const owner = { [parent]: documentId } as { readonly invoiceId: string }
  await context.trx
    .insertInto(table)
    .values(
      taxes.map((tax, position) => ({
        ...context.newRow(),
        ...owner,
        position,
        name: tax.name,
        category: tax.category,
        rateE6: tax.rateE6,
        isCompound: tax.compound ? 1 : 0,
        taxableE4: tax.taxableE4,
        taxE4: tax.taxE4,
        baseTaxableE4: base[position]?.taxableE4 ?? zero,
        baseTaxE4: base[position]?.taxE4 ?? zero,
        exemptionReason: exemptionOf(content, tax),
      })),
    )
    .execute()
}

const draftToIssue = async <K extends DocumentKind>(
  context: CommandContext,
  kind: K,
  id: string,
): Promise<HeadRow<K> & SharedHead> => {
  const draft = await findRow(context.trx, standIn(kind).head, context.organizationId, id)
  if (draft === undefined || draft.deletedAt !== null) throw notFound(wordFor(kind), id)
  if (draft.issuedAt !== null)
    throw new AppError('INVALID_STATE', `This ${wordFor(kind)} is already issued as ${draft.number ?? ''}.`)
  // Read from the table of this kind: see `standIn`.
  return draft as unknown as HeadRow<K> & SharedHead
}

/** What is known of a document beside its draft. */
export type IssueDetails = {
  readonly extra?: string
  /** A document of the past keeps the number that it has. */
  readonly past?: TakenNumber
  /** The parties as another document kept them; those of today if left out. */
  readonly seller?: string
  readonly buyer?: string
  /** Base amounts that add up with those of other documents; by the document's own rate if left out. */
  readonly base?: { readonly baseTotalE4: Amount; readonly baseTaxE4: Amount }
}

/**
 * Gives a draft its number and freezes it with everything it prints, in one transaction; its PDF is made after the
 * commit. AppError VALIDATION names what is missing, INVALID_STATE if it is issued already.
 */
export const issueDocument = async <K extends DocumentKind, C extends DocumentContent>(
  context: CommandContext,
  spec: DocumentSpec<K, C>,
  {
    id,
    version,
    seriesId: chosen,
  }: { readonly id: string; readonly version: number; readonly seriesId?: string | null },
  { past, base: given, ...more }: IssueDetails = {},
): Promise<{ id: string; version: number; number: string }> => {
  const { trx, organizationId } = context
  const { kind } = spec
  const draft = await draftToIssue(context, kind, id)
  const organization = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
  const written = await spec.contentOf(trx, draft)
  // Written before the business chose this currency for its books, it may still hold a rate.
  const content = written.currency === organization.currency ? { ...written, exchangeRateE10: sameCurrency } : written
  assertComplete(kind, content, organization.currency, spec.problemsOf(content))
  if (kind !== 'quote') await refuseLockedPeriod(trx, organizationId, content.issuedOn)
  const client = await getRow(trx, 'clients', organizationId, content.clientId ?? '', 'client')
  const rounding = { mode: draft.roundingMode, scope: draft.roundingScope }
  const totals = bookableTotals(() => spec.calculate(content, rounding))
  const columns = { ...totalColumns(content, totals, rounding, organization.currency), ...given }
  const base = baseTaxes(content, totals, rounding, columns, organization.currency)
  await insertTaxes(context, kind, id, content, totals.taxes, base)
  const { seriesId, number, counter, period } =
    past ??
    (await takeNumber(context, kind, content.issuedOn, {
      clientId: client.id,
      branchId: draft.branchId,
      seriesId: chosen ?? null,
    }))
  const parties = {
    seller: await sellerOf(trx, organization, taxPointOf(content), draft.branchId),
    buyer: await buyerOf(trx, client),
  }
  const paper = {
    design: await designFor(trx, { organizationId, kind, ids: [content.templateId, client.templateId] }),
    paidTo: await paidToFor(trx, organizationId, content.currency, parties.seller),
    wording: await wordingFor(trx, organization, content, parties.seller, parties.buyer),
  }
  const updated = await updateRow(
    context,
    standIn(kind).head,
    { id, version },
    unlike(draft, {
      ...columns,
      exchangeRateE10: content.exchangeRateE10,
      clientName: client.name,
      seriesId,
      number,
      counter,
      period,
      seller: toJson(withAccount(parties.seller, paper.paidTo)),
      buyer: toJson(parties.buyer),
      issuedAt: context.now,
      ...more,
      extra: toJson(withPaper(more.extra ?? draft.extra, paper)),
    }),
  )
  await context.record({
    kind: past === undefined ? `${kind}.issued` : `${kind}.imported`,
    entity: kind,
    entityId: id,
    clientId: client.id,
    data: { number, currency: content.currency, payableE4: totals.payableE4 },
  })
  // Its PDF went out from elsewhere; ours is drawn when somebody asks for it.
  if (past === undefined) await context.enqueue({ kind: `${kind}.pdf`, subjectId: id })
  return { ...updated, number }
}

/** Makes an issued document void; number and document stay, with the reason. AppError INVALID_STATE for a draft or a void one. */
export const voidDocument = async (
  context: CommandContext,
  kind: DocumentKind,
  { id, version, reason }: { readonly id: string; readonly version: number; readonly reason: string },
): Promise<{ id: string; version: number }> => {
  const row = await getRow(context.trx, standIn(kind).head, context.organizationId, id, wordFor(kind))
  if (row.issuedAt === null) throw new AppError('INVALID_STATE', 'This is a draft: delete it instead.')
  if (row.voidedAt !== null)
    throw new AppError('INVALID_STATE', `${titleFor(kind)} ${row.number ?? ''} is void already.`)
  if (kind !== 'quote') await refuseLockedPeriod(context.trx, context.organizationId, row.issuedOn)
  // What stands in ledgers leaves them on the business's own day, not on that of Greenwich.
  const day = kind === 'quote' ? {} : { voidedOn: todayAt(context.zones, row.branchId, context.now) }
  const updated = await updateRow(
    context,
    standIn(kind).head,
    { id, version },
    { voidedAt: context.now, voidReason: reason, ...day },
  )
  await context.record({
    kind: `${kind}.voided`,
    entity: kind,
    entityId: id,
    clientId: row.clientId,
    data: { number: row.number, reason },
  })
  return updated
}
