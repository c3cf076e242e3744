import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import type { Client } from '../../../shared/contract/clients.ts'
import type { Organization } from '../../../shared/contract/organizations.ts'
import type { TaxRate } from '../../../shared/contract/tax-rates.ts'
import { taxesForLine, taxPointOf } from '../../../shared/tax/propose.ts'
import { useApiQuery } from '../../app/queries.ts'
import type { LineTax } from '../document-content.ts'
import type { DraftStore } from './draft-store.ts'
import { lineTaxOf } from './editor-context.ts'
import { factsOf, retax, type TaxSources } from './tax-proposal.ts'

/** What the tax system is asked with for this document; null until it and the client are read. */
export const useTaxSources = (
  organization: Organization,
  rates: readonly TaxRate[],
  clientId: string | null,
  client: Client | undefined,
): TaxSources | null => {
  const settings = useApiQuery('taxSettings', 'get', {}).data
  const known = clientId === null ? null : client?.id === clientId ? client : undefined
  return useMemo(
    () => (settings === undefined || known === undefined ? null : { organization, settings, rates, client: known }),
    [organization, settings, rates, known],
  )
}

/** Another date may have other rates in force: the lines follow, in one step with the date for undo. */
export const useTaxPoint = (store: DraftStore, sources: TaxSources | null): void => {
  const taxPoint = useStore(store, (state) => taxPointOf(state.content))
  const taxed = useRef(taxPoint)
  useEffect(() => {
    if (sources === null || taxed.current === taxPoint) return
    taxed.current = taxPoint
    store.edit('issuedOn', retax(sources))
  }, [store, sources, taxPoint])
}

/** The taxes of a rate on a new line, as the document is taxed at that moment. */
export const taxesAsProposed =
  (store: DraftStore, sources: TaxSources | null, rates: readonly TaxRate[]) =>
  (rateId: string | null, kind?: 'goods' | 'services'): readonly LineTax[] => {
    const rate = rates.find((it) => it.id === rateId) ?? rates.find((it) => it.isDefault)
    if (sources === null || rate === undefined) return rate === undefined ? [] : [lineTaxOf(rate)]
    const { content } = store.getState()
    const facts = factsOf(sources, content)
    return taxesForLine(facts, content, rate.id, kind ?? facts.kind).taxes
  }
