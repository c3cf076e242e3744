import { Button } from '@mantine/core'
import { useState } from 'react'
import { zero } from '../../../shared/money/scaled.ts'
import { describeError } from '../../app/errors.ts'
import { useApiQuery } from '../../app/queries.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { MessagePreview } from './message-preview.tsx'
import { sendReminder } from './reminder-acts.ts'

type Props = {
  readonly invoice: { readonly id: string; readonly number: string; readonly currency: string }
  readonly opened: boolean
  readonly onClose: () => void
}

const Content = ({ invoice, onClose }: Omit<Props, 'opened'>) => {
  const { id, number, currency } = invoice
  const query = useApiQuery('reminders', 'preview', { invoiceId: id }, { keepPrevious: false, live: false })
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  if (query.isError) return <ErrorPanel {...describeError(query.error)} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <Skeleton lines={8} label="Writing the reminder" />
  const { stepId, obstacle, feeE4 } = query.data
  const send = async () => {
    setBusy(true)
    try {
      await sendReminder({ invoiceId: id, stepId, number, fee: null })
      onClose()
    } catch (thrown) {
      setProblem(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      {problem !== null && (
        <ErrorPanel
          {...describeError(problem)}
          retryLabel="Look at it again"
          onRetry={() => {
            setProblem(null)
            void query.refetch()
          }}
        />
      )}
      <MessagePreview preview={query.data} number={number} currency={currency} />
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Not now
        </Button>
        <Button data-autofocus autoFocus loading={busy} disabled={obstacle !== null} onClick={() => void send()}>
          {feeE4 > zero ? 'Send and charge the fee' : 'Send the reminder'}
        </Button>
      </DialogFooter>
    </>
  )
}

/** The next reminder of an invoice as it would go out, to be sent now. */
export const SendReminderDialog = ({ opened, ...content }: Props) => (
  <Dialog open={opened} onClose={content.onClose} title={`Remind of ${content.invoice.number}`} size="lg">
    {opened && <Content {...content} />}
  </Dialog>
)
