import { IconMail, IconMailCheck, IconMailX, IconSend } from '@tabler/icons-react'
import type { Invoice } from '../../../shared/contract/invoices.ts'
import { howWords } from '../../app/sent-words.ts'
import { useFormats } from '../../ui/locale.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'

type Props = { readonly document: Pick<Invoice, 'deliveryState' | 'sentAt' | 'sentByHand'> }

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
      if (document.sentByHand !== null) {
        const { on, how, note } = document.sentByHand
        return (
          <StatusChip tone="positive" icon={IconSend}>
            <span title={note ?? undefined}>
              Sent {formats.date(on)} {howWords[how].behind}
            </span>
          </StatusChip>
        )
      }
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
