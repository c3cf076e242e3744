import { useDeferredValue, useId } from 'react'
import { activeCurrencies } from '../../../shared/money/currencies.ts'
import { toDecimalString } from '../../../shared/money/decimal-string.ts'
import { type Amount, amount, digits } from '../../../shared/money/scaled.ts'
import type { Regime } from '../../../shared/tax/regimes/regime.ts'
import type { DocumentContent } from '../document-content.ts'
import { useContent, useEditor, useField } from './editor-context.ts'
import paper from './paper.module.css'
import { factsOf, retax, type TaxSources, warningsOf } from './tax-proposal.ts'

type Props = { readonly sources: TaxSources }

const useTaxEdit = (sources: TaxSources) => {
  const { store } = useEditor()
  return (change: Partial<Pick<DocumentContent, 'taxTreatment' | 'placeOfSupply'>>) =>
    store.edit(null, (content) => retax(sources)({ ...content, ...change }))
}

const Treatment = ({ sources, regime }: Props & { readonly regime: Regime }) => {
  const { store } = useEditor()
  const { value } = useField('taxTreatment')
  const edit = useTaxEdit(sources)
  const id = useId()
  const choices = regime.treatments
  return (
    <span className={paper['option']}>
      <label htmlFor={id}>Tax treatment</label>
      <select
        id={id}
        className={paper['select']}
        value={value}
        onChange={(event) => {
          const chosen = choices.find((it) => it.id === event.currentTarget.value)
          if (chosen === undefined) return
          const facts = factsOf(sources, store.getState().content)
          edit({ taxTreatment: chosen.id, placeOfSupply: regime.suggestPlace({ ...facts, treatment: chosen.id }) })
        }}
      >
        {!choices.some((it) => it.id === value) && <option value={value}>{value}</option>}
        {choices.map((it) => (
          <option key={it.id} value={it.id}>
            {it.label}
          </option>
        ))}
      </select>
    </span>
  )
}

const Place = ({ sources, regime }: Props & { readonly regime: Regime }) => {
  const { value } = useField('placeOfSupply')
  const treatment = useContent((content) => content.taxTreatment)
  const edit = useTaxEdit(sources)
  const id = useId()
  const places = regime.places(sources.organization.country)
  // Some regimes ask for it only where the destination decides.
  if (places.length === 0 || (regime.id === 'eu-vat' && treatment !== 'oss' && value === null)) return null
  return (
    <span className={paper['option']}>
      <label htmlFor={id}>Place of supply</label>
      <select
        id={id}
        className={paper['select']}
        value={value ?? ''}
        onChange={(event) => edit({ placeOfSupply: event.currentTarget.value || null })}
      >
        <option value="">As the seller</option>
        {value !== null && !places.some((it) => it.code === value) && <option value={value}>{value}</option>}
        {places.map((it) => (
          <option key={it.code} value={it.code}>
            {it.name} ({it.code})
          </option>
        ))}
      </select>
    </span>
  )
}

const CashStep = ({ sources, regime }: Props & { readonly regime: Regime }) => {
  const { value, set } = useField('payableStepE4')
  const currency = useContent((content) => content.currency)
  const id = useId()
  const isBase = currency === sources.organization.currency
  const steps = new Set<bigint>([
    ...sources.settings.cashRoundings.filter((it) => it.currency === currency).map((it) => it.stepE4),
    ...(isBase && regime.roundOffStepE4 !== null ? [regime.roundOffStepE4] : []),
    ...(value === null ? [] : [value]),
  ])
  if (steps.size === 0) return null
  const decimals = activeCurrencies.find((it) => it.code === currency)?.minorUnits ?? 2
  const choose = (text: string): Amount | null => (text === '' ? null : amount(BigInt(text)))
  return (
    <span className={paper['option']}>
      <label htmlFor={id}>Amount due rounded to</label>
      <select
        id={id}
        className={paper['select']}
        value={value === null ? '' : String(value)}
        onChange={(event) => set(choose(event.currentTarget.value))}
      >
        <option value="">Not rounded</option>
        {[...steps].map((step) => (
          <option key={String(step)} value={String(step)}>
            {currency} {toDecimalString(step, digits.amount, decimals)}
          </option>
        ))}
      </select>
    </span>
  )
}

/** How the document is taxed: treatment, place of supply, rounding of what is due, and what to look out for. */
export const TaxOptions = ({ sources }: Props) => {
  // What is said here may come a frame after the key.
  const content = useDeferredValue(useContent((it) => it))
  const { regime } = factsOf(sources, content)
  const warnings = warningsOf(sources, content)
  if (content.invoiceId != null) return null
  return (
    <>
      {regime.treatments.length > 1 && <Treatment sources={sources} regime={regime} />}
      <Place sources={sources} regime={regime} />
      <CashStep sources={sources} regime={regime} />
      {warnings.map((warning) => (
        <p key={warning} className={paper['tax-warning']} role="status">
          {warning}
        </p>
      ))}
    </>
  )
}
