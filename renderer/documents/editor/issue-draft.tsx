import type { Rounding } from '../../../shared/documents/model.ts'
import { api } from '../../api.ts'
import { describeError, toAppError } from '../../app/errors.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import type { LocaleFormats } from '../../ui/locale.tsx'
import { showToast } from '../../ui/toast.tsx'
import { unreadableField } from '../../ui/unreadable-field.ts'
import type { DocumentKind } from '../document-kind.ts'
import { figuresOf } from './document-totals.ts'
import { missingFields, newLineOf, type Problems, problemsOf, withoutBlankLines } from './draft-edits.ts'
import type { DraftSession } from './draft-session.ts'
import { addLine } from './line-actions.ts'

/** Goes to the first field that something is wrong with. */
export const focusProblem = (
  session: Pick<DraftSession, 'store'>,
  problems: Problems,
  desk: HTMLElement | null,
): void => {
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

const nextNumber = async ({ name }: DocumentKind): Promise<string | null> => {
  const series = await api.numberSeries.list({})
  const own = series.filter((it) => it.documentKind === name)
  return (own.find((it) => it.isDefault) ?? own[0])?.nextNumber ?? null
}

type Parts = {
  readonly kind: DocumentKind
  readonly id: string
  readonly session: DraftSession
  readonly rounding: Rounding
  readonly formats: LocaleFormats
  readonly desk: HTMLElement | null
}

/** What keeps the draft from being issued; the first of it gets the focus. */
const isReady = ({ kind, session, desk }: Parts): boolean => {
  const { store } = session
  const written = withoutBlankLines(store.getState().content)
  if (written.lines.length > 0) store.edit(null, () => written)
  else if (store.getState().content.lines.length === 0) {
    addLine(store, null, () => newLineOf(kind, []))
    // What is missing first is gone to below.
    store.focusOn(null)
  }
  const unreadable = unreadableField(desk)
  if (unreadable !== undefined) {
    unreadable.focus()
    return false
  }
  const { content } = store.getState()
  const problems = { ...missingFields(content, kind.words), ...kind.missing?.(content) }
  store.setProblems(problems)
  focusProblem(session, problems, desk)
  return Object.keys(problems).length === 0
}

/** Issues a draft: checks it, says what will happen, takes the number. True once it is issued. */
export const issueDraft = async (parts: Parts): Promise<boolean> => {
  const { kind, id, session, formats, desk } = parts
  if (!isReady(parts) || !(await session.saveNow())) return false
  const { content } = session.store.getState()
  const { totals } = figuresOf(content, parts.rounding)
  if (totals === null) return false
  try {
    const number = await nextNumber(kind)
    const client = content.clientId === null ? null : await api.clients.get({ id: content.clientId })
    const total = formats.amount(totals.payableE4, content.currency)
    const isAgreed = await confirmAct({
      title: number === null ? `Issue this ${kind.words.one}` : `Issue ${kind.words.one} ${number}`,
      body: kind.consequences({ content, clientName: client?.name ?? '', total, number, formats }),
      verb: number === null ? `Issue ${kind.words.one}` : `Issue ${kind.words.one} ${number}`,
      cancel: 'Keep as draft',
    })
    if (!isAgreed) return false
    const issued = await kind.procedures.issue({ id, version: session.version() ?? 1 })
    showToast({ message: `${kind.words.title} ${issued.number} is issued.` })
    return true
  } catch (thrown) {
    const problems = problemsOf(toAppError(thrown).fields ?? {}, content)
    session.store.setProblems(problems)
    focusProblem(session, problems, desk)
    showToast({ message: describeError(thrown).message, tone: 'problem' })
    return false
  }
}
