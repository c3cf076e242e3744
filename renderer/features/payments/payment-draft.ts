import type { PaymentMethod } from '../../../shared/contract/payments.ts'
import { type Amount as AmountValue, type ExchangeRate, exchangeRate, zero } from '../../../shared/money/scaled.ts'
import type { Allocation } from '../../documents/credit/allocation.ts'
import type { Choice } from '../../ui/entity-combobox.tsx'

/** A payment while it is written. */
export type PaymentDraft = {
  readonly client: Choice | null
  readonly currency: string
  readonly receivedOn: string
  readonly method: PaymentMethod
  readonly isPending: boolean
  readonly amountE4: AmountValue | null
  readonly rateE10: ExchangeRate
  readonly reference: string
  readonly notes: string
  readonly allocation: Allocation
  /** The allocation follows the amount until a person sets it. */
  readonly follows: boolean
  /** Undefined until a person says one: then it is that of the invoices, or where they work. */
  readonly branchId: string | null | undefined
}

/** What a payment begins with. */
export type PaymentStart = {
  readonly client: Choice | null
  readonly currency: string
  readonly rateE10: ExchangeRate
  readonly amountE4: AmountValue | null
  readonly invoiceId: string | null
}

/** One unit of the base currency is one unit of it. */
export const baseRate = exchangeRate(10_000_000_000n)

/** A payment to write on: the invoice that it was opened for takes it whole. */
export const draftOf = (start: PaymentStart, today: string): PaymentDraft => ({
  client: start.client,
  currency: start.currency,
  receivedOn: today,
  method: 'bank-transfer',
  isPending: false,
  amountE4: start.amountE4,
  rateE10: start.rateE10,
  reference: '',
  notes: '',
  allocation:
    start.invoiceId === null || start.amountE4 === null ? new Map() : new Map([[start.invoiceId, start.amountE4]]),
  follows: start.invoiceId === null,
  branchId: undefined,
})

type Branched = { readonly id: string; readonly branchId: string | null }

/** The branch of a payment that nobody said: that of the invoices it pays where they agree, else where one works. */
export const branchOf = ({ branchId, allocation }: PaymentDraft, open: readonly Branched[], ownId: string | null) => {
  if (branchId !== undefined) return branchId
  if (allocation.size === 0) return ownId
  const paid = new Set(open.filter(({ id }) => allocation.has(id)).map((it) => it.branchId))
  return paid.size === 1 ? ([...paid][0] ?? null) : null
}

export type Problems = Readonly<Record<string, string>>

/** What a payment lacks, by its field. */
export const problemsOf = (draft: PaymentDraft): Problems => ({
  ...(draft.client === null ? { clientId: 'Choose who paid.' } : {}),
  ...(draft.amountE4 === null || draft.amountE4 <= zero ? { amountE4: 'Enter the amount received.' } : {}),
})
