import { Checkbox } from '@mantine/core'
import { quantity } from '../../../../shared/money/scaled.ts'
import { Amount } from '../../../ui/amount.tsx'
import { useFormats } from '../../../ui/locale.tsx'
import { QuantityField } from '../../../ui/number-fields.tsx'
import classes from './credit.module.css'
import { type CreditChoice, type CreditLeft, leftAfter } from './credit-scope.ts'

type Line = CreditLeft['lines'][number]

type Props = {
  readonly left: CreditLeft
  readonly currency: string
  readonly choice: CreditChoice
  readonly onChange: (choice: CreditChoice) => void
}

const ChooseCell = ({ line, choice, onChange }: Omit<Props, 'left' | 'currency'> & { readonly line: Line }) => {
  if (choice.kind === 'lines') {
    const toggle = (isOn: boolean) => {
      const lineIds = new Set(choice.lineIds)
      if (isOn) lineIds.add(line.lineId)
      else lineIds.delete(line.lineId)
      onChange({ ...choice, lineIds })
    }
    return (
      <Checkbox
        aria-label={`Credit ${line.name}`}
        disabled={line.leftE6 === 0n}
        checked={choice.lineIds.has(line.lineId)}
        onChange={(event) => toggle(event.currentTarget.checked)}
      />
    )
  }
  const isTooMuch = leftAfter(line, choice) < 0n
  return (
    <QuantityField
      aria-label={`Quantity of ${line.name} to credit`}
      disabled={line.leftE6 === 0n}
      error={isTooMuch ? 'More than is left.' : undefined}
      value={choice.quantities.get(line.lineId) ?? null}
      onChange={(value) => {
        const quantities = new Map(choice.quantities)
        if (value === null) quantities.delete(line.lineId)
        else quantities.set(line.lineId, value)
        onChange({ ...choice, quantities })
      }}
    />
  )
}

/** The lines of the invoice with what is left of each, and what stays of it after this credit. */
export const CreditLines = ({ left, currency, choice, onChange }: Props) => {
  const formats = useFormats()
  const choosing = choice.kind !== 'whole'
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls, which needs a stop of the keyboard
    <section className={classes['scroll']} tabIndex={0} aria-label="Lines to credit">
      <table className={classes['table']} aria-label="Lines to credit">
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
              Left, net
            </th>
            {choosing && (
              <th scope="col" data-align="end">
                Credit
              </th>
            )}
            <th scope="col" data-align="end">
              Left after
            </th>
          </tr>
        </thead>
        <tbody>
          {left.lines.map((line) => (
            <tr key={line.lineId} data-none={line.leftE6 === 0n || undefined}>
              <th scope="row">{line.name}</th>
              <td data-align="end">{formats.quantity(line.quantityE6)}</td>
              <td data-align="end">{formats.quantity(line.leftE6)}</td>
              <td data-align="end">
                <Amount value={line.leftNetE4} currency={currency} bare />
              </td>
              {choosing && (
                <td data-align="end" className={classes['choose']}>
                  <ChooseCell line={line} choice={choice} onChange={onChange} />
                </td>
              )}
              <td data-align="end">{formats.quantity(quantity(leftAfter(line, choice)))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
