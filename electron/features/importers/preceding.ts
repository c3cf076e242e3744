import { sql } from 'kysely'
import { leftToCredit } from '../../../shared/documents/credit.ts'
import { formatAmount } from '../../../shared/money/format.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import type { EInvoiceDraft } from '../../importers/einvoice-draft.ts'
import type { Trx } from '../../rpc/context.ts'
import { creditBookOf } from '../credit-notes/credited.ts'

/** The invoice that a credit note lowers (BT-25), or why it is linked to none; both null where the file names none. */
export type Preceding = {
  readonly invoice: { readonly id: string; readonly number: string } | null
  readonly problem: string | null
}

type Asked = {
  readonly draft: EInvoiceDraft
  readonly clientId: string | null
  readonly creditedE4: Amount
}

// By its own number, else by the one that it had in the file that it came from.
const candidates = (trx: Trx, clientId: string, number: string) =>
  trx
    .selectFrom('invoices')
    .select(['id', 'number', 'currency', 'issuedOn'])
    .where('clientId', '=', clientId)
    .where('issuedAt', 'is not', null)
    .where('voidedAt', 'is', null)
    .where('deletedAt', 'is', null)
    .where((either) =>
      either.or([
        either('number', '=', number),
        either(sql`json_extract(extra, '$.importedFrom.number')`, '=', number),
      ]),
    )
    .limit(3)
    .execute()

const none = (problem: string | null): Preceding => ({ invoice: null, problem })

/** Finds the one issued invoice of this client that a credit note names as its preceding one. */
export const precedingOf = async (
  trx: Trx,
  organizationId: string,
  { draft, clientId, creditedE4 }: Asked,
): Promise<Preceding> => {
  const numbers = draft.references.precedingInvoices.map((it) => it.number)
  const [number] = numbers
  if (draft.type !== 'credit-note' || number === undefined) return none(null)
  if (numbers.length > 1) return none(`It names several invoices (${numbers.join(', ')}), so it is linked to none.`)
  const own = clientId === null ? [] : await candidates(trx, clientId, number)
  const [found] = own
  if (found === undefined) return none(`It lowers invoice ${number}, which this client does not have here.`)
  if (own.length > 1) return none(`Several invoices of this client are ${number}, so it is linked to none.`)
  const name = found.number ?? number
  if (found.currency !== draft.currency) return none(`Invoice ${name} is in ${found.currency}, so it is not linked.`)
  if (draft.issueDate < found.issuedOn) return none(`Invoice ${name} is of a later day, so it is not linked.`)
  const book = await creditBookOf(trx, organizationId, found.id)
  const { totalE4 } = leftToCredit(book.invoice, book.earlier)
  if (creditedE4 > totalE4) {
    const left = formatAmount(totalE4, draft.currency, 'en')
    return none(`Only ${left} is left to credit of invoice ${name}, so it is not linked.`)
  }
  return { invoice: { id: found.id, number: name }, problem: null }
}
