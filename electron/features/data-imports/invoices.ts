import { absolute, smaller, subtract, sum } from '../../../shared/money/arithmetic.ts'
import { formatAmount } from '../../../shared/money/format.ts'
import { type Amount, zero } from '../../../shared/money/scaled.ts'
import type { InvoiceRecord } from '../../importers/tables/records.ts'
import { tooFine } from '../minor-units.ts'
import { recordPayment } from '../payments/record.ts'
import { branchFinder } from './branches.ts'
import { openClientBook } from './client-book.ts'
import { clientFor } from './client-hints.ts'
import { keepCredit, type WaitingCredit } from './credits.ts'
import { contentFrom } from './invoice-content.ts'
import { type Fit, fitToTotal } from './invoice-fit.ts'
import { keepInvoice } from './invoice-keep.ts'
import { type ImportSeries, openImportSeries } from './invoice-series.ts'
import { itemFinder } from './item-links.ts'
import { taxRateFinder } from './items.ts'
import { rateFinder } from './rates.ts'
import type { Match } from './tally.ts'
import { createTargets } from './targets.ts'
import { breathe, type Importer, restingBreath, type Work } from './work.ts'

/** The document that has this number already and was not made void; null for none. */
const existing = async ({ db, organization }: Work, { kind, number }: InvoiceRecord): Promise<Match | null> => {
  // Both tables have the columns that are asked for.
  const table = kind === 'invoice' ? 'invoices' : ('creditNotes' as 'invoices')
  const row = await db
    .selectFrom(table)
    .select(['id', 'clientName'])
    .where('organizationId', '=', organization.id)
    .where('number', '=', number)
    .where('voidedAt', 'is', null)
    .where('deletedAt', 'is', null)
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    group: 'number',
    reason: 'has the same number',
    existingId: row.id,
    existingName: `${number}, ${row.clientName}`,
  }
}

type Paid = { readonly amountE4: Amount; readonly on: string }

// What a file says was paid, in the currency's own units and in order; "all" is what is still open then.
const paidOf = (record: InvoiceRecord, payableE4: Amount): Paid[] => {
  const paid: Paid[] = []
  let openE4 = payableE4
  for (const { amountE4, on } of record.paid) {
    const value = amountE4 === 'all' ? openE4 : amountE4
    if (value <= 0n) continue
    paid.push({ amountE4: value, on })
    openE4 = subtract(openE4, value)
  }
  return paid
}

const refuse = ({ tally }: Work, record: InvoiceRecord, message: string) => {
  tally.problem({ row: record.row, column: null, value: record.number, message, refuses: true })
  tally.refused()
}

const tell = ({ tally }: Work, record: InvoiceRecord, message: string) =>
  tally.problem({ row: record.row, column: null, value: record.number, message, refuses: false })

const differenceText = (oursE4: Amount, theirsE4: Amount, currency: string) => {
  const text = (value: Amount) => formatAmount(value, currency, 'en')
  return `The file says ${text(theirsE4)}, its lines and taxes come to ${text(oursE4)}: a difference of ${text(absolute(subtract(theirsE4, oursE4)))}.`
}

/** Records what was paid of an invoice; what is beyond it stays as the client's credit. */
const keepPayments = async (work: Work, clientId: string, invoiceId: string, fit: Fit, paid: readonly Paid[]) => {
  let openE4 = fit.totals.payableE4
  for (const { amountE4, on } of paid) {
    const usedE4 = smaller(amountE4, openE4)
    work.tally.made.payments += 1
    openE4 = subtract(openE4, usedE4)
    if (work.command === null) continue
    await recordPayment(work.command, {
      clientId,
      ...(fit.content.branchId === undefined ? {} : { branchId: fit.content.branchId }),
      receivedOn: on,
      method: 'other',
      status: 'cleared',
      currency: fit.content.currency,
      exchangeRateE10: fit.content.exchangeRateE10,
      amountE4,
      reference: null,
      notes: null,
      allocations: usedE4 > 0n ? [{ invoiceId, amountE4: usedE4 }] : [],
    })
  }
}

