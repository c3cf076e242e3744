import { type Icon, IconBan, IconCircleCheck, IconClock, IconReceiptOff } from '@tabler/icons-react'
import type { Payment, PaymentMethod } from '../../shared/contract/payments.ts'
import type { Tone } from '../ui/status-chip.tsx'

/** Ways of paying in words; a new one without words does not compile. */
export const methodNames: Readonly<Record<PaymentMethod, string>> = {
  'bank-transfer': 'Bank transfer',
  cash: 'Cash',
  card: 'Card',
  cheque: 'Cheque',
  'direct-debit': 'Direct debit',
  upi: 'UPI',
  other: 'Other',
}

export const methodOptions = Object.entries(methodNames).map(([value, label]) => ({ value, label }))

type Look = { readonly label: string; readonly tone: Tone; readonly icon: Icon }

/** Where a payment stands, in words, tone and sign. */
export const statusLooks: Readonly<Record<Payment['status'], Look>> = {
  pending: { label: 'Pending', tone: 'caution', icon: IconClock },
  cleared: { label: 'Cleared', tone: 'positive', icon: IconCircleCheck },
  bounced: { label: 'Bounced', tone: 'negative', icon: IconReceiptOff },
  cancelled: { label: 'Cancelled', tone: 'neutral', icon: IconBan },
}
