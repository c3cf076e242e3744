import { Button, Radio, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { sum } from '../../../shared/money/arithmetic.ts'
import { describeError } from '../../app/errors.ts'
import { useToday } from '../../app/organization.ts'
import { type ApiOutput, useCommand } from '../../app/queries.ts'
import { Amount } from '../../ui/amount.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { type LocaleFormats, useFormats } from '../../ui/locale.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './recurring.module.css'

export type WaitingSchedule = ApiOutput<'recurringInvoices', 'waiting'>[number]
/** Why nothing was made of them by itself: `came due while Counterfoil was closed`. */
export const whyWaiting = (schedules: readonly WaitingSchedule[], date: (day: string) => string): string => {
  const restoredOn = schedules.find((schedule) => schedule.restoredOn !== null)?.restoredOn
  return restoredOn == null
    ? 'came due while Counterfoil was closed'
    : `may have been made already, before a backup was restored on ${date(restoredOn)}`
}

type Choice = 'all' | 'latest' | 'skip'
type Dating = 'planned' | 'today'

const count = (periods: number) => (periods === 1 ? '1 invoice' : `${periods} invoices`)

const become = { draft: 'as drafts', issue: 'issued', send: 'issued and sent by mail' } as const

const verbs = (choice: Choice, periods: number): string => {
  if (choice === 'skip') return periods === 1 ? 'Leave it out' : `Leave out all ${periods}`
  return `Make ${count(choice === 'all' ? periods : 1)}`
}

type ListProps = {
  readonly schedule: WaitingSchedule
  readonly choice: Choice
  readonly dating: Dating
  readonly today: string
  readonly formats: LocaleFormats
}

/** Each missed period: what would become of it. */
const Periods = ({ schedule, choice, dating, today, formats }: ListProps) => {
  const last = schedule.periods.length - 1
  const isMade = (place: number) => choice === 'all' || (choice === 'latest' && place === last)
  const made = schedule.periods.filter((_, place) => isMade(place))
  return (
    <div className={classes['periods']}>
      <table className={classes['table']}>
        <caption className="visually-hidden">Periods of {schedule.name}</caption>
        <thead>
          <tr>
            <th scope="col">Period</th>
            <th scope="col">Dated</th>
            <th scope="col">Becomes</th>
            <th scope="col" data-align="end">
              Total
            </th>
          </tr>
        </thead>
        <tbody>
          {schedule.periods.map((period, place) => (
            <tr key={period.on} data-left-out={!isMade(place) || undefined}>
              <th scope="row">
                {period.from === period.to
                  ? formats.date(period.from)
                  : `${formats.dayAndMonth(period.from)} – ${formats.date(period.to)}`}
              </th>
              <td>{isMade(place) ? formats.date(dating === 'today' ? today : period.on) : '—'}</td>
              <td>{isMade(place) ? (schedule.action === 'draft' ? 'a draft' : 'an invoice') : 'left out for good'}</td>
              <td data-align="end">
                <Amount value={period.totalE4} currency={schedule.currency} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {made.length === 0 ? 'Nothing is made' : `${count(made.length)}, ${become[schedule.action]}`}
            </th>
            <td data-align="end">
              <Amount value={sum(made.map(({ totalE4 }) => totalE4))} currency={schedule.currency} strong />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

type Props = { readonly schedules: readonly WaitingSchedule[]; readonly onClose: () => void }

/** Asks what becomes of the periods that came due while the app was closed: one schedule after the other. */
export const CatchUpDialog = ({ schedules, onClose }: Props) => {
  const formats = useFormats()
  const today = useToday()
  const catchUp = useCommand('recurringInvoices', 'catchUp')
  const [chosen, setChosen] = useState<Choice | null>(null)
  const [dating, setDating] = useState<Dating>('planned')
  const [schedule] = schedules
  if (schedule === undefined) return null
  const periods = schedule.periods.length
  // What may have been made already nobody makes again, or leaves out, without having said so.
  const choice = chosen ?? (schedule.restoredOn === null ? 'all' : null)
  const answer = async () => {
    if (choice === null) return
    try {
      const { made, skipped } = await catchUp.mutateAsync({
        id: schedule.id,
        version: schedule.version,
        choice,
        dating,
      })
      const parts = [made > 0 && `${count(made)} made`, skipped > 0 && `${skipped} left out`].filter(Boolean)
      showToast({ message: `${schedule.name}: ${parts.join(', ')}.` })
      setChosen(null)
      // Those that are left are asked next; the last answer closes.
      if (schedules.length === 1) onClose()
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      size="lg"
      title={`${schedule.name} for ${schedule.clientName}`}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            Decide later
          </Button>
          <Button loading={catchUp.isPending} disabled={choice === null} onClick={() => void answer()}>
            {verbs(choice ?? 'all', periods)}
          </Button>
        </>
      }
    >
      <p>
        {count(periods)} {whyWaiting([schedule], formats.date)}
        {schedules.length > 1 ? `. ${schedules.length - 1} more to decide after this.` : '.'} What shall become of{' '}
        {periods === 1 ? 'it' : 'them'}?
      </p>
      <div className={classes['choices']}>
        <Radio.Group
          aria-label="What to do with what came due"
          value={choice}
          // The group gives back one of the values below.
          onChange={(value) => setChosen(value as Choice)}
        >
          <Radio data-autofocus value="all" label={periods === 1 ? 'Make it' : `Make all ${periods}`} />
          {periods > 1 && <Radio value="latest" label="Make only the latest" />}
          <Radio value="skip" label={periods === 1 ? 'Leave it out' : 'Leave them out'} />
        </Radio.Group>
        <SegmentedControl
          aria-label="Which date they bear"
          disabled={choice === 'skip'}
          value={dating}
          data={[
            { value: 'planned', label: 'Dated as planned' },
            { value: 'today', label: 'Dated today' },
          ]}
          // The control gives back one of the values above.
          onChange={(value) => setDating(value as Dating)}
        />
      </div>
      <Periods schedule={schedule} choice={choice ?? 'all'} dating={dating} today={today} formats={formats} />
    </Dialog>
  )
}
