import type { EInvoiceFinding } from '../../../shared/contract/einvoices.ts'
import { currentRouter } from '../../app/current-router.ts'
import { showField, whenDrawn } from '../../ui/show-field.ts'
import { lineField } from '../editor/draft-edits.ts'
import type { DraftStore } from '../editor/draft-store.ts'

/** Opens the settings of the business at a field. */
export const openBusiness = async (field: string): Promise<void> => {
  await currentRouter().navigate({ to: '/settings/$section', params: { section: 'business' } })
  showField(field)
}

const focus = (element: HTMLElement): void => {
  element.scrollIntoView({ block: 'center' })
  element.focus()
}

/** Marks the field of a draft that a finding is about with its words, and puts the cursor there. */
export const focusFinding = (store: DraftStore, desk: HTMLElement | null, finding: EInvoiceFinding): void => {
  const { field } = finding.target
  const { lines } = store.getState().content
  const [, at = '0', part = 'name'] = /^lines(?:\.(\d+)\.(\w+))?$/.exec(field) ?? []
  const line = field.startsWith('lines') ? lines[Number(at)] : undefined
  if (line !== undefined) {
    store.setProblems({ [lineField(line.id, part)]: finding.message })
    store.focusOn({ lineId: line.id, field: part })
    return
  }
  const [, adjustment] = /^adjustments\.(\d+)$/.exec(field) ?? []
  store.setProblems({ [field]: finding.message })
  whenDrawn(
    () =>
      adjustment === undefined
        ? desk?.querySelector<HTMLElement>(`[data-field="${field}"]`)
        : [...(desk?.querySelectorAll<HTMLElement>('fieldset[aria-label$="on the document"] input') ?? [])][
            Number(adjustment)
          ],
    focus,
  )
}
