import { Link } from '@tanstack/react-router'
import type { Statement, StatementKind, StatementRow } from '../../../shared/contract/statements.ts'
import { negate } from '../../../shared/money/arithmetic.ts'
import { useFormats } from '../../ui/locale.tsx'
import classes from './statements.module.css'

const kindTitles: Readonly<Record<StatementKind, string>> = {
  invoice: 'Invoice',
  'invoice-void': 'Invoice voided',
  'credit-note': 'Credit note',
  'credit-note-void': 'Credit note voided',
  payment: 'Payment',
  'payment-returned': 'Payment returned',
  refund: 'Refund',
  'refund-cancelled': 'Refund cancelled',
  'write-off': 'Written off',
  'cash-rounding': 'Cash rounding of',
}

const NumberLink = ({ row }: { readonly row: StatementRow }) => {
  const className = classes['link']
  switch (row.kind) {
    case 'invoice':
    case 'invoice-void':
      return (
        <Link to="/invoices/$id" params={{ id: row.id }} className={className}>
          {row.number}
        </Link>
      )
    case 'credit-note':
    case 'credit-note-void':
      return (
        <Link to="/credit-notes/$id" params={{ id: row.id }} className={className}>
          {row.number}
        </Link>
      )
    case 'payment':
    case 'payment-returned':
    case 'cash-rounding':
      return (
        <Link to="/payments" search={{ payment: row.id }} className={className}>
          {row.number}
        </Link>
      )
    default:
      return <span>{row.number}</span>
  }
}

const Entry = ({ row, currency }: { readonly row: StatementRow; readonly currency: string }) => {
  const formats = useFormats()
  const note = row.note === null ? null : row.kind === 'invoice' ? `due ${formats.date(row.note)}` : row.note
  return (
    <tr>
      <td>{formats.date(row.on)}</td>
      <th scope="row">
        {kindTitles[row.kind]} <NumberLink row={row} />
        {note !== null && <span className={classes['note']}>{note}</span>}
      </th>
      <td data-align="end">{row.amountE4 > 0n ? formats.figures(row.amountE4, currency) : ''}</td>
      <td data-align="end">{row.amountE4 < 0n ? formats.figures(negate(row.amountE4), currency) : ''}</td>
      <td data-align="end">{formats.figures(row.balanceE4, currency)}</td>
    </tr>
  )
}

type Props = { readonly statement: Statement; readonly from: string; readonly to: string }

/** A statement: what was open, every entry with the balance after it, what is open now. */
export const StatementTable = ({ statement, from, to }: Props) => {
  const formats = useFormats()
  const { currency } = statement
  return (
    <div className={classes['scroll']}>
      <table className={classes['table']} data-wide>
        <caption className="visually-hidden">Statement in {currency}</caption>
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">Entry</th>
            <th scope="col" data-align="end">
              Charged
            </th>
            <th scope="col" data-align="end">
              Credited
            </th>
            <th scope="col" data-align="end">
              Balance
            </th>
          </tr>
        </thead>
        <tbody>
          <tr data-edge>
            <td>{formats.date(from)}</td>
            <th scope="row">Opening balance</th>
            <td />
            <td />
            <td data-align="end">{formats.figures(statement.openingE4, currency)}</td>
          </tr>
          {statement.rows.map((row) => (
            <Entry key={`${row.kind}${row.id}${row.on}`} row={row} currency={currency} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>{formats.date(to)}</td>
            <th scope="row">Closing balance</th>
            <td />
            <td />
            <td data-align="end">{formats.amount(statement.closingE4, currency)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
