import { createContext, type RefObject, useContext } from 'react'
import { useStore } from 'zustand'
import type { Organization } from '../../../shared/contract/organizations.ts'
import type { TaxRate } from '../../../shared/contract/tax-rates.ts'
import type { DocumentContent, DocumentLine, LineTax } from '../document-content.ts'
import type { PaperKind } from '../document-kind.ts'
import type { Edit } from './draft-edits.ts'
import type { DraftStore } from './draft-store.ts'
import type { TaxSources } from './tax-proposal.ts'

/** What every part of the paper works with. */
export type Editor = {
  readonly kind: PaperKind
  readonly store: DraftStore
  readonly organization: Organization
  /** Rates in force on the date of the document. */
  readonly rates: readonly TaxRate[]
  readonly defaultTaxes: readonly LineTax[]
  /** The taxes of a rate (null for the default one) as the document is taxed now. */
  readonly taxesOf: (rateId: string | null, kind?: 'goods' | 'services') => readonly LineTax[]
  /** What the tax system is asked with; null until it is read. */
  readonly taxSources: TaxSources | null
  /** A blank line as this kind of document begins one. */
  readonly newLine: () => DocumentLine
  readonly today: string
  /** The element that scrolls the paper. */
  readonly desk: RefObject<HTMLDivElement | null>
}

export const EditorContext = createContext<Editor | null>(null)

/** The editor around this component. */
export const useEditor = (): Editor => {
  const editor = useContext(EditorContext)
  if (editor === null) throw new Error('EditorContext is missing above this component.')
  return editor
}

/** One value of the content; the component renders again only when it changes. */
export const useContent = <T>(select: (content: DocumentContent) => T): T =>
  useStore(useEditor().store, (state) => select(state.content))

/** The sentence that says what is wrong with a field, if anything is. */
export const useProblem = (field: string): string | undefined =>
  useStore(useEditor().store, (state) => state.problems[field])

/** A field of the document itself: its value, how to set it, and its problem. */
export const useField = <K extends keyof DocumentContent>(field: K) => {
  const { store } = useEditor()
  const value = useContent((content) => content[field])
  const error = useProblem(field)
  const set = (next: DocumentContent[K]) => {
    const edit: Edit = (content) => ({ ...content, [field]: next })
    store.edit(field, edit)
  }
  return { value, set, error }
}

/** A tax rate as a line holds it. */
export const lineTaxOf = (rate: TaxRate): LineTax => ({
  taxRateId: rate.id,
  name: rate.name,
  category: rate.category,
  rateE6: rate.rateE6,
  isCompound: rate.isCompound,
  exemptionReason: rate.exemptionReason,
})
