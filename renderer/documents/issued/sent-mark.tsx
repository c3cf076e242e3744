import { IconMail, IconMailCheck, IconMailX } from '@tabler/icons-react'
import type { Invoice } from '../../../shared/contract/invoices.ts'
import { useFormats } from '../../ui/locale.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'

type Props = { readonly document: Pick<Invoice, 'deliveryState' | 'sentAt'> }

/** Whether the document has reached its client, in text, colour and icon. */
export const SentMark = ({ document }: Props) => {
  const formats = useFormats()
  switch (document.deliveryState) {
    case 'queued':
      return (
        <StatusChip tone="accent" icon={IconMail}>
          Waiting to be sent
        </StatusChip>
      )
    case 'failed':
    case 'bounced':
      return (
        <StatusChip tone="negative" icon={IconMailX}>
          {document.deliveryState === 'failed' ? 'Not delivered' : 'Bounced'}
        </StatusChip>
      )
    case 'sent':
      return (
        <StatusChip tone="positive" icon={IconMailCheck}>
          Sent{document.sentAt === null ? '' : ` ${formats.instant(document.sentAt)}`}
        </StatusChip>
      )
    default:
      return (
        <StatusChip tone="neutral" icon={IconMail}>
          Not sent
        </StatusChip>
      )
  }
}
