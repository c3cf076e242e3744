import { Checkbox } from '@mantine/core'
import type { Quote } from '../../../../shared/contract/quotes.ts'
import type { Quantity } from '../../../../shared/money/scaled.ts'
import { unitName } from '../../../documents/editor/units.ts'
import { useFormats } from '../../../ui/locale.tsx'
import { QuantityField } from '../../../ui/number-fields.tsx'
import type { ConversionChoice } from './conversion-choice.ts'
import classes from './quote.module.css'

type Props = {
  readonly quote: Quote
  readonly choice: ConversionChoice
  readonly onChange: (choice: ConversionChoice) => void
}

/** The lines of the offer with what is left of each, and how much of it this invoice takes. */
export const ConvertLines = ({ quote, choice, onChange }: Props) => {
  const formats = useFormats()
  const rests = new Map(quote.lineRests.map((rest) => [rest.lineId, rest]))
  const set = (lineId: string, value: Quantity | null) => {
    const quantities = new Map(choice.quantities)
    if (value === null) quantities.delete(lineId)
    else quantities.set(lineId, value)
    onChange({ ...choice, quantities })
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls, which needs a stop of the keyboard
    <section className={classes['scroll']} tabIndex={0} aria-label="Lines to invoice">
      <table className={classes['table']} aria-label="Lines to invoice">
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col" data-align="end">
              Invoiced
            </th>
            <th scope="col" data-align="end">
              Left
            </th>
            <th scope="col" data-align="end">
              This invoice
            </th>
          </tr>
        </thead>
        <tbody>
          {quote.content.lines.map((line) => {
            const rest = rests.get(line.id)
            if (rest === undefined) return null
            const taken = choice.quantities.get(line.id) ?? null
            const isGone = rest.leftE6 === 0n
            return (
              <tr key={line.id} data-none={isGone || undefined}>
                <th scope="row">
                  <Checkbox
                    label={line.name}
                    disabled={isGone}
                    checked={taken !== null && taken !== 0n}
                    onChange={(event) => set(line.id, event.currentTarget.checked ? rest.leftE6 : null)}
                  />
                </th>
                <td data-align="end">{formats.quantity(rest.invoicedE6)}</td>
                <td data-align="end">
                  {formats.quantity(rest.leftE6)} {unitName(line.unit)}
                </td>
                <td data-align="end" className={classes['choose']}>
                  <QuantityField
                    aria-label={`Quantity of ${line.name} on this invoice`}
                    disabled={isGone}
                    error={taken !== null && taken > rest.leftE6 ? 'More than is left.' : undefined}
                    value={taken}
                    onChange={(value) => set(line.id, value)}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
