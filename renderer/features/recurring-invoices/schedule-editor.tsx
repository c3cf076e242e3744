import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useBlocker, useNavigate } from '@tanstack/react-router'
import { type ReactNode, type RefObject, useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import type { Organization } from '../../../shared/contract/organizations.ts'
import type { TaxRate } from '../../../shared/contract/tax-rates.ts'
import { periodOf } from '../../../shared/documents/recurrence.ts'
import { useActions } from '../../app/actions.ts'
import { Editable } from '../../app/editable.tsx'
import { MayCall } from '../../app/may.tsx'
import { useToday } from '../../app/organization.ts'
import { RecurringWaiting } from '../../app/recurring-waiting.tsx'
import { TagEditor } from '../../app/tags/tag-editor.tsx'
import { EditorFrame, useViews, ViewSwitch } from '../../documents/desk/desk-frame.tsx'
import { HistoryPanel } from '../../documents/desk/history-panel.tsx'
import { DraftPreview } from '../../documents/editor/draft-preview.tsx'
import { EditorContext } from '../../documents/editor/editor-context.ts'
import { Paper } from '../../documents/editor/paper.tsx'
import { usePaperEditor } from '../../documents/editor/paper-editor.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import { Page } from '../../ui/page.tsx'
import { PeriodContext } from './period-context.ts'
import { recurringKind } from './recurring-kind.tsx'
import { RecurringStatus } from './recurring-status.tsx'
import { nextDatesOf, nextIndexOf, type ScheduleFields } from './rhythm.ts'
import { useSaveSchedule } from './save-schedule.tsx'
import classes from './schedule.module.css'
import { type ScheduleActs, ScheduleMenu, useScheduleActs } from './schedule-acts.tsx'
import { ScheduleForm } from './schedule-form.tsx'
import { useScheduleSession } from './schedule-session.ts'
import { NextDates, PeriodTokens, Runs } from './schedule-side.tsx'
import type { Schedule, ScheduleDraft } from './schedule-values.ts'

/** The field of the desk that was written in last: where a word from beside it goes. */
const useLastField = (desk: RefObject<HTMLElement | null>) => {
  const last = useRef<Element | null>(null)
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      if (
        target instanceof Element &&
        target.matches('textarea, input[role="combobox"], [data-words] input, [data-field="reference"]')
      )
        last.current = target
    }
    const element = desk.current
    element?.addEventListener('focusin', remember)
    return () => element?.removeEventListener('focusin', remember)
  }, [desk])
  return last
}

const useNextPeriod = (fields: ScheduleFields, schedule: Schedule | null) =>
  useMemo(() => {
    const dates = nextDatesOf(fields, schedule)
    if (dates.length === 0) return { dates, period: null }
    return { dates, period: periodOf(fields, nextIndexOf(fields, schedule)) }
  }, [fields, schedule])

/** Asks before what was written is lost. */
const useLeaveQuestion = (isDirty: boolean) => {
  const free = useRef(false)
  useBlocker({
    shouldBlockFn: async () => {
      if (!isDirty || free.current) return false
      return !(await confirmAct({
        title: 'Leave without saving?',
        body: 'What you changed in this schedule is not saved yet.',
        verb: 'Leave without saving',
        cancel: 'Stay here',
        danger: true,
      }))
    },
    enableBeforeUnload: () => isDirty && !free.current,
  })
  return () => {
    free.current = true
  }
}

const Trouble = ({ schedule, acts }: { readonly schedule: Schedule; readonly acts: ScheduleActs }) =>
  schedule.problem === null || schedule.state !== 'active' ? null : (
    <div role="alert" className={classes['trouble']}>
      <IconAlertTriangle size={17} aria-hidden="true" />
      <span>{schedule.problem}</span>
      {schedule.nextOn !== null && (
        <MayCall call="recurringInvoices.makeNow">
          <Button variant="default" size="compact-sm" onClick={() => void acts.makeNow()}>
            Try again
          </Button>
        </MayCall>
      )}
    </div>
  )

type StoredProps = { readonly schedule: Schedule; readonly children: (acts: ScheduleActs) => ReactNode }

const WithActs = ({ schedule, children }: StoredProps) => children(useScheduleActs(schedule))

type Props = {
  readonly start: ScheduleDraft
  /** null while it is new. */
  readonly schedule: Schedule | null
  readonly organization: Organization
  readonly rates: readonly TaxRate[]
}

