import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { zero } from '../../../shared/money/scaled.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useMayCall } from '../../app/me.ts'
import { type RowOf, useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { KeyHint } from '../../ui/kbd.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { MessagePreview } from './message-preview.tsx'
import { sendReminder, skipReminder, tellByHand } from './reminder-acts.ts'
import { obstacleWords } from './reminder-words.ts'
import classes from './reminders.module.css'

export type DueRow = RowOf<'reminders', 'due'>

type Props = {
  readonly row: DueRow
  /** It had its turn: show the next one. */
  readonly onDone: () => void
  readonly onClose: () => void
}

type ActsProps = Pick<Props, 'row' | 'onDone'> & {
  readonly canSend: boolean
  readonly onProblem: (thrown: unknown) => void
}

const Acts = ({ row, canSend, onDone, onProblem }: ActsProps) => {
  const formats = useFormats()
  const [busy, setBusy] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  // Enter opened it, and Enter sends it.
  useEffect(() => button.current?.focus(), [])
  const { invoiceId, stepId, number, feeE4, currency } = row
  const turn = { invoiceId, stepId, number, fee: feeE4 > zero ? formats.amount(feeE4, currency) : null }
  const send = async () => {
    setBusy(true)
    try {
      await sendReminder(turn)
      onDone()
    } catch (thrown) {
      setBusy(false)
      onProblem(thrown)
    }
  }
  const after = (work: Promise<boolean>) => void work.then((isDone) => (isDone ? onDone() : undefined))
  return (
    <div className={classes['actions']}>
      <MayCall call={['reminders.preview', 'reminders.send']}>
        <Button
          ref={button}
          loading={busy}
          disabled={!canSend}
          rightSection={<KeyHint keys="enter" />}
          onClick={() => void send()}
        >
          {turn.fee === null ? 'Send' : 'Send with the fee'}
        </Button>
      </MayCall>
      <MayCall call="reminders.send">
        <Button variant="default" onClick={() => after(tellByHand(turn))}>
          By hand…
        </Button>
      </MayCall>
      <MayCall call="reminders.skip">
        <Button variant="subtle" onClick={() => after(skipReminder(turn))}>
          Leave out…
        </Button>
      </MayCall>
    </div>
  )
}

/** A reminder that is due, as it would go out, and what can be done with it. */
export const DuePreview = ({ row, onDone, onClose }: Props) => {
  const formats = useFormats()
  const mayRead = useMayCall()('reminders.preview')
  const query = useApiQuery(
    'reminders',
    'preview',
    { invoiceId: row.invoiceId },
    { keepPrevious: false, enabled: mayRead },
  )
  const [problem, setProblem] = useState<unknown>(null)
  const preview = query.data
  const cure =
    row.why === null
      ? null
      : obstacleWords(row.why, { clientName: row.clientName, planName: null, stopReason: null }).cure
  return (
    <aside
      className={classes['detail']}
      aria-label="Reminder"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <div className={classes['detail-head']}>
        <div>
          <h2>{row.clientName}</h2>
          <p className={classes['quiet']}>
            <Link to="/invoices/$id" params={{ id: row.invoiceId }}>
              {row.number}
            </Link>{' '}
            · {formats.amount(row.openE4, row.currency)} open · was due {formats.date(row.dueOn)}
          </p>
        </div>
        <ActionIcon size={28} aria-label="Close the reminder" onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
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
      {query.isError && <ErrorPanel {...describeError(query.error)} onRetry={() => void query.refetch()} />}
      {!mayRead && (
        <>
          <Acts row={row} canSend={false} onDone={onDone} onProblem={setProblem} />
          <p className={classes['quiet']}>What it says is shown to whoever may read mail and clients.</p>
        </>
      )}
      {mayRead && query.isPending && <Skeleton lines={7} label="Writing the reminder" />}
      {preview !== undefined && (
        <>
          <Acts
            row={{ ...row, stepId: preview.stepId, feeE4: preview.feeE4 }}
            canSend={preview.obstacle === null}
            onDone={onDone}
            onProblem={setProblem}
          />
          <MessagePreview preview={preview} number={row.number} currency={row.currency} />
          {cure === 'client' && (
            <p className={classes['quiet']}>
              The address belongs to the client, whom the invoice names.{' '}
              <Link to="/invoices/$id" params={{ id: row.invoiceId }}>
                Open the invoice
              </Link>
            </p>
          )}
        </>
      )}
    </aside>
  )
}
