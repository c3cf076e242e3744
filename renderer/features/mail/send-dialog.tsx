import { useEffect, useState } from 'react'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import type { ApiOutput } from '../../app/queries.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { SendForm } from './send-form.tsx'

type Props = { readonly invoiceId: string; readonly opened: boolean; readonly onClose: () => void }

type Composed = ApiOutput<'mail', 'compose'>

// Asked each time it opens and never from a cache: clients, templates and accounts change in between.
const useComposed = (invoiceId: string) => {
  const [composed, setComposed] = useState<Composed | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    const stop = new AbortController()
    setProblem(null)
    api.mail
      .compose({ invoiceId }, { signal: stop.signal })
      .then(setComposed)
      .catch((thrown: unknown) => {
        if (!stop.signal.aborted) setProblem(thrown)
      })
    return () => stop.abort()
  }, [invoiceId, attempt])
  return { composed, problem, retry: () => setAttempt(attempt + 1) }
}

const Content = ({ invoiceId, onClose }: Omit<Props, 'opened'>) => {
  const { composed, problem, retry } = useComposed(invoiceId)
  if (problem !== null) return <ErrorPanel {...describeError(problem)} onRetry={retry} />
  if (composed === null) return <Skeleton lines={8} label="Writing the message" />
  return <SendForm invoiceId={invoiceId} composed={composed} onClose={onClose} />
}

/** Sends an invoice by mail: recipient, subject, text and attachment as they will go out. */
export const SendDialog = ({ invoiceId, opened, onClose }: Props) => (
  <Dialog open={opened} onClose={onClose} title="Send by mail" size="lg">
    {opened && <Content invoiceId={invoiceId} onClose={onClose} />}
  </Dialog>
)
