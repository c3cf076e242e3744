import { ActionIcon } from '@mantine/core'
import { type Icon, IconAlertTriangle, IconArrowBackUp, IconCircleCheck, IconClock, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { describeError } from '../../app/errors.ts'
import { type ApiOutput, useApiQuery } from '../../app/queries.ts'
import { ChangesButton } from '../../app/record/changes-button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { LetterText } from '../../ui/letter-text.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { Tone } from '../../ui/status-chip.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import classes from './mail.module.css'
import { MessageActs } from './message-acts.tsx'
import { kindName } from './message-kinds.ts'
import { isScheduled, MessageState } from './message-state.tsx'
import { arrivedText } from './outbox-columns.tsx'

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

const State = ({ message }: { readonly message: Message }) => {
  const formats = useFormats()
  const { state, lastError, nextAttemptAt, acceptedAt } = message
  const problem = lastError !== null && state !== 'cancelled'
  return (
    <div className={classes['state']} data-problem={problem || undefined}>
      <div className={classes['state-line']}>
        <MessageState {...message} />
        {state === 'accepted' && acceptedAt !== null && <span>{formats.instant(acceptedAt)}</span>}
        {isScheduled(message) && message.sendAt !== null && <span>Goes out {formats.instant(message.sendAt)}</span>}
        {state === 'queued' && nextAttemptAt !== null && lastError !== null && (
          <span>Next try {formats.instant(nextAttemptAt)}</span>
        )}
        {state === 'queued' && lastError === null && !isScheduled(message) && <span>Goes out in a moment</span>}
      </div>
      {message.seenAt !== null && <p>{arrivedText(message, formats)}.</p>}
      {lastError !== null && <p>{lastError}</p>}
      {state === 'failed' && /password|account|sign|certificate|TLS|port|host/i.test(lastError ?? '') && (
        <Link to="/settings/$section" params={{ section: 'mail' }}>
          Check the mail settings
        </Link>
      )}
    </div>
  )
}

type AboutProps = { readonly entity: string; readonly entityId: string }

const About = ({ entity, entityId }: AboutProps) => {
  const params = { id: entityId }
  if (entity === 'quote') {
    return (
      <Link to="/quotes/$id" params={params}>
        The quote, attached as PDF
      </Link>
    )
  }
  if (entity === 'credit-note') {
    return (
      <Link to="/credit-notes/$id" params={params}>
        The credit note, attached as PDF
      </Link>
    )
  }
  if (entity === 'client') {
    return (
      <Link to="/clients/$id" params={params}>
        The client, with the statement as PDF
      </Link>
    )
  }
  return (
    <Link to="/invoices/$id" params={params}>
      The invoice, attached as PDF
    </Link>
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
          <MessageActs key={message.version} message={message} />
          <dl className={classes['people']}>
            <dt>To</dt>
            <dd>{message.to.join(', ')}</dd>
            {message.cc.length > 0 && (
              <>
                <dt>Copy</dt>
                <dd>{message.cc.join(', ')}</dd>
              </>
            )}
            <dt>Kind</dt>
            <dd>{kindName(message.kind)}</dd>
            <dt>About</dt>
            <dd>
              <About entity={message.entity} entityId={message.entityId} />
            </dd>
          </dl>
          <LetterText className={classes['letter']} text={message.body} />
          <h3 className={classes['detail-title']}>Attempts</h3>
          <Timeline label="Attempts" entries={entriesOf(message)} empty="Not tried yet." />
          <ChangesButton of={{ table: 'outbox_messages', id: message.id }} name="this message" compact />
        </>
      )}
    </aside>
  )
}