/** A schedule: when it repeats, the paper that it repeats, and beside it the next dates and what was made. */
export const ScheduleEditor = ({ start, schedule, organization, rates }: Props) => {
  const navigate = useNavigate()
  const today = useToday()
  const desk = useRef<HTMLDivElement>(null)
  const lastField = useLastField(desk)
  const views = useViews('details')
  const session = useScheduleSession(start, schedule)
  const { store, fields, isDirty } = session
  const problems = useStore(store, (state) => state.problems)
  const language = useStore(store, (state) => state.content.language)
  const { dates, period } = useNextPeriod(fields, schedule)
  const kind = useMemo(() => recurringKind(period, today), [period, today])
  const { editor, clientName } = usePaperEditor({ kind, store, organization, rates, desk })
  const leaveFreely = useLeaveQuestion(isDirty)
  const { save, isSaving, dialog } = useSaveSchedule({ session, schedule, desk, onMade: leaveFreely })
  const isNew = schedule === null
  const saves = 'recurringInvoices.update'
  useActions([
    {
      id: 'recurring.save',
      title: 'Save this schedule',
      group: 'This page',
      shortcut: 'mod+s',
      calls: saves,
      run: save,
    },
    {
      id: 'recurring.start',
      title: 'Save this schedule',
      group: 'This page',
      shortcut: 'mod+enter',
      calls: saves,
      run: save,
    },
    { id: 'recurring.undo', title: 'Undo', group: 'This page', shortcut: 'mod+z', calls: 'nothing', run: store.undo },
    {
      id: 'recurring.redo',
      title: 'Redo',
      group: 'This page',
      shortcut: 'mod+shift+z',
      calls: 'nothing',
      run: store.redo,
    },
    {
      id: 'recurring.leave',
      title: 'Back to recurring invoices',
      group: 'This page',
      shortcut: 'escape',
      calls: 'nothing',
      run: () => navigate({ to: '/recurring' }),
    },
  ])
  const rounding = { mode: organization.roundingMode, scope: organization.roundingScope }
  const named = fields.name.trim() === '' ? 'New recurring invoice' : fields.name
  return (
    <EditorContext value={editor}>
      <PeriodContext value={period}>
        <Page
          fill
          title={named}
          beside={
            schedule !== null && (
              <>
                <RecurringStatus state={schedule.state} />
                <TagEditor entity="recurring-invoice" entityId={schedule.id} />
              </>
            )
          }
          subtitle={isDirty && !isNew ? 'Changes are not saved yet' : (clientName ?? 'An invoice that makes itself')}
          actions={
            <>
              <ViewSwitch views={views} names={{ paper: 'Edit', preview: 'Next invoice', details: 'Dates' }} />
              {schedule !== null && (
                <WithActs schedule={schedule}>{(acts) => <ScheduleMenu schedule={schedule} acts={acts} />}</WithActs>
              )}
              <MayCall call={saves}>
                {!isNew && isDirty && (
                  <Button variant="default" onClick={session.discard}>
                    Discard
                  </Button>
                )}
                <Button
                  loading={isSaving}
                  disabled={!isNew && !isDirty}
                  aria-keyshortcuts="Control+S"
                  onClick={() => void save()}
                >
                  {isNew ? 'Start schedule' : 'Save'}
                </Button>
              </MayCall>
            </>
          }
        >
          {schedule !== null && <RecurringWaiting scheduleId={schedule.id} />}
          <EditorFrame
            views={views}
            desk={desk}
            paper={
              <div className={classes['stack']}>
                {schedule !== null && (
                  <WithActs schedule={schedule}>{(acts) => <Trouble schedule={schedule} acts={acts} />}</WithActs>
                )}
                <Editable calls={saves}>
                  <ScheduleForm fields={fields} onChange={session.setFields} problems={problems} />
                  <Paper rounding={rounding} />
                </Editable>
              </div>
            }
            preview={<DraftPreview kind={kind} store={store} />}
            details={
              <>
                <NextDates dates={dates} state={schedule?.state ?? null} />
                <PeriodTokens language={language} lastField={lastField} />
                {schedule !== null && <Runs schedule={schedule} />}
                {schedule !== null && (
                  <HistoryPanel documentId={schedule.id} table="recurring_invoices" name="this schedule" />
                )}
              </>
            }
          />
        </Page>
        {dialog}
      </PeriodContext>
    </EditorContext>
  )
}
