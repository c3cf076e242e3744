import { type RefObject, useMemo } from 'react'
import { useStore } from 'zustand'
import type { Organization } from '../../../shared/contract/organizations.ts'
import type { TaxRate } from '../../../shared/contract/tax-rates.ts'
import { useToday } from '../../app/organization.ts'
import { useApiQuery } from '../../app/queries.ts'
import type { PaperKind } from '../document-kind.ts'
import { newLineOf } from './draft-edits.ts'
import type { DraftStore } from './draft-store.ts'
import type { Editor } from './editor-context.ts'
import { taxesAsProposed, useTaxPoint, useTaxSources } from './tax-sources.ts'

type Parts = {
  readonly kind: PaperKind
  readonly store: DraftStore
  readonly organization: Organization
  /** The rates until those of the document's date are read. */
  readonly rates: readonly TaxRate[]
  readonly desk: RefObject<HTMLDivElement | null>
}

/** What the paper works with, following the date and the client that are written on it; and the name of the client. */
export const usePaperEditor = ({ kind, store, organization, rates: firstRates, desk }: Parts) => {
  const today = useToday()
  const issuedOn = useStore(store, (state) => state.content.issuedOn)
  const clientId = useStore(store, (state) => state.content.clientId)
  const rates = useApiQuery('taxRates', 'list', { on: issuedOn }).data ?? firstRates
  const client = useApiQuery('clients', 'get', { id: clientId ?? '' }, { enabled: clientId !== null })
  const taxSources = useTaxSources(organization, rates, clientId, client.data)
  useTaxPoint(store, taxSources)
  const editor = useMemo<Editor>(() => {
    const taxesOf = taxesAsProposed(store, taxSources, rates)
    return {
      kind,
      store,
      organization,
      rates,
      get defaultTaxes() {
        return taxesOf(null)
      },
      taxesOf,
      taxSources,
      newLine: () => newLineOf(kind, taxesOf(null)),
      today,
      desk,
    }
  }, [kind, store, organization, rates, taxSources, today, desk])
  return { editor, clientName: clientId === null ? undefined : client.data?.name }
}
