import type { Payment } from '../../../shared/contract/payments.ts'
import { statusLooks } from '../../app/payment-methods.ts'
import { StatusChip } from '../../ui/status-chip.tsx'

/** Whether the money is there, in text, colour and icon. */
export const PaymentStatus = ({ status }: { readonly status: Payment['status'] }) => {
  const { label, tone, icon } = statusLooks[status]
  return (
    <StatusChip tone={tone} icon={icon}>
      {label}
    </StatusChip>
  )
}
