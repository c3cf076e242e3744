import { useNavigate } from '@tanstack/react-router'
import { type RefObject, useState } from 'react'
import type { RecurringInvoiceInput } from '../../../shared/contract/recurring-invoices.ts'
import { dueOccurrences } from '../../../shared/documents/recurrence.ts'
import { api } from '../../api.ts'
import { describeError, toAppError } from '../../app/errors.ts'
import { useToday } from '../../app/organization.ts'
import { focusProblem } from '../../documents/editor/issue-draft.tsx'
import { newId } from '../../ids.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import type { ComparedField } from '../../ui/differences.ts'
import { useGuardedSave } from '../../ui/guarded-save.tsx'
import { type LocaleFormats, useFormats } from '../../ui/locale.tsx'
import { showToast } from '../../ui/toast.tsx'
import { unreadableField } from '../../ui/unreadable-field.ts'
import { firstDate } from './rhythm.ts'
import { namedProblems, problemsOfDraft, type ScheduleSession } from './schedule-session.ts'
import { draftOf, type Schedule, type ScheduleDraft, valuesOf } from './schedule-values.ts'

const comparedFields = (formats: LocaleFormats): readonly ComparedField[] => {
  const date = (value: unknown) => (typeof value === 'string' ? formats.date(value) : 'none')
  return [
    { path: 'name', label: 'Name' },
    { path: 'unit', label: 'Unit of time' },
    { path: 'every', label: 'Every' },
    { path: 'anchor', label: 'Day' },
    { path: 'startsOn', label: 'First on', text: date },
    { path: 'endsOn', label: 'Last possible day', text: date },
    { path: 'count', label: 'Times' },
    { path: 'action', label: 'Then' },
    { path: 'prices', label: 'Prices' },
    { path: 'catchUp', label: 'Several missed' },
    { path: 'content', label: 'What it writes', text: () => 'lines and texts as written on this side' },
  ]
}

const become = { draft: 'a draft', issue: 'issued', send: 'issued and sent by mail' } as const

/** Asks before the first invoices come at once; true where nothing is due or it is agreed. */
const isAgreed = async ({ fields }: ScheduleDraft, today: string, formats: LocaleFormats): Promise<boolean> => {
  const due = dueOccurrences(fields, 0, today)
  const [first] = due
  if (first === undefined) return true
  const isAsked = due.length > 1 && fields.catchUp === 'ask'
  return await confirmAct({
    title: `Start ${fields.name}`,
    body: isAsked ? (
      <p>
        {due.length} dates have passed already, the first on {formats.date(first.on)}. You are asked next which of them
        to make.
      </p>
    ) : (
      <p>
        {due.length === 1 || fields.catchUp === 'latest' ? 'One invoice is' : `${due.length} invoices are`} made at
        once, {become[fields.action]}; the first date is {formats.date(firstDate(fields))}.
      </p>
    ),
    verb: isAsked ? `Start ${fields.name}` : `Start ${fields.name} and make it`,
    cancel: 'Go on editing',
  })
}

type Parts = {
  readonly session: ScheduleSession
  /** null: it is new. */
  readonly schedule: Schedule | null
  readonly desk: RefObject<HTMLDivElement | null>
  /** Told before the page goes on to the address of what was made. */
  readonly onMade: () => void
}

/** Checks and saves a schedule; a new one goes on to its own address. */
export const useSaveSchedule = ({ session, schedule, desk, onMade }: Parts) => {
  const formats = useFormats()
  const today = useToday()
  const navigate = useNavigate()
  const [isSaving, setSaving] = useState(false)
  const guarded = useGuardedSave<RecurringInvoiceInput>({
    what: session.opened.draft.fields.name,
    fields: comparedFields(formats),
    before: session.opened.draft.fields.name === '' ? {} : valuesOf(session.opened.draft),
    latest: async () => {
      const latest = await api.recurringInvoices.get({ id: schedule?.id ?? '' })
      return { ...valuesOf(draftOf(latest)), version: latest.version }
    },
    save: async (values, version) => {
      const saved = await api.recurringInvoices.update({ id: schedule?.id ?? '', version, values })
      const { content, ...fields } = values
      session.settle(saved.version, { fields, content })
      showToast({ message: `${values.name} saved. It applies from the next date on.` })
    },
    onSaved: () => undefined,
  })
  const refuse = (problems: Readonly<Record<string, string>>) => {
    session.store.setProblems(problems)
    focusProblem(session, problems, desk.current)
  }
  const create = async (draft: ScheduleDraft) => {
    if (!(await isAgreed(draft, today, formats))) return
    const id = newId()
    await api.recurringInvoices.create({ id, values: valuesOf(draft) })
    onMade()
    showToast({ message: `${draft.fields.name} repeats from ${formats.date(firstDate(draft.fields))} on.` })
    await navigate({ to: '/recurring/$id', params: { id }, replace: true })
  }
  const save = async () => {
    if (isSaving) return
    const unreadable = unreadableField(desk.current)
    if (unreadable !== undefined) return unreadable.focus()
    const draft = session.draft()
    const problems = problemsOfDraft(draft)
    refuse(problems)
    if (Object.keys(problems).length > 0) return
    setSaving(true)
    try {
      if (schedule === null) await create(draft)
      else await guarded.save(valuesOf(draft), session.opened.version)
    } catch (thrown) {
      refuse(namedProblems(toAppError(thrown).fields ?? {}, draft))
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    } finally {
      setSaving(false)
    }
  }
  return { save, isSaving, dialog: guarded.dialog }
}
