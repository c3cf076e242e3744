import { smaller, subtract } from '../../../shared/money/arithmetic.ts'
import { formatAmount } from '../../../shared/money/format.ts'
import { zero } from '../../../shared/money/scaled.ts'
import type { PaymentRecord } from '../../importers/tables/records.ts'
import { tooFine } from '../minor-units.ts'
import { recordPayment } from '../payments/record.ts'
import { branchFinder } from './branches.ts'
import { openClientBook } from './client-book.ts'
import { clientFor } from './client-hints.ts'
import { rateFinder } from './rates.ts'
import type { Match } from './tally.ts'
import { createTargets, type Target } from './targets.ts'
import { breathe, type Importer, type Work } from './work.ts'

const matchIn = async (
  { db, organization }: Work,
  clientId: string | undefined,
  record: PaymentRecord,
  currency: string,
): Promise<Match | null> => {
  if (clientId === undefined) return null
  const same = await db
    .selectFrom('payments')
    .select(['id', 'number', 'reference'])
    .where('organizationId', '=', organization.id)
    .where('clientId', '=', clientId)
    .where('receivedOn', '=', record.date)
    .where('amountE4', '=', record.amountE4)
    .where('currency', '=', currency)
    .where('status', 'in', ['pending', 'cleared'])
    .where('deletedAt', 'is', null)
    .execute()
  const [first] = same
  if (first === undefined) return null
  const byReference = record.reference === null ? undefined : same.find((it) => it.reference === record.reference)
  const it = byReference ?? first
  return {
    group: byReference === undefined ? 'name' : 'number',
    reason: byReference === undefined ? 'same client, date and amount' : 'same reference, date and amount',
    existingId: it.id,
    existingName: it.number,
  }
}

const refuse = ({ tally }: Work, record: PaymentRecord, message: string) => {
  tally.problem({ row: record.row, column: null, value: record.client.name, message, refuses: true })
  tally.refused()
}

/** Takes payments in and uses each for the invoice that it names; the rest stays as the client's credit. */
export const createPaymentImport = async (work: Work): Promise<Importer<PaymentRecord>> => {
  const { command, organization, plan, tally } = work
  const book = await openClientBook(work.db, organization.id)
  const targets = createTargets(work)
  const branchOf = await branchFinder(work.db, organization.id)
  const rateOf = rateFinder(work)
  const seen = new Map<string, number>()

  const inFile = (record: PaymentRecord): Match | null => {
    const key = [
      record.client.name.toLowerCase(),
      record.invoiceNumber,
      record.amountE4,
      record.date,
      record.reference,
    ].join('\n')
    const row = seen.get(key)
    seen.set(key, row ?? record.row)
    if (row === undefined) return null
    return { group: 'in-file', reason: `row ${row} is the same`, existingId: null, existingName: record.client.name }
  }

  const allocate = (record: PaymentRecord, target: Target | null, clientId: string, currency: string) => {
    const tell = (message: string) =>
      tally.problem({ row: record.row, column: null, value: record.invoiceNumber ?? '', message, refuses: false })
    if (record.invoiceNumber === null) return []
    if (target === null || target.clientId !== clientId || target.currency !== currency) {
      tell(
        `${record.client.name} has no invoice ${record.invoiceNumber} in ${currency}: the money stays as the client's credit.`,
      )
      return []
    }
    const amountE4 = smaller(record.amountE4, target.openE4)
    if (amountE4 < record.amountE4) {
      const left = formatAmount(subtract(record.amountE4, amountE4), currency, 'en')
      tell(`Invoice ${record.invoiceNumber} has less open than this: ${left} stays as the client's credit.`)
    }
    target.openE4 = subtract(target.openE4, amountE4)
    return amountE4 === zero ? [] : [{ invoiceId: target.id, amountE4 }]
  }

  const takeOne = async (record: PaymentRecord) => {
    const target = record.invoiceNumber === null ? null : await targets.of(record.invoiceNumber)
    const known = book.find(record.client.name, record.client.email, record.client.vatId)
    const currency = record.currency ?? target?.currency ?? known?.currency ?? organization.currency
    const fine = tooFine(record.amountE4, currency)
    if (fine !== null) return refuse(work, record, fine)
    const rateE10 = await rateOf(currency, record.rateE10)
    if (rateE10 === null)
      return refuse(work, record, `There is no exchange rate of ${currency} to ${organization.currency}: enter one.`)
    const branch = branchOf(record.branch)
    if ('problem' in branch) return refuse(work, record, branch.problem)
    const match = inFile(record) ?? (await matchIn(work, known?.id, record, currency))
    const action = match === null || plan.duplicates[match.group] === 'create' ? 'create' : 'skip'
    tally.decided(action, record.row, record.client.name, match)
    if (action === 'skip') return
    const client = await clientFor(work, book, record.client, record.row)
    const allocations = allocate(record, target, client.id, currency)
    tally.made.payments += 1
    tally.sum(currency, record.amountE4, allocations[0]?.amountE4 ?? zero)
    tally.sample(record.row, client.name, () => [
      record.date,
      formatAmount(record.amountE4, currency, 'en'),
      allocations.length > 0 ? `pays ${record.invoiceNumber}` : 'credit',
    ])
    if (command === null) return
    await recordPayment(command, {
      clientId: client.id,
      ...(branch.branchId === undefined ? {} : branch),
      receivedOn: record.date,
      method: record.method,
      status: 'cleared',
      currency,
      exchangeRateE10: rateE10,
      amountE4: record.amountE4,
      reference: record.reference,
      notes: record.notes,
      allocations,
    })
  }

  return {
    take: async (records) => {
      for (const [index, record] of records.entries()) {
        await takeOne(record)
        if (index % 4 === 3) await breathe()
      }
    },
    finish: () => Promise.resolve(),
  }
}
