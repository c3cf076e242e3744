import type { ReactNode } from 'react'
import type { EInvoiceFinding } from '../../../shared/contract/einvoices.ts'
import type { Rounding } from '../../../shared/documents/model.ts'
import { api } from '../../api.ts'
import { describeError, toAppError } from '../../app/errors.ts'
import type { ApiOutput } from '../../app/queries.ts'
import { confirmAct, leaveConfirmation } from '../../ui/confirm.tsx'
import type { LocaleFormats } from '../../ui/locale.tsx'
import { showToast } from '../../ui/toast.tsx'
import { unreadableField } from '../../ui/unreadable-field.ts'
import type { DocumentKind } from '../document-kind.ts'
import { IssueOutlook, outlookOf } from '../einvoice/issue-outlook.tsx'
import { figuresOf } from './document-totals.ts'
import { missingFields, newLineOf, type Problems, problemsOf, withoutBlankLines } from './draft-edits.ts'
import type { DraftSession } from './draft-session.ts'
import { addLine } from './line-actions.ts'
import { SeriesChoice } from './series-choice.tsx'

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

type Series = ApiOutput<'numberSeries', 'list'>[number]

/** The series that may number it, the default one first. */
const seriesOf = async ({ name }: DocumentKind): Promise<readonly Series[]> =>
  (await api.numberSeries.list({}))
    .filter((it) => it.documentKind === name)
    .toSorted((one, other) => Number(other.isDefault) - Number(one.isDefault))

type Parts = {
  readonly kind: DocumentKind
  readonly id: string
  readonly session: DraftSession
  readonly rounding: Rounding
  readonly formats: LocaleFormats
  readonly desk: HTMLElement | null
  /** Goes to where a broken rule of the e-invoice is put right. */
  readonly onJump: (finding: EInvoiceFinding) => void
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

/** How it would go out as an e-invoice; a check that fails must not keep it from being issued. */
const outlook = async ({ kind, id, onJump }: Parts): Promise<ReactNode> => {
  const checked = kind.name === 'quote' ? null : await outlookOf(kind.name, id).catch(() => null)
  if (checked === null) return null
  const jump = (finding: EInvoiceFinding) => {
    leaveConfirmation()
    onJump(finding)
  }
  return <IssueOutlook checked={checked} onJump={jump} />
}

/** Issues a draft: checks it, says what will happen, takes the number. True once it is issued. */
export const issueDraft = async (parts: Parts): Promise<boolean> => {
  const { kind, id, session, formats, desk } = parts
  if (!isReady(parts) || !(await session.saveNow())) return false
  const { content } = session.store.getState()
  const { totals } = figuresOf(content, parts.rounding)
  if (totals === null) return false
  try {
    const series = await seriesOf(kind)
    const offered = series.length > 1 ? series : []
    const number = offered.length > 0 ? null : (series[0]?.nextNumber ?? null)
    let seriesId: string | null = null
    const client = content.clientId === null ? null : await api.clients.get({ id: content.clientId })
    const total = formats.amount(totals.payableE4, content.currency)
    const einvoice = await outlook(parts)
    const isAgreed = await confirmAct({
      title: number === null ? `Issue this ${kind.words.one}` : `Issue ${kind.words.one} ${number}`,
      body: (
        <>
          {kind.consequences({ content, clientName: client?.name ?? '', total, number, formats })}
          {offered.length > 0 && (
            <SeriesChoice
              series={offered}
              onChange={(id) => {
                seriesId = id
              }}
            />
          )}
          {einvoice}
        </>
      ),
      verb: number === null ? `Issue ${kind.words.one}` : `Issue ${kind.words.one} ${number}`,
      cancel: 'Keep as draft',
    })
    if (!isAgreed) return false
    const issued = await kind.procedures.issue({ id, version: session.version() ?? 1, seriesId })
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
