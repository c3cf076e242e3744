import { toJson } from '../../db/json.ts'
import type { contract, Input } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import { zero } from '../../shared/money/scaled.ts'
import { sha256Of } from '../files.ts'
import type { DraftTax, EInvoiceDraft } from '../importers/einvoice-draft.ts'
import type { EInvoiceReading } from '../importers/einvoice-reading.ts'
import { type CommandContext, type Handlers, withPreparation } from '../rpc/context.ts'
import { getRow } from '../rpc/rows.ts'
import { saveCreditDraft } from './credit-notes/drafts.ts'
import { lastRateOf, missingRate, sameCurrency } from './exchange-rates.ts'
import { creditNoteContentFrom, invoiceContentFrom, unitOf } from './importers/content.ts'
import { findClient, findItem, makeClient, makeItem } from './importers/matching.ts'
import { precedingOf } from './importers/preceding.ts'
import { saveDraft } from './invoices/drafts.ts'

type EInvoiceInput = Input<(typeof contract)['importers']['einvoice']>
type Reading = Extract<EInvoiceReading, { ok: true }>

const taxRateFinder = async ({ trx, organizationId }: CommandContext) => {
  const rates = await trx
    .selectFrom('taxRates')
    .select(['id', 'category', 'rateE6'])
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .execute()
  return (tax: DraftTax) =>
    rates.find((rate) => rate.category === tax.category && rate.rateE6 === tax.rateE6)?.id ?? null
}

type Matched = { readonly itemIds: (string | null)[]; readonly made: number; readonly matched: number }

const matchItems = async (
  context: CommandContext,
  draft: EInvoiceDraft,
  dryRun: boolean,
  taxRateIdOf: (tax: DraftTax) => string | null,
): Promise<Matched> => {
  const itemIds: (string | null)[] = []
  const news = new Set<string>()
  let matched = 0
  for (const line of draft.lines) {
    const found = await findItem(context.trx, context.organizationId, line)
    if (found !== null) {
      matched += 1
      itemIds.push(found)
      continue
    }
    news.add(line.name)
    itemIds.push(dryRun ? null : await makeItem(context, line, unitOf(line.unitCode), taxRateIdOf(line.tax)))
  }
  // A line whose item an earlier line has just made was counted as matched.
  return { itemIds, made: dryRun ? news.size : itemIds.length - matched, matched }
}

const warningsOf = ({ invoice, draft }: Reading, rate: string | null, preceding: string | null): string[] => [
  ...(rate === null ? [] : [`${rate} No invoice in ${draft.currency} has one yet.`]),
  ...invoice.warnings.map((warning) => `${warning.path} (line ${warning.line}): ${warning.message}`),
  ...(preceding === null ? [] : [preceding]),
  ...(draft.type === 'credit-note' ? creditWarnings(draft) : []),
]

const creditWarnings = ({ prepaidE4, lines }: EInvoiceDraft): string[] => [
  ...(prepaidE4 === zero ? [] : ['What was paid already is not part of a credit note: its amount is its total.']),
  ...(lines.some((line) => line.quantityE6 > 0n)
    ? []
    : ['Its quantities are below zero, which asks for money: turn them around before it is issued.']),
]

/** Saves the draft that a file becomes, or only finds out whether it can; its id, null for a dry run. */
const saveImported = async (
  context: CommandContext,
  input: EInvoiceInput,
  { draft, invoice }: Reading,
  parts: Parameters<typeof invoiceContentFrom>[0],
  invoiceId: string | null,
): Promise<string | null> => {
  const isCredit = draft.type === 'credit-note'
  const content = isCredit ? { ...creditNoteContentFrom(parts), invoiceId } : invoiceContentFrom(parts)
  if (input.dryRun) return null
  const saved = {
    id: context.ids.next(),
    version: null,
    extra: toJson({
      importedFrom: {
        fileName: input.fileName,
        number: draft.number,
        syntax: invoice.syntax,
        sha256: sha256Of(input.xml),
      },
      references: draft.references,
    }),
    // EN 16931 has one way to round, whatever the organization's own documents use.
    rounding: { mode: 'half-up', scope: 'rate' } as const,
  }
  if ('mirroredTaxes' in content) await saveCreditDraft(context, { ...saved, content })
  else await saveDraft(context, { ...saved, content })
  await context.record({
    kind: `${draft.type}.imported`,
    entity: draft.type,
    entityId: saved.id,
    clientId: parts.clientId,
    data: { fileName: input.fileName, number: draft.number },
  })
  return saved.id
}

const run = async (context: CommandContext, input: EInvoiceInput, reading: Reading) => {
  const { draft } = reading
  const organization = await getRow(
    context.trx,
    'organizations',
    context.organizationId,
    context.organizationId,
    'organization',
  )
  const taxRateIdOf = await taxRateFinder(context)
  const known = await findClient(context.trx, context.organizationId, draft.buyer)
  const clientId = known ?? (input.dryRun ? null : await makeClient(context, draft.buyer))
  const items = await matchItems(context, draft, input.dryRun, taxRateIdOf)
  const exchangeRateE10 =
    (draft.currency === organization.currency
      ? null
      : await lastRateOf(context.trx, context.organizationId, draft.currency, null)) ?? sameCurrency
  const parts: Parameters<typeof invoiceContentFrom>[0] = {
    draft,
    clientId,
    itemIds: items.itemIds,
    language: organization.language,
    exchangeRateE10,
    taxRateIdOf,
    newId: () => context.ids.next(),
  }
  const preceding = await precedingOf(context.trx, context.organizationId, {
    draft,
    clientId,
    creditedE4: reading.totals.totalE4,
  })
  const madeId = await saveImported(context, input, reading, parts, preceding.invoice?.id ?? null)
  const isCredit = draft.type === 'credit-note'
  return {
    invoiceId: isCredit ? null : madeId,
    creditNoteId: isCredit ? madeId : null,
    clientId,
    clientName: draft.buyer.name,
    clientMade: known === null,
    itemsMade: items.made,
    itemsMatched: items.matched,
    documentType: draft.type,
    syntax: reading.invoice.syntax,
    number: draft.number,
    currency: draft.currency,
    lines: draft.lines.length,
    totals: reading.comparison.map(({ reason, ...row }) => ({ ...row, reason: reason?.text ?? null })),
    credits: preceding.invoice,
    warnings: warningsOf(
      reading,
      missingRate(draft.currency, organization.currency, exchangeRateE10),
      preceding.problem,
    ),
  }
}

/** Real documents in. */
export const importers: Handlers<'importers'> = {
  einvoice: withPreparation({
    prepare: async ({ engines }, input: EInvoiceInput): Promise<Reading> => {
      const reading = await engines.einvoices.read(input.xml)
      if (reading.ok) return reading
      const { path, line, detail } = reading.fault
      throw new AppError('IMPORT_FAILED', `${input.fileName}, line ${line}, ${path}: ${detail} Nothing was saved.`, {
        details: { path, line },
      })
    },
    run,
  }),
}
