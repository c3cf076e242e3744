import { sql } from 'kysely'
import { databaseError } from '../../../db/errors.ts'
import { todayIn } from '../../../shared/dates.ts'
import { AppError } from '../../../shared/errors.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { getRow, updateRow } from '../../rpc/rows.ts'
import { unapplyCredit } from '../credit-notes/apply.ts'
import { voidCreditNote } from '../credit-notes/issue.ts'
import { voidInvoice } from '../invoices/issue.ts'
import { reverseAllocations } from '../payments/allocations.ts'
import { cancelRefund } from '../refunds.ts'
import { refuseLockedPeriod } from '../tax-settings/locks.ts'
import { deleteUnused, type Kept } from './undo-deletes.ts'
import { restoreUpdated } from './undo-updates.ts'
import { breathe } from './work.ts'

const reason = 'Import undone'

/** The rows that an import made in a table and that nothing but the import has changed. */
const untouched = async ({ trx }: CommandContext, seq: number, table: 'payments' | 'invoices' | 'credit_notes') => {
  const { rows } = await sql<{ id: string; touched: number }>`
    SELECT a.row_id AS id, EXISTS (SELECT 1 FROM audit_log later WHERE later.row_id = a.row_id AND later.seq > a.seq AND later.command_seq <> ${seq}
      AND json_remove(later.new_values, '$.pdf_sha256') <> '{}') AS touched
    FROM audit_log a WHERE a.command_seq = ${seq} AND a.table_name = ${table} AND a.action = 'insert'`.execute(trx)
  return rows
}

const undoPayments = async (context: CommandContext, seq: number, kept: Kept[]): Promise<number> => {
  const on = todayIn(context.timezone, context.now)
  let undone = 0
  for (const { id, touched } of await untouched(context, seq, 'payments')) {
    const payment = await getRow(context.trx, 'payments', context.organizationId, id, 'payment')
    if (payment.status !== 'cleared') continue
    if (touched === 1) {
      kept.push({ what: 'payment', name: payment.number, reason: 'it was used or changed since' })
      continue
    }
    await reverseAllocations(context, payment, null, on)
    await updateRow(
      context,
      'payments',
      { id, version: payment.version },
      { status: 'cancelled', statusOn: on, statusReason: reason },
    )
    undone += 1
    if (undone % 20 === 0) await breathe()
  }
  return undone
}

const freeCredit = async (context: CommandContext, id: string, on: string) => {
  const { trx, organizationId } = context
  const note = await getRow(trx, 'creditNotes', organizationId, id, 'credit note')
  const uses = await trx
    .selectFrom('creditAllocations as a')
    .select('a.id')
    .where('a.creditNoteId', '=', id)
    .where('a.reversesId', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('creditAllocations as r').select('r.id').whereRef('r.reversesId', '=', 'a.id'))),
    )
    .execute()
  for (const use of uses) await unapplyCredit(context, note, use.id, on)
  const refunds = await trx
    .selectFrom('refunds')
    .select(['id', 'version'])
    .where('creditNoteId', '=', id)
    .where('cancelledOn', 'is', null)
    .execute()
  for (const refund of refunds) await cancelRefund(context, { ...refund, on, reason })
}

const undoCreditNotes = async (context: CommandContext, seq: number, kept: Kept[]): Promise<number> => {
  const { trx, organizationId } = context
  const on = todayIn(context.timezone, context.now)
  let undone = 0
  for (const { id, touched } of await untouched(context, seq, 'credit_notes')) {
    const note = await getRow(trx, 'creditNotes', organizationId, id, 'credit note')
    if (note.voidedAt !== null) continue
    const name = note.number ?? ''
    const blocked = touched === 1 ? 'it was used or changed since' : await lockOf(context, note.issuedOn)
    if (blocked !== null) {
      kept.push({ what: 'credit note', name, reason: blocked })
      continue
    }
    await freeCredit(context, id, on)
    const { version } = await getRow(trx, 'creditNotes', organizationId, id, 'credit note')
    await voidCreditNote(context, { id, version, reason })
    undone += 1
    if (undone % 20 === 0) await breathe()
  }
  return undone
}

const undoInvoices = async (context: CommandContext, seq: number, kept: Kept[]): Promise<number> => {
  let undone = 0
  for (const { id } of await untouched(context, seq, 'invoices')) {
    const invoice = await getRow(context.trx, 'invoices', context.organizationId, id, 'invoice')
    if (invoice.voidedAt !== null) continue
    const name = invoice.number ?? ''
    if (invoice.paidE4 !== 0n) kept.push({ what: 'invoice', name, reason: 'it was paid since' })
    else if (invoice.sentAt !== null) kept.push({ what: 'invoice', name, reason: 'it was sent since' })
    else {
      const problem = await problemOfVoid(context, { id, version: invoice.version, reason })
      if (problem === null) undone += 1
      else kept.push({ what: 'invoice', name, reason: problem })
      if (undone % 20 === 0) await breathe()
    }
  }
  return undone
}

const lockOf = async ({ trx, organizationId }: CommandContext, issuedOn: string) => {
  try {
    await refuseLockedPeriod(trx, organizationId, issuedOn)
    return null
  } catch (error) {
    if (error instanceof AppError) return error.message
    throw error
  }
}

// A locked period, a credit note: what keeps an invoice from being void is said, and the others go on.
const problemOfVoid = async (context: CommandContext, input: Parameters<typeof voidInvoice>[1]) => {
  try {
    await voidInvoice(context, input)
    return null
  } catch (error) {
    const expected = databaseError(error)
    // A full disk is no reason of the invoice: it takes the whole undo back.
    if (expected instanceof AppError && (expected.code === 'INVALID_STATE' || expected.code === 'IMMUTABLE'))
      return expected.message
    throw error
  }
}

const commandSeqOf = async ({ trx }: CommandContext, commandId: string): Promise<number> => {
  const command = await trx.selectFrom('commands').select('seq').where('id', '=', commandId).executeTakeFirst()
  if (command !== undefined) return command.seq
  throw new AppError('INVALID_STATE', 'This import ran on another computer. Undo it there.')
}

const mostNamed = 100

/**
 * Takes back what an import made, as far as nobody used it since: payments are cancelled, invoices made void (an issued
 * document is never deleted), clients and items deleted, changed ones set back. What stays is named with the reason.
 */
export const undoImport = async (context: CommandContext, { id }: { readonly id: string }) => {
  const it = await getRow(context.trx, 'imports', context.organizationId, id, 'import')
  if (it.undoneAt !== null) throw new AppError('INVALID_STATE', 'This import is undone already.')
  const seq = await commandSeqOf(context, it.commandId)
  const kept: Kept[] = []
  const creditNotes = await undoCreditNotes(context, seq, kept)
  const payments = await undoPayments(context, seq, kept)
  const invoices = await undoInvoices(context, seq, kept)
  const items = await deleteUnused(context, seq, 'items', kept)
  const clients = await deleteUnused(context, seq, 'clients', kept)
  const contacts = await deleteUnused(context, seq, 'client_contacts', kept)
  const restored = await restoreUpdated(context, seq, kept)
  await updateRow(context, 'imports', { id, version: it.version }, { undoneAt: context.now })
  await context.record({
    kind: 'import.undone',
    entity: 'import',
    entityId: id,
    data: { fileName: it.fileName, kept: kept.length },
  })
  return {
    undone: { clients, contacts, items, invoices, creditNotes, payments },
    restored,
    kept: kept.slice(0, mostNamed),
    keptCount: kept.length,
  }
}
