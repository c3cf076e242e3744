import type { Selectable } from 'kysely'
import { z } from 'zod'
import { readJson } from '../../../db/json.ts'
import type { ClientTable } from '../../../db/tables/clients.ts'
import type { EInvoiceKind } from '../../../shared/contract/einvoices.ts'
import type { DocumentTotals } from '../../../shared/documents/model.ts'
import { dueDateOf } from '../../../shared/documents/terms.ts'
import { taxPointOf } from '../../../shared/tax/propose.ts'
import { linesOf } from '../../documents/content.ts'
import { businessAccount, keptPaper, paidToFor } from '../../documents/paper.ts'
import { type Buyer, buyerSchema, type Seller, sellerSchema } from '../../documents/parties.ts'
import { buyerOf, sellerOf } from '../../documents/snapshots.ts'
import { type HeadRow, type SharedHead, standIn, wordFor } from '../../documents/tables.ts'
import { bookableTotals } from '../../documents/totals.ts'
import { wordsIn } from '../../documents/words.ts'
import type { EInvoiceSource } from '../../einvoice/write/source.ts'
import type { Db } from '../../rpc/context.ts'
import { findRow, getRow } from '../../rpc/rows.ts'
import { creditNoteDocument } from '../credit-notes/document.ts'
import { invoiceDocument } from '../invoices/document.ts'

type Parts = Pick<EInvoiceSource, 'content' | 'dueOn' | 'reason' | 'totals' | 'preceding'>

const precedingOf = async (db: Db, invoiceId: string | null): Promise<EInvoiceSource['preceding']> => {
  if (invoiceId === null) return null
  const row = await db
    .selectFrom('invoices')
    .select(['number', 'issuedOn'])
    .where('id', '=', invoiceId)
    .executeTakeFirst()
  return row === undefined || row.number === null ? null : { number: row.number, date: row.issuedOn }
}

const invoiceParts = async (db: Db, head: HeadRow<'invoice'>): Promise<Parts> => {
  const content = await invoiceDocument.contentOf(db, head)
  const rounding = { mode: head.roundingMode, scope: head.roundingScope }
  const { dueOn, paymentTermsDays: days, issuedOn } = content
  return {
    content,
    dueOn: dueOn ?? (days === null ? null : dueDateOf(issuedOn, { kind: 'days', days })),
    reason: null,
    totals: bookableTotals(() => invoiceDocument.calculate(content, rounding)),
    preceding: await precedingOf(db, head.correctsId),
  }
}

const creditNoteParts = async (db: Db, head: HeadRow<'credit-note'>): Promise<Parts> => {
  const content = await creditNoteDocument.contentOf(db, head)
  const rounding = { mode: head.roundingMode, scope: head.roundingScope }
  return {
    content,
    dueOn: null,
    reason: content.reason,
    totals: bookableTotals(() => creditNoteDocument.calculate(content, rounding)),
    preceding: await precedingOf(db, content.invoiceId),
  }
}

/** The figures as they were booked at the issue; what allowances take of each tax is not kept and follows from them. */
const bookedTotals = async (
  db: Db,
  kind: EInvoiceKind,
  head: SharedHead,
  worked: DocumentTotals,
): Promise<DocumentTotals> => {
  const { taxes: table, parent } = standIn(kind)
  const lines = await linesOf(db, kind, head.id)
  const taxes = await db.selectFrom(table).selectAll().where(parent, '=', head.id).orderBy('position').execute()
  return {
    ...worked,
    lines: worked.lines.map((line, at) => ({ ...line, netE4: lines[at]?.netE4 ?? line.netE4 })),
    lineNetE4: head.lineNetE4,
    allowanceE4: head.allowanceE4,
    chargeE4: head.chargeE4,
    netE4: head.netE4,
    taxes: taxes.map((tax) => ({ ...tax, compound: tax.isCompound === 1 })),
    taxE4: head.taxE4,
    totalE4: head.totalE4,
    roundingE4: head.roundingE4,
    payableE4: head.payableE4,
  }
}

