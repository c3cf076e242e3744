import { lazy, Suspense } from 'react'

const SendDialog = lazy(async () => ({ default: (await import('../features/mail/send-dialog.tsx')).SendDialog }))

type Props = { readonly invoiceId: string; readonly opened: boolean; readonly onClose: () => void }

/** Sends an invoice by mail: where the invoice's screen meets the mail's, which do not know each other. */
export const SendInvoice = ({ invoiceId, opened, onClose }: Props) =>
  opened ? (
    <Suspense fallback={null}>
      <SendDialog entityId={invoiceId} opened={opened} onClose={onClose} />
    </Suspense>
  ) : null
