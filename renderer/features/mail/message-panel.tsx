import { ActionIcon, Button } from '@mantine/core'
import { type Icon, IconAlertTriangle, IconArrowBackUp, IconCircleCheck, IconClock, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { describeError, toAppError } from '../../app/errors.ts'
import { type ApiOutput, useApiQuery, useCommand } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { Tone } from '../../ui/status-chip.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { showToast } from '../../ui/toast.tsx'
import { BounceDialog } from './bounce-dialog.tsx'
import classes from './mail.module.css'
import { MessageState } from './message-state.tsx'

type Message = ApiOutput<'mail', 'message'>

const outcomes: Readonly<Record<string, { readonly title: string; readonly tone: Tone; readonly icon: Icon }>> = {
  accepted: { title: 'The mail server took it', tone: 'positive', icon: IconCircleCheck },
  temporary: { title: 'Not now; it is tried again', tone: 'caution', icon: IconClock },
  permanent: { title: 'It did not go', tone: 'negative', icon: IconAlertTriangle },
  bounced: { title: 'It came back', tone: 'negative', icon: IconArrowBackUp },
}
const otherwise = { title: 'Tried', tone: 'neutral', icon: IconClock } as const

const wordsOf = (detail: string | null, server: string | null) => {
  const said = server === null ? null : `The server said: ${server}`
  if (detail === null) return said === null ? {} : { detail: said }
  return {
    detail: (
      <>
        {detail}
        {/* Most failures quote the server already. */}
        {said !== null && !detail.includes(server ?? '') && <span className={classes['server']}>{said}</span>}
      </>
    ),
  }
}

const entriesOf = (message: Message) =>
  message.log
    .map(({ at, outcome, detail, server }, index) => ({
      ...(outcomes[outcome] ?? otherwise),
      id: index,
      at,
      ...wordsOf(detail, server),
    }))
    .reverse()

const Actions = ({ message }: { readonly message: Message }) => {
  const [bouncing, setBouncing] = useState(false)
  const retry = useCommand('mail', 'retry')
  const cancel = useCommand('mail', 'cancel')
  const { id, version, state } = message
  const act = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work()
      showToast({ message: done })
    } catch (thrown) {
      showToast({ message: toAppError(thrown).message, tone: 'problem' })
    }
  }
  if (state === 'accepted') {
    return (
      <div className={classes['actions']}>
        <Button variant="default" onClick={() => setBouncing(true)}>
          It came back…
        </Button>
        <BounceDialog message={message} open={bouncing} onClose={() => setBouncing(false)} />
      </div>
    )
  }
  if (state !== 'queued' && state !== 'failed') return null
  return (
    <div className={classes['actions']}>
      <Button
        loading={retry.isPending}
        onClick={() => void act(() => retry.mutateAsync({ id, version }), 'It is being tried now.')}
      >
        Try now
      </Button>
      <Button
        variant="default"
        loading={cancel.isPending}
        onClick={() =>
          void act(() => cancel.mutateAsync({ id, version }), 'Cancelled. The invoice can be sent again at any time.')
        }
      >
        Cancel this message
      </Button>
    </div>
  )
}

const State = ({ message }: { readonly message: Message }) => {
  const formats = useFormats()
  const { state, lastError, nextAttemptAt, acceptedAt } = message
  const problem = lastError !== null && state !== 'cancelled'
  return (
    <div className={classes['state']} data-problem={problem || undefined}>
      <div className={classes['state-line']}>
        <MessageState {...message} />
        {state === 'accepted' && acceptedAt !== null && <span>{formats.instant(acceptedAt)}</span>}
        {state === 'queued' && nextAttemptAt !== null && lastError !== null && (
          <span>Next try {formats.instant(nextAttemptAt)}</span>
        )}
        {state === 'queued' && lastError === null && <span>Goes out in a moment</span>}
      </div>
      {lastError !== null && <p>{lastError}</p>}
      {state === 'failed' && /password|account|sign|certificate|TLS|port|host/i.test(lastError ?? '') && (
        <Link to="/settings/$section" params={{ section: 'mail' }}>
          Check the mail settings
        </Link>
      )}
    </div>
  )
}

type Props = { readonly id: string; readonly onClose: () => void }

/** One message of the outbox: where it stands, what can be done, what it says, and every attempt. */
export const MessagePanel = ({ id, onClose }: Props) => {
  const query = useApiQuery('mail', 'message', { id }, { keepPrevious: false })
  const message = query.data
  return (
    <aside
      className={classes['detail']}
      aria-label="Message"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && event.target === event.currentTarget) onClose()
      }}
    >
      <div className={classes['detail-head']}>
        <h2>{message?.subject ?? ''}</h2>
        <ActionIcon size={28} aria-label="Close the message" onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {query.isPending && <Skeleton lines={5} label="Loading the message" />}
      {query.isError && <ErrorPanel {...describeError(query.error)} onRetry={() => void query.refetch()} />}
      {message !== undefined && (
        <>
          <State message={message} />
          <Actions key={message.version} message={message} />
          <dl className={classes['people']}>
            <dt>To</dt>
            <dd>{message.to.join(', ')}</dd>
            {message.cc.length > 0 && (
              <>
                <dt>Copy</dt>
                <dd>{message.cc.join(', ')}</dd>
              </>
            )}
            <dt>About</dt>
            <dd>
              <Link to="/invoices/$id" params={{ id: message.entityId }}>
                The invoice, attached as PDF
              </Link>
            </dd>
          </dl>
          <div className={classes['letter']}>{message.body}</div>
          <h3 className={classes['detail-title']}>Attempts</h3>
          <Timeline label="Attempts" entries={entriesOf(message)} empty="Not tried yet." />
        </>
      )}
    </aside>
  )
}
