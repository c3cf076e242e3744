import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useToday } from '../../app/organization.ts'
import { type ChosenRange, RangeBar } from '../../app/range-bar.tsx'
import { useRange } from '../../app/use-range.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { SendTimeField } from '../../ui/send-time-field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { type AgedRow, rowIdOf, statementOn } from './aged-state.ts'
import { type SendState, useSendMany } from './send-many.ts'
import { Obstacle } from './send-statement-dialog.tsx'
import classes from './statements.module.css'

const words = (state: SendState | undefined): { readonly text: string; readonly tone?: 'good' | 'bad' } => {
  switch (state?.step) {
    case 'ready':
      return { text: `to ${state.composed.to.join(', ')}` }
    case 'blocked':
      return { text: '–' }
    case 'held':
    case 'failed':
      return { text: state.reason, tone: 'bad' }
    case 'sending':
      return { text: 'Sending…' }
    case 'sent':
      return { text: `In the outbox for ${state.to.join(', ')}`, tone: 'good' }
    default:
      return { text: 'Writing the message…' }
  }
}

const statementsText = (count: number) => (count === 1 ? '1 statement' : `${count} statements`)

type ListProps = { readonly rows: readonly AgedRow[]; readonly states: ReadonlyMap<string, SendState> }

const Results = ({ rows, states }: ListProps) => {
  const formats = useFormats()
  return (
    <ul className={classes['results']} aria-label="Statements to send" aria-live="polite">
      {rows.map((row) => {
        const { text, tone } = words(states.get(rowIdOf(row)))
        return (
          <li key={rowIdOf(row)}>
            <span>
              <strong>{row.clientName}</strong>
              <span className={classes['whose']}>{formats.amount(row.balanceE4, row.currency)}</span>
            </span>
            <span className={classes['result']} data-tone={tone}>
              {text}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

type ContentProps = {
  readonly rows: readonly AgedRow[]
  readonly range: ChosenRange
  readonly bar: (isLocked: boolean) => React.ReactNode
  readonly onClose: () => void
}

const Content = ({ rows, range, bar, onClose }: ContentProps) => {
  const today = useToday()
  const [sendAt, setSendAt] = useState<string | null>(null)
  const { states, busy, send } = useSendMany(rows, range)
  const count = (...steps: readonly SendState['step'][]) =>
    [...states.values()].filter((state) => steps.includes(state.step)).length
  const sent = count('sent')
  const left = count('ready', 'failed')
  const isBegun = busy || sent > 0
  const obstacle = [...states.values()].find((state) => state.step === 'blocked')
  return (
    <>
      {obstacle?.step === 'blocked' && <Obstacle text={obstacle.obstacle} onLeave={onClose} />}
      {bar(isBegun)}
      {!isBegun && <SendTimeField today={today} value={sendAt} onChange={setSendAt} />}
      <Results rows={rows} states={states} />
      {isBegun && !busy && (
        <p role="status">
          {statementsText(sent)} in the{' '}
          <Link to="/outbox" onClick={onClose}>
            outbox
          </Link>
          {left > 0 ? `, ${left} not sent.` : '.'}
        </p>
      )}
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          {isBegun ? 'Close' : 'Cancel'}
        </Button>
        {(!isBegun || left > 0 || busy) && (
          <Button loading={busy} disabled={left === 0 || count('reading') > 0} onClick={() => void send(sendAt)}>
            {isBegun ? `Try ${left} again` : left === 0 ? 'Send' : `Send ${statementsText(left)}`}
          </Button>
        )}
      </DialogFooter>
    </>
  )
}

type Props = { readonly rows: readonly AgedRow[]; readonly on: string; readonly onClose: () => void }

/** Sends statements to several clients by their template, with a result for each. */
export const SendManyDialog = ({ rows, on, onClose }: Props) => {
  const today = useToday()
  const [own, setOwn] = useState<ChosenRange | null>(null)
  const { chosen, years } = useRange(statementOn(on, today), 'year-to-today')
  const range = own ?? chosen
  return (
    <Dialog open onClose={onClose} title={`Send ${statementsText(rows.length)}`} size="lg">
      {range === null ? (
        <Skeleton />
      ) : (
        <Content
          rows={rows}
          range={range}
          onClose={onClose}
          bar={(isLocked) =>
            isLocked ? null : (
              <div className={classes['period']}>
                <RangeBar years={years} value={range} onChange={setOwn} />
              </div>
            )
          }
        />
      )}
    </Dialog>
  )
}
