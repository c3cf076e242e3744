import { subtract } from '../../../shared/money/arithmetic.ts'
import { zero } from '../../../shared/money/scaled.ts'
import { Amount } from '../../ui/amount.tsx'
import { Figure, Figures } from '../../ui/figures.tsx'
import { type LocaleFormats, useFormats } from '../../ui/locale.tsx'
import classes from './client-page.module.css'
import type { SavedClient } from './client-values.ts'

type Balance = SavedClient['balances'][number]

const invoices = (count: number) => (count === 1 ? '1 invoice' : `${count} invoices`)

const days = (balance: Balance): string => {
  if (balance.averageDaysToPay === null) return '–'
  const rounded = Math.round(balance.averageDaysToPay)
  return rounded === 1 ? '1 day' : `${rounded} days`
}

const openNote = (balance: Balance): string => {
  if (balance.openE4 <= zero) return 'All paid'
  return invoices(balance.invoiceCount - balance.settledCount)
}

/** What the client's credit would leave open. */
const creditNote = (balance: Balance, formats: LocaleFormats): string => {
  if (balance.openE4 <= zero) return 'Not yet used for an invoice'
  const left = subtract(balance.openE4, balance.creditE4)
  return left > zero ? `Used, it leaves ${formats.amount(left, balance.currency)} open` : 'Covers what is open'
}

const Strip = ({ balance }: { readonly balance: Balance }) => {
  const formats = useFormats()
  const { currency } = balance
  return (
    <Figures>
      <Figure
        label="Outstanding"
        value={<Amount value={balance.openE4} currency={currency} />}
        note={openNote(balance)}
      />
      <Figure
        label="Billed"
        value={<Amount value={balance.billedE4} currency={currency} />}
        note={invoices(balance.invoiceCount)}
      />
      <Figure label="Paid" value={<Amount value={balance.paidE4} currency={currency} />} />
      <Figure
        label="Credit"
        value={<Amount value={balance.creditE4} currency={currency} />}
        {...(balance.creditE4 > zero ? { note: creditNote(balance, formats) } : {})}
      />
      <Figure label="Pays after" value={days(balance)} note="on average" />
    </Figures>
  )
}

/** The money between the client and the business, a strip for each currency. */
export const ClientFigures = ({ client }: { readonly client: SavedClient }) => {
  const formats = useFormats()
  const none: Balance = {
    currency: client.currency ?? formats.currency,
    billedE4: zero,
    paidE4: zero,
    openE4: zero,
    creditE4: zero,
    creditedE4: zero,
    writtenOffE4: zero,
    refundedE4: zero,
    invoiceCount: 0,
    settledCount: 0,
    averageDaysToPay: null,
  }
  const shown = client.balances.length === 0 ? [none] : client.balances
  return (
    <div className={classes['strips']}>
      {shown.map((balance) => (
        <section key={balance.currency} aria-label={`Money in ${balance.currency}`}>
          <Strip balance={balance} />
        </section>
      ))}
    </div>
  )
}
