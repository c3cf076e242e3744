import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { RefObject } from 'react'
import { fillPeriod } from '../../../shared/documents/recurrence.ts'
import { Amount } from '../../ui/amount.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import { usePeriod } from './period-context.ts'
import classes from './schedule.module.css'
import type { Schedule } from './schedule-values.ts'

type DatesProps = { readonly dates: readonly string[]; readonly state: Schedule['state'] | null }

/** The dates that come next, as they would be with what is written now. */
export const NextDates = ({ dates, state }: DatesProps) => {
  const formats = useFormats()
  const weekday = new Intl.DateTimeFormat(formats.locale, { weekday: 'short', timeZone: 'UTC' })
  return (
    <Panel title={dates.length === 1 ? 'The next date' : `The next ${dates.length} dates`}>
      {state === 'paused' && <p className={classes['quiet']}>Paused: what comes due before it goes on is left out.</p>}
      {dates.length === 0 ? (
        <p className={classes['quiet']}>None: the schedule is over. Change its end to go on.</p>
      ) : (
        <ol className={classes['dates']} aria-label="Next dates">
          {dates.map((on) => (
            <li key={on}>
              <span className={classes['weekday']}>{weekday.format(Date.parse(`${on}T00:00:00Z`))}</span>
              <span>{formats.date(on)}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}

/** What became of each period, with the invoice that it made. */
export const Runs = ({ schedule }: { readonly schedule: Schedule }) => {
  const formats = useFormats()
  const { runs, madeCount, currency } = schedule
  return (
    <Panel title={madeCount === 0 ? 'Invoices made' : `Invoices made: ${madeCount}`}>
      {runs.length === 0 ? (
        <p className={classes['quiet']}>None yet: the first is made on its date.</p>
      ) : (
        <ul className={classes['runs']} aria-label="Periods">
          {runs.map((run) => (
            <li key={run.periodOn}>
              <span>{formats.date(run.periodOn)}</span>
              {run.invoiceId === null ? (
                <span className={classes['quiet']}>Left out</span>
              ) : (
                <Link to="/invoices/$id" params={{ id: run.invoiceId }}>
                  {run.invoiceNumber ?? (run.invoiceState === 'draft' ? 'Draft' : 'Invoice')}
                </Link>
              )}
              {run.totalE4 === null ? <span /> : <Amount value={run.totalE4} currency={currency} />}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

const tokens = [
  { token: '{MONTH}', means: 'the month' },
  { token: '{YEAR}', means: 'the year' },
  { token: '{QUARTER}', means: 'the quarter' },
  { token: '{PERIOD}', means: 'first to last day' },
  { token: '{DATE}', means: 'the first day' },
] as const

const isTextField = (element: Element | null): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement

const copy = async (token: string) => {
  await navigator.clipboard.writeText(token)
  showToast({ message: `${token} copied: put it into a line, the notes or the reference.` })
}

type TokensProps = {
  readonly language: string
  /** The field that was written in last. */
  readonly lastField: RefObject<Element | null>
}

/** The words that change with each period, with what the next invoice says in their place. */
export const PeriodTokens = ({ language, lastField }: TokensProps) => {
  const period = usePeriod()
  const insert = (token: string) => {
    const field = lastField.current
    if (!isTextField(field) || !field.isConnected) return void copy(token)
    field.focus()
    // The only way to type into a field that keeps its own undo.
    document.execCommand('insertText', false, token)
  }
  return (
    <Panel title="Words that change with the period">
      <p className={classes['quiet']}>For lines, notes, terms and reference, in the language of the invoice.</p>
      <table className={classes['tokens']}>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Write</th>
            <th scope="col">For</th>
            <th scope="col">Next invoice</th>
          </tr>
        </thead>
        <tbody>
          {tokens.map(({ token, means }) => (
            <tr key={token}>
              <th scope="row">
                <Button
                  variant="default"
                  size="compact-xs"
                  aria-label={`Insert ${token}`}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => insert(token)}
                >
                  {token}
                </Button>
              </th>
              <td>{means}</td>
              <td>{period === null ? '' : fillPeriod(token, period, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
