import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { recurringInvoiceFields } from '../../../shared/contract/recurring-invoices.ts'
import { missingFields, type Problems, problemsOf, withoutBlankLines } from '../../documents/editor/draft-edits.ts'
import { createDraftStore, type DraftStore } from '../../documents/editor/draft-store.ts'
import type { ScheduleFields } from './rhythm.ts'
import { draftOf, isSameDraft, type Schedule, type ScheduleDraft, scheduledContent } from './schedule-values.ts'

/** Names problems as the page knows its fields, whether the core or the schema found them. */
export const namedProblems = (fields: Problems, draft: ScheduleDraft): Problems =>
  problemsOf(
    Object.fromEntries(Object.entries(fields).map(([path, text]) => [path.replace(/^values\./, ''), text])),
    draft.content,
  )

/** What keeps a schedule from being saved: problems by field. */
export const problemsOfDraft = (draft: ScheduleDraft): Problems => {
  const content = scheduledContent(draft.content, draft.fields.startsOn)
  const parsed = recurringInvoiceFields.safeParse({ ...draft.fields, content })
  const found = parsed.success
    ? {}
    : Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path.map(String).join('.'), message]))
  return { ...namedProblems(found, draft), ...missingFields(content, { one: 'invoice' }) }
}

export type ScheduleSession = {
  readonly store: DraftStore
  readonly fields: ScheduleFields
  readonly setFields: (change: Partial<ScheduleFields>) => void
  /** The state that editing began with, or that was saved last. */
  readonly opened: { readonly version: number; readonly draft: ScheduleDraft }
  readonly isDirty: boolean
  /** What is written now, without blank lines. */
  readonly draft: () => ScheduleDraft
  /** Takes over what was saved. */
  readonly settle: (version: number, saved: ScheduleDraft) => void
  readonly discard: () => void
}

const same = (one: ScheduleFields, other: ScheduleFields) => JSON.stringify(one) === JSON.stringify(other)

/** A schedule while it is edited; what runs of it change meanwhile is taken over as long as nothing was written. */
export const useScheduleSession = (start: ScheduleDraft, schedule: Schedule | null): ScheduleSession => {
  const [store] = useState(() => createDraftStore(start.content))
  const [fields, put] = useState(start.fields)
  const [opened, setOpened] = useState({ version: schedule?.version ?? 0, draft: start })
  const content = useStore(store, (state) => state.content)
  const isDirty = content !== opened.draft.content || !same(fields, opened.draft.fields)
  useEffect(() => {
    if (schedule === null || isDirty || schedule.version <= opened.version) return
    const next = draftOf(schedule)
    const isNews = !isSameDraft(next, opened.draft)
    if (isNews) {
      store.replace(next.content)
      put(next.fields)
    }
    setOpened({ version: schedule.version, draft: isNews ? next : opened.draft })
  }, [schedule, isDirty, opened, store])
  return {
    store,
    fields,
    setFields: (change) => {
      put((old) => ({ ...old, ...change }))
      const left = Object.entries(store.getState().problems).filter(([field]) => !(field in change))
      store.setProblems(Object.fromEntries(left))
    },
    opened,
    isDirty,
    draft: () => {
      const written = withoutBlankLines(store.getState().content)
      if (written.lines.length > 0) store.edit(null, () => written)
      return { fields, content: store.getState().content }
    },
    settle: (version, saved) => {
      if (saved.content !== store.getState().content) store.replace(saved.content)
      put(saved.fields)
      setOpened({ version, draft: saved })
    },
    discard: () => {
      store.replace(opened.draft.content)
      put(opened.draft.fields)
    },
  }
}
