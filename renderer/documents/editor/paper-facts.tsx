import { memo, type ReactNode, useId, useState } from 'react'
import { commonTerms } from '../../../shared/documents/terms.ts'
import { activeCurrencies } from '../../../shared/money/currencies.ts'
import { exchangeRate } from '../../../shared/money/scaled.ts'
import { api } from '../../api.ts'
import { useApiQuery } from '../../app/queries.ts'
import { DateField } from '../../ui/date-field.tsx'
import { termsText } from '../../ui/terms-field.tsx'
import { dueDate } from './draft-edits.ts'
import type { DraftStore } from './draft-store.ts'
import { useContent, useEditor, useField } from './editor-context.ts'
import paper from './paper.module.css'

const terms = commonTerms.map(({ days }) => days)

type FactProps = { readonly label: string; readonly id?: string; readonly children: ReactNode }

/** One fact: what it is called, and the field. */
export const Fact = ({ label, id, children }: FactProps) => (
  <div className={paper['fact']}>
    {id === undefined ? <span aria-hidden="true">{label}</span> : <label htmlFor={id}>{label}</label>}
    {children}
  </div>
)

/** The terms of payment, which the due date follows. */
export const TermsFact = () => {
  const { value = null, set } = useField('paymentTermsDays')
  const id = useId()
  const options = value === null || terms.includes(value) ? terms : [...terms, value].toSorted((a, b) => a - b)
  return (
    <Fact label="Terms" id={id}>
      <select
        id={id}
        className={paper['select']}
        value={value ?? ''}
        onChange={(event) => set(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
      >
        <option value="">No terms</option>
        {options.map((days) => (
          <option key={days} value={days}>
            {termsText(days)}
          </option>
        ))}
      </select>
    </Fact>
  )
}

/** When it is due. */
export const DueFact = () => {
  const { today } = useEditor()
  const { set, error } = useField('dueOn')
  const due = useContent(dueDate)
  return (
    <Fact label="Due">
      <DateField
        className={paper['cell']}
        aria-label="Due date"
        data-field="dueOn"
        today={today}
        value={due}
        error={error}
        onChange={set}
      />
    </Fact>
  )
}

/** Takes the rate of the dated table for a currency just chosen; where it has none, a person types it. */
const takeDatedRate = async (store: DraftStore, currency: string) => {
  const { issuedOn } = store.getState().content
  const known = await api.exchangeRates.find({ currency, on: issuedOn }).catch(() => null)
  if (known === null || store.getState().content.currency !== currency) return
  store.edit('currency', (content) => ({ ...content, exchangeRateE10: known.rateE10 }))
}

/** The currency of the document. */
export const CurrencyFact = () => {
  const { store, organization } = useEditor()
  const { value } = useField('currency')
  const id = useId()
  const set = (currency: string) => {
    store.edit('currency', (content) => ({ ...content, currency, exchangeRateE10: exchangeRate(10_000_000_000n) }))
    if (currency !== organization.currency) void takeDatedRate(store, currency)
  }
  const isListed = activeCurrencies.some((it) => it.code === value)
  return (
    <Fact label="Currency" id={id}>
      <select id={id} className={paper['select']} value={value} onChange={(event) => set(event.currentTarget.value)}>
        {!isListed && <option value={value}>{value}</option>}
        {activeCurrencies.map((currency) => (
          <option key={currency.code} value={currency.code}>
            {currency.code} {currency.name}
          </option>
        ))}
      </select>
    </Fact>
  )
}

/** When it was supplied: one day or a period, shown once somebody asks for it. */
export const SupplyFact = () => {
  const from = useField('supplyFrom')
  const to = useField('supplyTo')
  const issuedOn = useContent((content) => content.issuedOn)
  const [asked, setAsked] = useState(false)
  if (!asked && from.value === null && to.value === null && from.error === undefined) {
    return (
      <div className={paper['fact']}>
        <span>Supply</span>
        <button type="button" className={paper['button']} data-quiet onClick={() => setAsked(true)}>
          Add a date or period
        </button>
      </div>
    )
  }
  return (
    <>
      <Fact label="Supply from">
        <DateField
          className={paper['cell']}
          aria-label="Supply from"
          data-field="supplyFrom"
          autoFocus={asked}
          today={issuedOn}
          value={from.value}
          error={from.error}
          onChange={from.set}
        />
      </Fact>
      <Fact label="Supply to">
        <DateField
          className={paper['cell']}
          aria-label="Supply to"
          data-field="supplyTo"
          today={issuedOn}
          value={to.value}
          error={to.error}
          onChange={to.set}
        />
      </Fact>
    </>
  )
}

/** The date of the document. */
export const DateFact = () => {
  const { today, kind } = useEditor()
  const { value, error, set } = useField('issuedOn')
  return (
    <Fact label="Date">
      <DateField
        className={paper['cell']}
        aria-label={kind.words.date}
        data-field="issuedOn"
        today={today}
        value={value}
        error={error}
        onChange={(date) => date !== null && set(date)}
      />
    </Fact>
  )
}

/** What the client calls it: an order number, a contact. */
export const ReferenceFact = () => {
  const reference = useField('reference')
  const id = useId()
  return (
    <Fact label="Reference" id={id}>
      <input
        id={id}
        className={paper['input']}
        data-field="reference"
        placeholder="Order number, contact"
        maxLength={100}
        value={reference.value ?? ''}
        onChange={(event) => reference.set(event.currentTarget.value || null)}
      />
    </Fact>
  )
}

/** What the buyer routes by: shown for those who take e-invoices, and where something asked for it. */
export const BuyerReferenceFact = () => {
  const { value, set, error } = useField('buyerReference')
  const clientId = useContent((content) => content.clientId)
  const client = useApiQuery('clients', 'get', { id: clientId ?? '' }, { enabled: clientId !== null }).data
  const id = useId()
  const takes = client?.id === clientId && client?.einvoiceFormat !== null
  if (value === null && error === undefined && !takes) return null
  return (
    <Fact label="Buyer reference" id={id}>
      <input
        id={id}
        className={paper['input']}
        data-field="buyerReference"
        aria-invalid={error !== undefined}
        placeholder={client?.buyerReference ?? 'Leitweg-ID, cost centre'}
        maxLength={100}
        value={value ?? ''}
        onChange={(event) => set(event.currentTarget.value || null)}
      />
    </Fact>
  )
}

/** The facts beside the address, those that the kind of document has. */
export const PaperFacts = memo(() => {
  const { kind } = useEditor()
  return (
    <section aria-label="Facts" className={paper['facts']}>
      {kind.facts.map((Block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the facts of a kind never change their places
        <Block key={at} />
      ))}
    </section>
  )
})
