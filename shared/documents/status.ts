import { daysBetween } from '../dates.ts'
import type { Amount } from '../money/scaled.ts'

export type InvoiceFacts = {
  /** Instant of issue; null for a draft. */
  readonly issuedAt: string | null
  readonly voidedAt: string | null
  readonly payableE4: Amount
  /** What is still to be paid, after all allocations. */
  readonly openE4: Amount
  /** Civil date; null where nothing is due on a day. */
  readonly dueOn: string | null
  /** Civil date in the branch's time zone. */
  readonly today: string
}

/** Where an invoice stands with its money. Whether it was sent is another matter, told by its deliveries. */
export type PaymentStatus =
  | { readonly status: 'draft' }
  | { readonly status: 'void' }
  | { readonly status: 'paid' }
  | { readonly status: 'unpaid' | 'partly-paid'; readonly dueInDays: number | null }
  | { readonly status: 'overdue'; readonly daysOverdue: number; readonly partlyPaid: boolean }

export const paymentStatuses = ['draft', 'unpaid', 'partly-paid', 'paid', 'overdue', 'void'] as const

/**
 * The payment status of an invoice from its own facts. Due today is not overdue; an invoice of zero or less is paid once
 * issued; money beyond what is open leaves it paid.
 */
export const paymentStatusOf = (facts: InvoiceFacts): PaymentStatus => {
  if (facts.voidedAt !== null) return { status: 'void' }
  if (facts.issuedAt === null) return { status: 'draft' }
  const { payableE4, openE4, dueOn, today } = facts
  // Below zero nothing is asked: more was paid, or the document itself gives money back.
  if (openE4 <= 0n) return { status: 'paid' }
  const partlyPaid = openE4 !== payableE4
  const dueInDays = dueOn === null ? null : daysBetween(today, dueOn)
  if (dueInDays !== null && dueInDays < 0) return { status: 'overdue', daysOverdue: -dueInDays, partlyPaid }
  return { status: partlyPaid ? 'partly-paid' : 'unpaid', dueInDays }
}
