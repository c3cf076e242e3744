import { useEffect, useState } from 'react'
import type { Rounding } from '../../../shared/documents/model.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { ConflictDialog } from '../../ui/conflict-dialog.tsx'
import { type ComparedField, differencesOf, type Side } from '../../ui/differences.ts'
import { type LocaleFormats, useFormats } from '../../ui/locale.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { DocumentContent } from '../document-content.ts'
import type { DocumentKind, StoredDocument } from '../document-kind.ts'
import { figuresOf } from './document-totals.ts'
import { followTerms } from './draft-edits.ts'
import type { DraftSession } from './draft-session.ts'

const names: Readonly<Partial<Record<keyof DocumentContent, string>>> = {
  currency: 'Currency',
  language: 'Language',
  reference: 'Reference',
  pricesIncludeTax: 'Prices include tax',
  notes: 'Notes',
  terms: 'Terms',
  exchangeRateE10: 'Exchange rate',
}

/** The fields of a document as a comparison names and writes them. */
const comparedFields = (
  formats: LocaleFormats,
  rounding: Rounding,
  states: readonly DocumentContent[],
  known: ReadonlyMap<string, string>,
): ComparedField[] => {
  // Texts are asked for values that come from these very contents.
  const linesText = (value: unknown) => {
    const content = states.find((it) => it.lines === value)
    if (content === undefined) return '…'
    const total = figuresOf(content, rounding).totals?.totalE4
    const first = content.lines.slice(0, 3).map((line) => line.name || 'unnamed')
    const more = content.lines.length > 3 ? ', …' : ''
    const sum = total === undefined ? '' : `, in all ${formats.amount(total, content.currency)}`
    return `${content.lines.length} (${first.join(', ')}${more})${sum}`
  }
  const date = (value: unknown) => (typeof value === 'string' ? formats.date(value) : 'none')
  const money = (value: unknown) => formats.figures(value as Amount) // prepaidE4 and roundingAmountE4 alone are written by it
  return [
    { path: 'clientId', label: 'Client', text: (value) => known.get(String(value)) ?? 'none' },
    { path: 'templateId', label: 'Template', text: (value) => known.get(String(value)) ?? 'as usual' },
    {
      path: 'branchId',
      label: 'Branch',
      text: (value) => (value == null ? 'Whole business' : (known.get(String(value)) ?? 'another')),
    },
    { path: 'issuedOn', label: 'Date', text: date },
    { path: 'dueOn', label: 'Due', text: date },
    { path: 'paymentTermsDays', label: 'Terms in days' },
    { path: 'supplyFrom', label: 'Supply from', text: date },
    { path: 'supplyTo', label: 'Supply to', text: date },
    { path: 'lines', label: 'Lines', text: linesText },
    {
      path: 'adjustments',
      label: 'Discounts and charges',
      text: (value) => `${Array.isArray(value) ? value.length : 0}`,
    },
    { path: 'prepaidE4', label: 'Already paid', text: money },
    ...Object.entries(names).map(([path, label]) => ({ path, label })),
  ]
}

type Props = {
  readonly kind: DocumentKind
  readonly documentId: string
  readonly session: DraftSession
  readonly rounding: Rounding
  readonly onClose: () => void
  /** The other side is no draft any more: it has to be opened anew. */
  readonly onGone: () => void
}

/** Both states of a draft that was changed in two places, side by side, until one chooses. */
export const DraftConflict = ({ kind, documentId, session, rounding, onClose, onGone }: Props) => {
  const formats = useFormats()
  const [theirs, setTheirs] = useState<StoredDocument | null>(null)
  // Names of clients and templates by their id.
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map())
  useEffect(() => {
    const read = async () => {
      try {
        const document = await kind.procedures.get(documentId)
        if (!document.isDraft) return onGone()
        const mine = session.store.getState().content.clientId
        const found = await Promise.all(
          [mine, document.content.clientId].filter((id) => id !== null).map((id) => api.clients.get({ id })),
        )
        const templates = await api.documentTemplates.list({})
        setKnown(new Map([...found, ...templates].map(({ id, name }) => [id, name])))
        setTheirs(document)
      } catch (thrown) {
        showToast({ message: describeError(thrown).message, tone: 'problem' })
        onClose()
      }
    }
    void read()
  }, [kind, documentId, session, onClose, onGone])
  if (theirs === null) return null
  const yours = session.store.getState().content
  const other = followTerms(theirs.content)
  const before = session.stored() ?? other
  const fields = [
    ...comparedFields(formats, rounding, [yours, other, before], known),
    ...(kind.comparedFields?.(formats) ?? []),
  ]
  const differences = differencesOf(fields, { before, yours, theirs: other })
  const decide = (chosen: Readonly<Record<string, Side>>) => {
    const taken = Object.keys(chosen).filter((path) => chosen[path] === 'theirs')
    const merged = { ...yours, ...Object.fromEntries(Object.entries(other).filter(([path]) => taken.includes(path))) }
    session.resolve(theirs.version, merged)
    onClose()
  }
  return (
    <ConflictDialog
      what={`This draft, saved elsewhere at ${formats.time(theirs.updatedAt)},`}
      differences={differences}
      onDecide={decide}
      onClose={onClose}
    />
  )
}
