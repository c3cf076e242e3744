import { lazy, Suspense } from 'react'
import type { MailKind } from '../../shared/contract/mail.ts'

const SendDialog = lazy(async () => ({ default: (await import('../features/mail/send-dialog.tsx')).SendDialog }))

type Props = {
  readonly entity: MailKind
  readonly entityId: string
  readonly opened: boolean
  readonly onClose: () => void
}

/** Sends a document by mail: where its screen meets the mail's, which do not know each other. */
export const SendDocument = (props: Props) =>
  props.opened ? (
    <Suspense fallback={null}>
      <SendDialog {...props} />
    </Suspense>
  ) : null
