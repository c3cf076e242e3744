import type { ReactNode } from 'react'
import type { InvoiceContent } from '../../../../shared/contract/invoices.ts'
import type { Rounding } from '../../../../shared/documents/model.ts'
import { api } from '../../../api.ts'
import { describeError, toAppError } from '../../../app/errors.ts'
import { confirmAct } from '../../../ui/confirm.tsx'
import type { LocaleFormats } from '../../../ui/locale.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { unreadableField } from '../../../ui/unreadable-field.ts'
import { figuresOf } from './document-totals.ts'
import { dueDate, missingFields, type Problems, problemsOf, withoutBlankLines } from './draft-edits.ts'
import type { DraftSession } from './draft-session.ts'
import { addLine } from './line-actions.ts'

/** Goes to the first field that something is wrong with. */
export const focusProblem = (session: DraftSession, problems: Problems, desk: HTMLElement | null): void => {
  const [first] = Object.keys(problems)
  if (first === undefined) return
  const [, lineId, field] = /^line\.(.+)\.(\w+)$/.exec(first) ?? []
  if (lineId !== undefined && field !== undefined) {
    session.store.focusOn({ lineId, field })
    return
  }
  const target =
    first === 'clientId'
      ? desk?.querySelector<HTMLElement>('input[aria-label="Client"]')
      : desk?.querySelector<HTMLElement>(`[data-field="${first}"]`)
  target?.focus()
}

const nextNumber = async (): Promise<string | null> => {
  const series = await api.numberSeries.list({})
  const own = series.filter((it) => it.documentKind === 'invoice')
  return (own.find((it) => it.isDefault) ?? own[0])?.nextNumber ?? null
}

const consequences = (
  content: InvoiceContent,
  client: string,
  total: string,
  number: string | null,
  formats: LocaleFormats,
): ReactNode => {
  const due = dueDate(content)
  return (
    <>
      <p>
        <strong>{client}</strong> is billed <strong>{total}</strong>, dated {formats.date(content.issuedOn)}
        {due === null ? '' : ` and due ${formats.date(due)}`}.
      </p>
      <p style={{ marginTop: 8 }}>
        It takes the number <strong>{number ?? 'next in the series'}</strong> and can no longer be changed. A mistake
        found later is corrected by making it void and issuing a corrected copy.
      </p>
    </>
  )
}

type Parts = {
  readonly id: string
  readonly session: DraftSession
  readonly rounding: Rounding
  readonly formats: LocaleFormats
  readonly desk: HTMLElement | null
}

/** What keeps the draft from being issued; the first of it gets the focus. */
const isReady = ({ session, desk }: Parts): boolean => {
  const { store } = session
  const written = withoutBlankLines(store.getState().content)
  if (written.lines.length > 0) store.edit(null, () => written)
  else if (store.getState().content.lines.length === 0) {
    addLine(store, null, [])
    // What is missing first is gone to below.
    store.focusOn(null)
  }
  const unreadable = unreadableField(desk)
  if (unreadable !== undefined) {
    unreadable.focus()
    return false
  }
  const problems = missingFields(store.getState().content)
  store.setProblems(problems)
  focusProblem(session, problems, desk)
  return Object.keys(problems).length === 0
}

/** Issues a draft: checks it, says what will happen, takes the number. True once it is issued. */
export const issueDraft = async (parts: Parts): Promise<boolean> => {
  const { id, session, formats, desk } = parts
  if (!isReady(parts) || !(await session.saveNow())) return false
  const { content } = session.store.getState()
  const { totals } = figuresOf(content, parts.rounding)
  if (totals === null) return false
  try {
    const number = await nextNumber()
    const client = content.clientId === null ? null : await api.clients.get({ id: content.clientId })
    const total = formats.amount(totals.payableE4, content.currency)
    const isAgreed = await confirmAct({
      title: number === null ? 'Issue this invoice' : `Issue invoice ${number}`,
      body: consequences(content, client?.name ?? '', total, number, formats),
      verb: number === null ? 'Issue invoice' : `Issue invoice ${number}`,
      cancel: 'Keep as draft',
    })
    if (!isAgreed) return false
    const issued = await api.invoices.issue({ id, version: session.version() ?? 1 })
    showToast({ message: `Invoice ${issued.number} is issued.` })
    return true
  } catch (thrown) {
    const problems = problemsOf(toAppError(thrown).fields ?? {}, content)
    session.store.setProblems(problems)
    focusProblem(session, problems, desk)
    showToast({ message: describeError(thrown).message, tone: 'problem' })
    return false
  }
}
