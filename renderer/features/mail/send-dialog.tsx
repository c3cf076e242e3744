import { describeError } from '../../app/errors.ts'
import { useApiQuery } from '../../app/queries.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { SendForm } from './send-form.tsx'

type Props = { readonly invoiceId: string; readonly opened: boolean; readonly onClose: () => void }

const Content = ({ invoiceId, onClose }: Omit<Props, 'opened'>) => {
  // Composed anew each time it opens, and left alone while somebody writes.
  const query = useApiQuery('mail', 'compose', { invoiceId }, { keepPrevious: false, live: false })
  if (query.isError) return <ErrorPanel {...describeError(query.error)} onRetry={() => void query.refetch()} />
  if (query.data === undefined || query.isFetching) return <Skeleton lines={8} label="Writing the message" />
  return <SendForm invoiceId={invoiceId} composed={query.data} onClose={onClose} />
}

/** Sends an invoice by mail: recipient, subject, text and attachment as they will go out. */
export const SendDialog = ({ invoiceId, opened, onClose }: Props) => (
  <Dialog open={opened} onClose={onClose} title="Send by mail" size="lg">
    {opened && <Content invoiceId={invoiceId} onClose={onClose} />}
  </Dialog>
)
