import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconAlertTriangle, IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Invoice } from '../../../shared/contract/invoices.ts'
import type { ReminderObstacle } from '../../../shared/documents/reminders.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { MenuAct } from '../../app/menu-act.tsx'
import { useToday } from '../../app/organization.ts'
import { type ApiOutput, useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import { skipReminder, stopReminders, type Turn, tellByHand } from './reminder-acts.ts'
import { awayText, obstacleWords, outcomeText, toneNames } from './reminder-words.ts'
import classes from './reminders.module.css'
import { SendReminderDialog } from './send-reminder-dialog.tsx'
import { StopDialog } from './stop-dialog.tsx'
import { ToneChip } from './tone-chip.tsx'

type State = ApiOutput<'reminders', 'ofInvoice'>
type Shown = Pick<Invoice, 'id' | 'number' | 'clientName' | 'content'>
type Props = { readonly invoice: Shown }
type WithState = Props & { readonly state: State }

const Cure = ({ invoice, state, cure }: WithState & { readonly cure: ReturnType<typeof obstacleWords>['cure'] }) => {
  const goOn = async () => {
    try {
      await stopReminders({ id: invoice.id, number: invoice.number ?? '' }, null, state.stopReason)
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  if (cure === 'go-on') {
    return (
      <MayCall call="reminders.stop">
        <Button variant="default" size="compact-sm" onClick={() => void goOn()}>
          Let them go on
        </Button>
      </MayCall>
    )
  }
  if (cure === 'client' && invoice.content.clientId !== null) {
    return (
      <Link to="/clients/$id" params={{ id: invoice.content.clientId }}>
        Add an address
      </Link>
    )
  }
  if (cure === 'mail' || cure === 'plans') {
    return (
      <MayCall call={cure === 'mail' ? 'mail.account' : 'reminders.plans'}>
        <Link to="/settings/$section" params={{ section: cure === 'mail' ? 'mail' : 'reminders' }}>
          {cure === 'mail' ? 'Set up mail' : state.plan === null ? 'Make a plan' : 'Look at the plan'}
        </Link>
      </MayCall>
    )
  }
  return null
}

const Why = ({ why, ...props }: WithState & { readonly why: ReminderObstacle }) => {
  const { invoice, state } = props
  const { sentence, cure } = obstacleWords(why, {
    clientName: invoice.clientName,
    planName: state.plan?.name ?? null,
    stopReason: state.stopReason,
  })
  // What is planned and cannot go is a problem; what is over or stopped is not.
  const isProblem = state.next.on !== null
  return (
    <div className={classes['why']} data-problem={isProblem || undefined}>
      {isProblem && <IconAlertTriangle size={16} aria-hidden="true" />}
      <span>{sentence}</span>
      <Cure {...props} cure={cure} />
    </div>
  )
}

type PlannedProps = WithState & { readonly turn: Turn | null; readonly onSend: () => void }

const howText = (state: State, isDue: boolean): string => {
  if (state.next.why !== null) return ''
  if (!state.plan?.isAutomatic) return isDue ? 'Waits for you' : 'Asks you first'
  return isDue ? 'Goes out shortly' : 'Goes out by itself'
}

const Planned = ({ state, turn, onSend }: PlannedProps) => {
  const formats = useFormats()
  const today = useToday()
  const { on, tone } = state.next
  if (on === null || tone === null || turn === null) return null
  const isDue = on <= today
  return (
    <div className={classes['next']}>
      <div className={classes['next-line']}>
        <span className={classes['day']} data-due={isDue || undefined}>
          {formats.date(on)}
        </span>
        <ToneChip tone={tone} />
      </div>
      <p className={classes['quiet']}>
        {isDue && on !== today
          ? `Due ${awayText(on, today)}`
          : awayText(on, today).replace(/^./, (it) => it.toUpperCase())}
        {turn.fee !== null && ` · late fee of ${turn.fee}`}
        {howText(state, isDue) !== '' && ` · ${howText(state, isDue).toLowerCase()}`}
      </p>
      <div>
        <MayCall call={['reminders.preview', 'reminders.send']}>
          <Button variant={isDue ? 'filled' : 'default'} size="compact-md" onClick={onSend}>
            Send now…
          </Button>
        </MayCall>
      </div>
    </div>
  )
}

const History = ({ history }: { readonly history: State['history'] }) => {
  const formats = useFormats()
  if (history.length === 0) return null
  return (
    <ul className={classes['history']} aria-label="Reminders so far">
      {history.map((done) => (
        <li key={done.id}>
          <span>
            <span className={classes['strong']}>{toneNames[done.tone]}</span>
            <span className={classes['quiet']}>{formats.date(done.doneOn)}</span>
          </span>
          <span className={classes['outcome']}>
            {done.messageId === null ? (
              outcomeText(done)
            ) : (
              <Link to="/outbox" search={{ message: done.messageId }}>
                {outcomeText(done)}
              </Link>
            )}
            {done.feeInvoiceId !== null && (
              <span className={classes['quiet']}>
                fee{' '}
                <Link to="/invoices/$id" params={{ id: done.feeInvoiceId }}>
                  {done.feeInvoiceNumber ?? 'invoice'}
                </Link>
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

const Content = ({ invoice, state }: WithState) => {
  const formats = useFormats()
  const [asked, ask] = useState<'send' | 'stop' | null>(null)
  const { next, plan } = state
  const number = invoice.number ?? ''
  const close = () => ask(null)
  const fee = next.feeE4 === null || next.feeE4 === 0n ? null : formats.amount(next.feeE4, invoice.content.currency)
  const turn = next.stepId === null ? null : { invoiceId: invoice.id, stepId: next.stepId, number, fee }
  return (
    <Panel
      title="Reminders"
      actions={
        turn !== null && (
          <MayCall call="reminders.skip">
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon size={26} aria-label="More about reminders">
                  <IconDots size={16} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <MenuAct calls="reminders.skip" onClick={() => void tellByHand(turn)}>
                  Told by hand…
                </MenuAct>
                <MenuAct calls="reminders.skip" onClick={() => void skipReminder(turn)}>
                  Leave this one out…
                </MenuAct>
                <Menu.Divider />
                <MenuAct calls="reminders.stop" onClick={() => ask('stop')}>
                  Stop the reminders…
                </MenuAct>
              </Menu.Dropdown>
            </Menu>
          </MayCall>
        )
      }
    >
      <div className={classes['panel']}>
        <Planned invoice={invoice} state={state} turn={turn} onSend={() => ask('send')} />
        {next.why !== null && <Why invoice={invoice} state={state} why={next.why} />}
        <History history={state.history} />
        {plan !== null && (
          <p className={classes['by']}>
            By the plan{' '}
            <Link to="/settings/$section" params={{ section: 'reminders' }}>
              {plan.name}
            </Link>
          </p>
        )}
      </div>
      <SendReminderDialog
        invoice={{ id: invoice.id, number, currency: invoice.content.currency }}
        opened={asked === 'send'}
        onClose={close}
      />
      <StopDialog invoice={{ id: invoice.id, number }} opened={asked === 'stop'} onClose={close} />
    </Panel>
  )
}

/** The reminders of an issued invoice: the next one or why there is none, what can be done, and those that went. */
export const RemindersPanel = ({ invoice }: Props) => {
  const query = useApiQuery('reminders', 'ofInvoice', { invoiceId: invoice.id }, { keepPrevious: false })
  if (query.isError) {
    return (
      <Panel title="Reminders">
        <ErrorPanel {...describeError(query.error)} onRetry={() => void query.refetch()} />
      </Panel>
    )
  }
  if (query.data === undefined) {
    return (
      <Panel title="Reminders">
        <Skeleton lines={2} label="Loading the reminders" />
      </Panel>
    )
  }
  const { next, history } = query.data
  // Nothing to say of what needs no reminder and never had one.
  if ((next.why === 'settled' || next.why === 'void') && history.length === 0) return null
  return <Content invoice={invoice} state={query.data} />
}
