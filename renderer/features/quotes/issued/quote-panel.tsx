import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Quote } from '../../../../shared/contract/quotes.ts'
import { ClientLink } from '../../../app/client-link.tsx'
import { MayCall } from '../../../app/may.tsx'
import { useToday } from '../../../app/organization.ts'
import { useApiQuery } from '../../../app/queries.ts'
import { Amount } from '../../../ui/amount.tsx'
import { type LocaleFormats, useFormats } from '../../../ui/locale.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { TearLine } from '../../../ui/tear-line.tsx'
import classes from './quote.module.css'

type Conversion = Quote['invoices'][number]

const kindText = ({ kind, percentE6 }: Conversion, formats: LocaleFormats): string => {
  const share = percentE6 === null ? '' : ` of ${formats.percent(percentE6)}`
  const texts: Readonly<Record<Conversion['kind'], string>> = {
    lines: 'chosen lines',
    percentage: `a part${share}`,
    deposit: `deposit${share}`,
    final: 'final invoice',
  }
  return texts[kind]
}

const invoiceState = ({ state, number }: Conversion): string => {
  if (state === 'void') return ' · void'
  return number === null ? ' · not issued yet' : ''
}

/** The invoices made from a quote, and what is left for another. */
const Conversions = ({ quote, onConvert }: Props) => {
  const formats = useFormats()
  const { currency } = quote.content
  if (quote.invoices.length === 0) return null
  return (
    <Panel
      title="Invoices from this quote"
      actions={
        onConvert !== null && (
          <MayCall call="quotes.toInvoice">
            <Button variant="subtle" size="compact-sm" onClick={onConvert}>
              Another invoice
            </Button>
          </MayCall>
        )
      }
    >
      <ul className={classes['conversions']} aria-label="Invoices from this quote">
        {quote.invoices.map((invoice) => (
          <li key={invoice.invoiceId} data-void={invoice.state === 'void' || undefined}>
            <span>
              <Link to="/invoices/$id" params={{ id: invoice.invoiceId }}>
                {invoice.number ?? 'Draft'}
              </Link>
              <span className={classes['quiet']}>
                {formats.date(invoice.issuedOn)} · {kindText(invoice, formats)}
                {invoiceState(invoice)}
              </span>
            </span>
            <Amount value={invoice.totalE4} currency={currency} />
          </li>
        ))}
      </ul>
      <dl className={classes['sums']}>
        <Fact name="Invoiced">
          <Amount value={quote.invoicedE4} currency={currency} />
        </Fact>
        <Fact name="Left to invoice">
          <Amount value={quote.leftE4} currency={currency} strong />
        </Fact>
      </dl>
    </Panel>
  )
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const validText = (quote: Quote, today: string, formats: LocaleFormats): string => {
  const { validUntil } = quote.content
  const decidedOn = quote.decidedOn === null ? '' : ` on ${formats.date(quote.decidedOn)}`
  if (quote.state === 'void') return quote.voidReason ?? 'Withdrawn'
  if (quote.state === 'declined') return `Declined${decidedOn}`
  if (quote.state === 'accepted' || quote.state === 'invoiced') {
    const isLate = validUntil !== null && quote.decidedOn !== null && quote.decidedOn > validUntil
    return `Accepted${decidedOn}${isLate ? `, though it expired on ${formats.date(validUntil)}` : ''}`
  }
  if (validUntil === null) return 'Without a last day'
  if (validUntil < today) return `Expired: it was valid until ${formats.date(validUntil)}`
  return validUntil === today ? 'Today is its last day' : `Valid until ${formats.date(validUntil)}`
}

const Revisions = ({ quote }: { readonly quote: Quote }) => {
  const before = useApiQuery('quotes', 'get', { id: quote.revisesId ?? '' }, { enabled: quote.revisesId !== null }).data
  return (
    <>
      {quote.revisesId !== null && (
        <Fact name="In place of">
          <Link to="/quotes/$id" params={{ id: quote.revisesId }}>
            {before?.number ?? '…'}
          </Link>
        </Fact>
      )}
      {quote.revisedBy !== null && (
        <Fact name="Replaced by">
          <Link to="/quotes/$id" params={{ id: quote.revisedBy.id }}>
            {quote.revisedBy.number ?? 'a draft'}
          </Link>
        </Fact>
      )}
    </>
  )
}

type Props = {
  readonly quote: Quote
  /** null: nothing is left to turn into an invoice, or it is not accepted. */
  readonly onConvert: (() => void) | null
}

/** The stub of the quote: what is offered, until when, what the client said, what was invoiced of it. */
export const QuotePanel = ({ quote, onConvert }: Props) => {
  const formats = useFormats()
  const today = useToday()
  const { currency, clientId } = quote.content
  return (
    <>
      <Panel torn>
        <h2 className="visually-hidden">Offer</h2>
        <div className={classes['head']} data-void={quote.state === 'void' || undefined}>
          <span className={classes['label']}>Offered</span>
          <span className={classes['figure']}>
            <Amount value={quote.totals.payableE4} currency={currency} />
          </span>
          <span className={classes['due']} data-late={quote.state === 'expired' || undefined}>
            {validText(quote, today, formats)}
          </span>
        </div>
        <TearLine />
        <dl className={classes['sums']}>
          <Fact name="Client">
            {clientId === null ? quote.clientName : <ClientLink id={clientId} name={quote.clientName} />}
          </Fact>
          {quote.decidedBy !== null && (
            <Fact name={quote.state === 'declined' ? 'Declined by' : 'Accepted by'}>{quote.decidedBy}</Fact>
          )}
          {quote.decisionNote !== null && <Fact name="Note">{quote.decisionNote}</Fact>}
          <Revisions quote={quote} />
        </dl>
      </Panel>
      <Conversions quote={quote} onConvert={onConvert} />
    </>
  )
}
