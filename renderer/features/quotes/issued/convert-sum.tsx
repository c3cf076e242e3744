import type { Quote } from '../../../../shared/contract/quotes.ts'
import { subtract } from '../../../../shared/money/arithmetic.ts'
import { type Amount as AmountValue, zero } from '../../../../shared/money/scaled.ts'
import type { ApiOutput } from '../../../app/queries.ts'
import { figuresOf } from '../../../documents/editor/document-totals.ts'
import { Amount } from '../../../ui/amount.tsx'
import { useFormats } from '../../../ui/locale.tsx'
import classes from './quote.module.css'

type Preview = ApiOutput<'quotes', 'previewInvoice'>

const shown = 6

/** The lines that the invoice will have. */
const PreviewLines = ({ quote, preview }: { readonly quote: Quote; readonly preview: Preview }) => {
  const formats = useFormats()
  const { content } = preview
  const figures = figuresOf(content, { mode: quote.roundingMode, scope: quote.roundingScope })
  return (
    <ul className={classes['lines']} aria-label="Lines of the invoice">
      {content.lines.slice(0, shown).map((line, index) => {
        const net = figures.totals === null ? null : figures.netOf(index)
        return (
          <li key={line.id}>
            <span>
              {formats.quantity(line.quantityE6)} × {line.name}
            </span>
            {net !== null && <Amount value={net} currency={content.currency} />}
          </li>
        )
      })}
      {content.lines.length > shown && <li className={classes['quiet']}>and {content.lines.length - shown} more</li>}
    </ul>
  )
}

type Props = {
  readonly quote: Quote
  /** The invoice as it would be; undefined while nothing is chosen. */
  readonly preview: Preview | undefined
  readonly problem: string | null
}

/** What this invoice comes to, beside what was invoiced before and what is left after it. */
export const ConvertSum = ({ quote, preview, problem }: Props) => {
  if (problem !== null) {
    return (
      <p role="alert" className={classes['problem']}>
        {problem}
      </p>
    )
  }
  const { currency } = quote.content
  const now = preview?.totalE4 ?? zero
  const rows: readonly { label: string; value: AmountValue | undefined; strong?: boolean }[] = [
    { label: 'Accepted in all', value: quote.totals.payableE4 },
    { label: 'Invoiced before', value: quote.invoicedE4 },
    { label: 'This invoice, net', value: preview?.netE4 },
    { label: 'Tax', value: preview?.taxE4 },
    { label: 'This invoice', value: preview?.totalE4, strong: true },
    { label: 'Left after it', value: subtract(quote.leftE4, now) },
  ]
  return (
    <div className={classes['result']}>
      {preview === undefined ? <span /> : <PreviewLines quote={quote} preview={preview} />}
      <div role="status" aria-label="This invoice">
        <dl className={classes['sums']}>
          {rows.map(({ label, value, strong = false }) => (
            <div key={label} data-strong={strong || undefined}>
              <dt>{label}</dt>
              <dd>{value === undefined ? '–' : <Amount value={value} currency={currency} strong={strong} />}</dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  )
}
