import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useApiQuery } from '../../app/queries.ts'
import { useContent, useField } from '../../documents/editor/editor-context.ts'
import paper from '../../documents/editor/paper.module.css'
import { Fact } from '../../documents/editor/paper-facts.tsx'

/** Why it is given back, as it is printed. */
export const ReasonFact = () => {
  const { value, set, error } = useField('reason')
  const id = useId()
  return (
    <Fact label="Reason" id={id}>
      <input
        id={id}
        className={paper['input']}
        data-field="reason"
        placeholder="Returned, a mistake"
        maxLength={300}
        aria-invalid={error !== undefined || undefined}
        value={value ?? ''}
        onChange={(event) => set(event.currentTarget.value || null)}
      />
    </Fact>
  )
}

/** The invoice that a credit note gives back; a free one has none. */
export const CreditedInvoiceFact = () => {
  const invoiceId = useContent((content) => content.invoiceId) ?? null
  const invoice = useApiQuery('invoices', 'get', { id: invoiceId ?? '' }, { enabled: invoiceId !== null }).data
  if (invoiceId === null) return null
  return (
    <Fact label="Invoice">
      <Link to="/invoices/$id" params={{ id: invoiceId }}>
        {invoice?.number ?? '…'}
      </Link>
    </Fact>
  )
}
