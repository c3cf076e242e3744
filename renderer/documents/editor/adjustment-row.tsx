import { ActionIcon, SegmentedControl } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { FocusEvent } from 'react'
import { amount, percent } from '../../../shared/money/scaled.ts'
import { AmountField, PercentField } from '../../ui/number-fields.tsx'
import type { DocumentContent } from '../document-content.ts'
import classes from './adjustment-row.module.css'
import paper from './paper.module.css'

export type Adjustment = Omit<DocumentContent['adjustments'][number], 'id' | 'taxes'>

/** A discount or charge that nothing was filled in yet. */
export const blankAdjustment = (kind: Adjustment['kind']): Adjustment => ({
  kind,
  reason: null,
  amountE4: null,
  percentE6: percent(0n),
  baseE4: null,
})

const leftEmpty = (event: FocusEvent<HTMLInputElement>) => event.currentTarget.value.trim() === ''

type Props = {
  readonly adjustment: Adjustment
  readonly currency: string
  /** What it belongs to, for its labels: `line 2`, `the document`. */
  readonly of: string
  readonly onChange: (change: Partial<Adjustment>) => void
  readonly onRemove: () => void
}

/** One discount or charge: why, and how much as a percentage or an amount. */
export const AdjustmentRow = ({ adjustment, currency, of, onChange, onRemove }: Props) => {
  const word = adjustment.kind === 'allowance' ? 'Discount' : 'Charge'
  const isAmount = adjustment.amountE4 !== null
  const setAmount = (value: Adjustment['amountE4']) => onChange({ amountE4: value, percentE6: null, baseE4: null })
  const setPercent = (value: Adjustment['percentE6']) => onChange({ amountE4: null, percentE6: value, baseE4: null })
  return (
    <fieldset className={classes['row']} aria-label={`${word} on ${of}`}>
      <input
        className={paper['input']}
        aria-label={`Reason of the ${word.toLowerCase()} on ${of}`}
        placeholder={word}
        maxLength={200}
        value={adjustment.reason ?? ''}
        onChange={(event) => onChange({ reason: event.currentTarget.value || null })}
      />
      {isAmount ? (
        <AmountField
          className={paper['cell']}
          aria-label={`${word} on ${of}, amount`}
          leftSection={null}
          currency={currency}
          value={adjustment.amountE4}
          onChange={(value) => value !== null && setAmount(value)}
          onBlur={(event) => leftEmpty(event) && setAmount(amount(0n))}
        />
      ) : (
        <PercentField
          className={paper['cell']}
          aria-label={`${word} on ${of}, percent`}
          rightSection={null}
          value={adjustment.percentE6}
          onChange={(value) => value !== null && setPercent(value)}
          onBlur={(event) => leftEmpty(event) && setPercent(percent(0n))}
        />
      )}
      <SegmentedControl
        size="xs"
        aria-label={`${word} on ${of} as`}
        value={isAmount ? 'amount' : 'percent'}
        data={[
          { value: 'percent', label: '%' },
          { value: 'amount', label: currency },
        ]}
        onChange={(value) => (value === 'amount' ? setAmount(amount(0n)) : setPercent(percent(0n)))}
      />
      <ActionIcon size={24} aria-label={`Remove the ${word.toLowerCase()} on ${of}`} onClick={onRemove}>
        <IconX size={14} />
      </ActionIcon>
    </fieldset>
  )
}
