import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Amount as AmountValue, zero } from '../../../shared/money/scaled.ts'
import { MayCall } from '../../app/may.tsx'
import type { ApiOutput } from '../../app/queries.ts'
import { Figure, Figures } from '../../ui/figures.tsx'
import { type LocaleFormats, useFormats } from '../../ui/locale.tsx'

export type Summary = ApiOutput<'home', 'summary'>
type Outstanding = Summary['outstanding'][number]

/** The figure in the currency of the business, large; those in other currencies under it. */
const inCurrencies = (
  rows: readonly Outstanding[],
  base: string,
  value: (row: Outstanding) => AmountValue,
  formats: LocaleFormats,
) => {
  const own = rows.find((row) => row.currency === base)
  const others = rows.filter((row) => row.currency !== base && value(row) !== zero)
  return {
    main: formats.amount(own === undefined ? zero : value(own), base),
    others: others.map((row) => formats.amount(value(row), row.currency)).join(' and '),
  }
}

const invoices = (count: number) => (count === 1 ? '1 invoice' : `${count} invoices`)

const note = (others: string, rest: ReactNode): ReactNode => (
  <>
    {others !== '' && <>and {others} · </>}
    {rest}
  </>
)

/** What is owed, what is late, what came in this month. */
export const HomeFigures = ({ summary }: { readonly summary: Summary }) => {
  const formats = useFormats()
  const { currency, outstanding } = summary
  const open = inCurrencies(outstanding, currency, (row) => row.openE4, formats)
  const late = inCurrencies(outstanding, currency, (row) => row.overdueE4, formats)
  const openCount = outstanding.reduce((sum, row) => sum + row.openCount, 0)
  const lateCount = outstanding.reduce((sum, row) => sum + row.overdueCount, 0)
  return (
    <Figures>
      <Figure
        label="Outstanding"
        value={open.main}
        note={note(
          open.others,
          <>
            <Link to="/invoices" search={{ filter: 'open' }}>
              {invoices(openCount)}
            </Link>
            <MayCall call="statements.aged">
              {' · '}
              <Link to="/reports/$report" params={{ report: 'aged' }} search={{}}>
                by age
              </Link>
            </MayCall>
          </>,
        )}
      />
      <Figure
        label="Overdue"
        value={late.main}
        tone={lateCount > 0 ? 'negative' : 'plain'}
        note={note(
          late.others,
          lateCount === 0 ? (
            'Nothing is late'
          ) : (
            <Link to="/invoices" search={{ filter: 'overdue' }}>
              {invoices(lateCount)}
            </Link>
          ),
        )}
      />
      <Figure
        label="Received this month"
        value={formats.amount(summary.receivedThisMonthE4, currency)}
        note={
          <MayCall call="reports.run">
            <Link to="/reports/$report" params={{ report: 'payments' }} search={{ range: 'this-month' }}>
              Payments this month
            </Link>
          </MayCall>
        }
      />
      <Figure
        label="Issued this month"
        value={formats.amount(summary.issuedThisMonthE4, currency)}
        note={
          <MayCall call="reports.run">
            <Link to="/reports/$report" params={{ report: 'revenue' }} search={{ range: 'this-month' }}>
              Revenue this month
            </Link>
          </MayCall>
        }
      />
    </Figures>
  )
}