// Documents of before e-invoicing kept nothing of where they are sent.
const knowsAddresses = (json: string) => 'electronicAddress' in readJson(z.record(z.string(), z.unknown()), json)

/** Where it is sent and whom to ask is not printed: what an issued document does not know is as it is now. */
const reachable = (kept: Seller, now: Seller, isKnown: boolean): Seller => ({
  ...kept,
  electronicAddress: isKnown ? kept.electronicAddress : now.electronicAddress,
  // A seller without any number is known to nobody (BR-CO-26).
  legalId: kept.legalId ?? (isKnown && kept.taxIds.length > 0 ? null : now.legalId),
  contact: {
    name: kept.contact.name ?? now.contact.name,
    phone: kept.contact.phone ?? now.contact.phone,
    email: kept.contact.email ?? now.contact.email,
  },
})

const buyerNow = async (db: Db, client: Selectable<ClientTable> | undefined): Promise<Buyer | null> =>
  client === undefined ? null : await buyerOf(db, client)

const buyerKept = (kept: Buyer, now: Buyer | null, isKnown: boolean): Buyer => ({
  ...kept,
  electronicAddress: isKnown ? kept.electronicAddress : (now?.electronicAddress ?? null),
  legalId: kept.legalId ?? (isKnown ? null : (now?.legalId ?? null)),
  buyerReference: kept.buyerReference ?? now?.buyerReference ?? null,
})

export type FoundDocument = {
  readonly kind: EInvoiceKind
  readonly head: SharedHead
  readonly client: Selectable<ClientTable> | undefined
  readonly source: EInvoiceSource
}

const headOf = async (db: Db, kind: EInvoiceKind, organizationId: string, id: string): Promise<SharedHead> =>
  await getRow(db, standIn(kind).head, organizationId, id, wordFor(kind))

/** A document with all that an e-invoice is made from: its own snapshots once it is issued. AppError NOT_FOUND. */
export const findSource = async (
  db: Db,
  organizationId: string,
  kind: EInvoiceKind,
  id: string,
): Promise<FoundDocument> => {
  const head = await headOf(db, kind, organizationId, id)
  // Read from the table of this kind: see `standIn`.
  const parts =
    kind === 'invoice'
      ? await invoiceParts(db, head as unknown as HeadRow<'invoice'>)
      : await creditNoteParts(db, head as unknown as HeadRow<'credit-note'>)
  const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
  const client = head.clientId === null ? undefined : await findRow(db, 'clients', organizationId, head.clientId)
  const sellerNow = await sellerOf(db, organization, taxPointOf(parts.content))
  const buyer = await buyerNow(db, client)
  const words = wordsIn(parts.content.language)
  const shared = {
    ...parts,
    kind,
    number: head.number,
    baseCurrency: organization.currency,
    baseTaxE4: head.baseTaxE4,
    words: { discount: words.discount, charge: words.charge },
  }
  if (head.seller === null || head.buyer === null) {
    const paidTo = await paidToFor(db, organizationId, parts.content.currency, sellerNow)
    return { kind, head, client, source: { ...shared, seller: sellerNow, buyer, paidTo } }
  }
  const kept = readJson(sellerSchema, head.seller)
  const keptBuyer = readJson(buyerSchema, head.buyer)
  const [sellerKnown, buyerKnown] = [knowsAddresses(head.seller), knowsAddresses(head.buyer)]
  const completed = {
    seller: reachable(kept, sellerNow, sellerKnown),
    buyer: buyerKept(keptBuyer, buyer, buyerKnown),
  }
  const source: EInvoiceSource = {
    ...shared,
    totals: await bookedTotals(db, kind, head, parts.totals),
    seller: sellerKnown ? kept : completed.seller,
    buyer: buyerKnown ? keptBuyer : completed.buyer,
    completed,
    later: { seller: sellerNow.electronicAddress, buyer: buyer?.electronicAddress ?? null },
    paidTo: keptPaper(head.extra)?.paidTo ?? businessAccount(kept),
  }
  return { kind, head, client, source }
}
