import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconPlayerPause, IconPlayerPlay, IconRepeatOff, IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { type Action, useActions } from '../../app/actions.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { MenuAct } from '../../app/menu-act.tsx'
import { useToday } from '../../app/organization.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { Schedule } from './schedule-values.ts'

type State = Schedule['state']

const done: Readonly<Record<State, string>> = { active: 'goes on', paused: 'is paused', ended: 'is ended' }
const become = {
  draft: 'It is made as a draft.',
  issue: 'It takes its number and is issued.',
  send: 'It is issued and goes to the client by mail.',
}

const tell = (thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' })

/** What can be done with a schedule beside editing it; all but making an invoice can be undone. */
export const useScheduleActs = (schedule: Schedule) => {
  const formats = useFormats()
  const today = useToday()
  const navigate = useNavigate()
  const { id, name, nextOn, clientName } = schedule
  // A save or a run may be newer than what is shown; none of these acts depends on what they change.
  const latest = () => api.recurringInvoices.get({ id })
  const setState = async (state: State) => {
    try {
      const { version } = await latest()
      const saved = await api.recurringInvoices.setState({ id, version, state })
      showToast({
        message: `${name} ${done[state]}.`,
        undo: () => api.recurringInvoices.setState({ ...saved, state: schedule.state }),
      })
    } catch (thrown) {
      tell(thrown)
    }
  }
  const remove = async () => {
    try {
      const { version } = await latest()
      // Away first: this page would ask for a schedule that is no longer there.
      await navigate({ to: '/recurring' })
      await api.recurringInvoices.delete({ id, version })
      showToast({ message: `${name} deleted. Its invoices stay.`, undo: () => api.recurringInvoices.restore({ id }) })
    } catch (thrown) {
      await navigate({ to: '/recurring/$id', params: { id } })
      tell(thrown)
    }
  }
  const makeNow = async () => {
    if (nextOn === null) return
    const [on = today] = [nextOn, today].toSorted()
    const yes = await confirmAct({
      title: `Make the invoice of ${formats.date(nextOn)} now`,
      body: (
        <p>
          <strong>{clientName}</strong> is billed <strong>{formats.amount(schedule.totalE4, schedule.currency)}</strong>
          , dated {formats.date(on)}. {become[schedule.action]} The schedule then goes on with the date after.
        </p>
      ),
      verb: 'Make it now',
      cancel: 'Wait for its date',
    })
    if (!yes) return
    try {
      const now = await latest()
      if (now.nextOn !== nextOn) {
        showToast({ message: `${name} was changed meanwhile; look at its next date again.`, tone: 'problem' })
        return
      }
      await api.recurringInvoices.makeNow({ id, version: now.version })
      showToast({ message: `The invoice of ${name} for ${formats.date(nextOn)} is made.` })
    } catch (thrown) {
      tell(thrown)
    }
  }
  return { setState, remove, makeNow }
}

export type ScheduleActs = ReturnType<typeof useScheduleActs>

type Props = { readonly schedule: Schedule; readonly acts: ScheduleActs }

/** The menu of a schedule, and the same acts for the palette. */
export const ScheduleMenu = ({ schedule, acts }: Props) => {
  const { name, state, nextOn } = schedule
  const offered: readonly (Action | false)[] = [
    nextOn !== null && {
      id: 'recurring.make',
      title: `Make the next of ${name} now`,
      group: 'This page',
      calls: 'recurringInvoices.makeNow',
      run: acts.makeNow,
    },
    state !== 'paused' && {
      id: 'recurring.pause',
      title: `Pause ${name}`,
      group: 'This page',
      calls: 'recurringInvoices.setState',
      run: () => acts.setState('paused'),
    },
    state !== 'active' && {
      id: 'recurring.resume',
      title: `Resume ${name}`,
      group: 'This page',
      calls: 'recurringInvoices.setState',
      run: () => acts.setState('active'),
    },
    state !== 'ended' && {
      id: 'recurring.end',
      title: `End ${name}`,
      group: 'This page',
      calls: 'recurringInvoices.setState',
      run: () => acts.setState('ended'),
    },
    {
      id: 'recurring.delete',
      title: `Delete ${name}`,
      group: 'This page',
      calls: 'recurringInvoices.delete',
      run: acts.remove,
    },
  ]
  useActions(offered.filter((action) => action !== false))
  return (
    <MayCall call="recurringInvoices.setState">
      <Menu>
        <Menu.Target>
          <ActionIcon size={32} variant="default" aria-label="More actions">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {nextOn !== null && (
            <>
              <MenuAct calls="recurringInvoices.makeNow" onClick={() => void acts.makeNow()}>
                Make the next now…
              </MenuAct>
              <Menu.Divider />
            </>
          )}
          {state === 'active' ? (
            <MenuAct
              calls="recurringInvoices.setState"
              leftSection={<IconPlayerPause size={14} />}
              onClick={() => void acts.setState('paused')}
            >
              Pause
            </MenuAct>
          ) : (
            <MenuAct
              calls="recurringInvoices.setState"
              leftSection={<IconPlayerPlay size={14} />}
              onClick={() => void acts.setState('active')}
            >
              Resume
            </MenuAct>
          )}
          {state !== 'ended' && (
            <MenuAct
              calls="recurringInvoices.setState"
              leftSection={<IconRepeatOff size={14} />}
              onClick={() => void acts.setState('ended')}
            >
              End
            </MenuAct>
          )}
          <Menu.Divider />
          <MenuAct
            calls="recurringInvoices.delete"
            leftSection={<IconTrash size={14} />}
            color="red"
            onClick={() => void acts.remove()}
          >
            Delete
          </MenuAct>
        </Menu.Dropdown>
      </Menu>
    </MayCall>
  )
}
