import { useEffect, useState } from 'react'
import type { MailKind } from '../../../shared/contract/mail.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import type { ApiOutput } from '../../app/queries.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { SendForm } from './send-form.tsx'

type Props = {
  readonly entity?: MailKind
  readonly entityId: string
  readonly opened: boolean
  readonly onClose: () => void
}

type Composed = ApiOutput<'mail', 'compose'>

// Asked each time it opens and never from a cache: clients, templates and accounts change in between.
const useComposed = (entity: MailKind, entityId: string) => {
  const [composed, setComposed] = useState<Composed | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    const stop = new AbortController()
    setProblem(null)
    api.mail
      .compose({ entity, entityId }, { signal: stop.signal })
      .then(setComposed)
      .catch((thrown: unknown) => {
        if (!stop.signal.aborted) setProblem(thrown)
      })
    return () => stop.abort()
  }, [entity, entityId, attempt])
  return { composed, problem, retry: () => setAttempt(attempt + 1) }
}

const Content = ({ entity = 'invoice', entityId, onClose }: Omit<Props, 'opened'>) => {
  const { composed, problem, retry } = useComposed(entity, entityId)
  if (problem !== null) return <ErrorPanel {...describeError(problem)} onRetry={retry} />
  if (composed === null) return <Skeleton lines={8} label="Writing the message" />
  return <SendForm entity={entity} entityId={entityId} composed={composed} onClose={onClose} />
}

/** Sends a document by mail, an invoice unless told otherwise: recipient, subject, text and attachment as they will go out. */
export const SendDialog = ({ opened, ...content }: Props) => (
  <Dialog open={opened} onClose={content.onClose} title="Send by mail" size="lg">
    {opened && <Content {...content} />}
  </Dialog>
)