/** Takes invoices and credit notes of the past in: issued under their own numbers, with what was paid or used of them. */
export const createInvoiceImport = async (work: Work): Promise<Importer<InvoiceRecord>> => {
  const { command, organization, plan, tally } = work
  const book = await openClientBook(work.db, organization.id)
  const taxRateOf = await taxRateFinder(work.db, organization.id)
  const itemOf = await itemFinder(work.db, organization.id)
  const branchOf = await branchFinder(work.db, organization.id)
  const rateOf = rateFinder(work)
  const targets = createTargets(work)
  const credits: WaitingCredit[] = []
  const own = { mode: organization.roundingMode, scope: organization.roundingScope }
  const series: { invoice: ImportSeries | null; credit: ImportSeries | null } = { invoice: null, credit: null }

  // What keeps an invoice out is found before its client is made, so that no client comes in for nothing.
  const fitted = async (record: InvoiceRecord, currency: string): Promise<Fit | null> => {
    const rateE10 = await rateOf(currency, record.rateE10)
    if (rateE10 === null) {
      refuse(work, record, `There is no exchange rate of ${currency} to ${organization.currency}: enter one.`)
      return null
    }
    const branch = branchOf(record.branch)
    if ('problem' in branch) {
      refuse(work, record, branch.problem)
      return null
    }
    const parts = {
      record,
      clientId: work.ids.next(),
      ...branch,
      currency,
      rateE10,
      language: organization.language,
      taxRateOf,
      itemOf,
      newId: () => work.ids.next(),
    }
    const result = fitToTotal(parts, contentFrom, own, plan.differences)
    if ('fit' in result) return result.fit
    const message = 'problem' in result ? result.problem : differenceText(result.oursE4, result.theirsE4, currency)
    refuse(work, record, message)
    return null
  }

  const takeOne = async (record: InvoiceRecord) => {
    const match = await existing(work, record)
    // An issued document never changes, so there is nothing to update.
    const action = match === null || plan.duplicates.number === 'create' ? 'create' : 'skip'
    if (action === 'skip') return tally.decided('skip', record.row, record.number, match)
    const known = book.find(record.client.name, record.client.email, record.client.vatId)
    const currency = record.currency ?? known?.currency ?? organization.currency
    const fit = await fitted(record, currency)
    if (fit === null) return
    if (fit.totals.payableE4 < 0n)
      return refuse(
        work,
        record,
        'Its lines come to less than nothing, but its total does not: look at the columns of quantity, price and total.',
      )
    if (record.kind === 'credit-note' && fit.totals.payableE4 === zero)
      return refuse(work, record, 'A credit note of nothing has no effect.')
    const paid = paidOf(record, fit.totals.payableE4)
    const fine = paid.map((it) => tooFine(it.amountE4, currency)).find((text) => text !== null)
    if (fine !== undefined) return refuse(work, record, `What was paid of it is finer than ${currency} goes: ${fine}`)
    tally.decided('create', record.row, record.number, match)
    if (record.kind === 'invoice') return await keep(record, fit, paid)
    noteDifference(record, fit)
    const usedE4 = smaller(sum(paid.map((it) => it.amountE4)), fit.totals.payableE4)
    // It may lower an invoice that stands further down.
    credits.push({ record, fit, usedE4, usedOn: paid.at(-1)?.on ?? record.date })
  }

  const noteDifference = (record: InvoiceRecord, { differenceE4, content }: Fit) => {
    if (differenceE4 === zero) return
    tally.rounded()
    const text = formatAmount(differenceE4, content.currency, 'en')
    tell(work, record, `The total of the file is met by a rounding amount of ${text}.`)
  }

  const keep = async (record: InvoiceRecord, fit: Fit, paid: readonly Paid[]) => {
    const client = await clientFor(work, book, record.client, record.row)
    const id = work.ids.next()
    const paidE4 = sum(paid.map((it) => it.amountE4))
    const { currency, lines } = fit.content
    const { payableE4 } = fit.totals
    noteDifference(record, fit)
    tally.made.invoices += 1
    tally.sum(currency, payableE4, smaller(paidE4, payableE4))
    tally.lines(lines.length, lines.filter((line) => line.itemId !== null).length)
    targets.add(record.number, {
      id,
      clientId: client.id,
      currency,
      openE4: subtract(payableE4, smaller(paidE4, payableE4)),
    })
    tally.sample(record.row, `${record.number} · ${client.name}`, () => [
      record.date,
      formatAmount(payableE4, currency, 'en'),
      record.lines.length === 1 ? '1 line' : `${record.lines.length} lines`,
      paidE4 === zero ? null : `${formatAmount(paidE4, currency, 'en')} paid`,
    ])
    if (command !== null) {
      series.invoice ??= await openImportSeries(command, 'invoice')
      const ours = { ...fit, content: { ...fit.content, clientId: client.id } }
      await keepInvoice(command, { id, fit: ours, number: series.invoice.take(record.number), fileName: plan.fileName })
    }
    await keepPayments(work, client.id, id, fit, paid)
  }

  const creditNumber = async (number: string) => {
    if (command === null) throw new Error('a dry run takes no number')
    series.credit ??= await openImportSeries(command, 'credit-note')
    return series.credit.take(number)
  }

  return {
    take: async (records) => {
      for (const [index, record] of records.entries()) {
        await takeOne(record)
        if (index % 4 === 3) await breathe()
      }
    },
    finish: async () => {
      const rest = restingBreath()
      for (const credit of credits) {
        const client = await clientFor(work, book, credit.record.client, credit.record.row)
        await keepCredit(work, credit, { targets, client, takeNumber: () => creditNumber(credit.record.number) })
        work.progress.step(0)
        await rest()
      }
      await series.invoice?.close()
      await series.credit?.close()
    },
  }
}
