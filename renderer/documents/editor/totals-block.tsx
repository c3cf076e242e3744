import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { memo, type ReactNode, useEffect, useState } from 'react'
import type { DocumentTotals, Rounding } from '../../../shared/documents/model.ts'
import { taxLabel } from '../../../shared/documents/tax-label.ts'
import { type Amount as AmountValue, amount, zero } from '../../../shared/money/scaled.ts'
import { newId } from '../../ids.ts'
import { Amount } from '../../ui/amount.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { AmountField } from '../../ui/number-fields.tsx'
import type { DocumentContent } from '../document-content.ts'
import { type Adjustment, AdjustmentRow, blankAdjustment } from './adjustment-row.tsx'
import type { Figures } from './document-totals.ts'
import { useEditor, useField } from './editor-context.ts'
import { ExplainButton } from './explain-button.tsx'
import paper from './paper.module.css'
import classes from './totals-block.module.css'

type RowProps = {
  readonly label: string
  readonly value: AmountValue
  readonly currency: string
  readonly path: string
  readonly rounding: Rounding
  readonly grand?: boolean
}

const Row = memo(({ label, value, currency, path, rounding, grand = false }: RowProps) => (
  <div className={classes['row']} data-grand={grand || undefined}>
    <dt>
      {label}
      <ExplainButton path={path} label={label} rounding={rounding} />
    </dt>
    <dd>
      <Amount value={value} currency={currency} bare={!grand} strong={grand} />
    </dd>
  </div>
))

/** Discounts and charges on the whole document. */
const Adjustments = memo(({ currency }: { readonly currency: string }) => {
  const { store, kind } = useEditor()
  const { value: adjustments, error } = useField('adjustments')
  const set = (
    field: string | null,
    change: (list: DocumentContent['adjustments']) => DocumentContent['adjustments'],
  ) => store.edit(field, (content) => ({ ...content, adjustments: change(content.adjustments) }))
  const add = (kind: Adjustment['kind']) =>
    set(null, (list) => [...list, { ...blankAdjustment(kind), id: newId(), taxes: null }])
  return (
    <div className={classes['adjustments']}>
      {adjustments.map((adjustment) => (
        <AdjustmentRow
          key={adjustment.id}
          adjustment={adjustment}
          currency={currency}
          of={`the ${kind.words.one}`}
          onChange={(change) =>
            set(`adjustment-${adjustment.id}`, (list) =>
              list.map((it) => (it.id === adjustment.id ? { ...it, ...change } : it)),
            )
          }
          onRemove={() => set(null, (list) => list.filter((it) => it.id !== adjustment.id))}
        />
      ))}
      {error !== undefined && <p className={paper['problem']}>{error}</p>}
      <span className={classes['adders']}>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={12} />}
          onClick={() => add('allowance')}
        >
          Discount
        </Button>
        <Button variant="subtle" size="compact-xs" leftSection={<IconPlus size={12} />} onClick={() => add('charge')}>
          Charge
        </Button>
      </span>
    </div>
  )
})

const Prepaid = memo(({ currency }: { readonly currency: string }) => {
  const { value = zero, set, error } = useField('prepaidE4')
  return (
    <div className={classes['row']}>
      <dt>
        <span>Already paid</span>
      </dt>
      <dd>
        <AmountField
          className={paper['cell']}
          aria-label="Already paid"
          leftSection={null}
          currency={currency}
          value={value}
          error={error}
          onChange={(paid) => paid !== null && set(paid)}
          onBlur={(event) => event.currentTarget.value.trim() === '' && set(amount(0n))}
        />
      </dd>
    </div>
  )
})

// A screen reader hears the total once one pauses, not at every key.
const Spoken = ({ children }: { readonly children: string }) => {
  const [said, setSaid] = useState(children)
  useEffect(() => {
    const timer = setTimeout(() => setSaid(children), 900)
    return () => clearTimeout(timer)
  }, [children])
  return (
    <div role="status" aria-label="Totals" className="visually-hidden">
      {said}
    </div>
  )
}

type RowsProps = { readonly totals: DocumentTotals; readonly currency: string; readonly rounding: Rounding }

const Rows = ({ totals, currency, rounding }: RowsProps) => {
  const formats = useFormats()
  const { words, hasPrepaid } = useEditor().kind
  const same = { currency, rounding }
  const isAdjusted = totals.allowanceE4 !== 0n || totals.chargeE4 !== 0n
  const tail: ReactNode = totals.roundingE4 !== 0n && (
    <Row label="Rounding" value={totals.roundingE4} path="payable" {...same} />
  )
  return (
    <>
      <dl className={classes['list']}>
        {isAdjusted && <Row label="Sum of lines" value={totals.lineNetE4} path="lineNet" {...same} />}
        <Row label="Net total" value={totals.netE4} path="net" {...same} />
        {totals.taxes.map((tax, index) => (
          <Row
            key={`${tax.name}${tax.category}${tax.rateE6}${tax.compound}`}
            label={`${taxLabel(tax, formats.locale)} on ${formats.figures(tax.taxableE4, currency)}`}
            value={tax.taxE4}
            path={`taxes.${index}`}
            {...same}
          />
        ))}
        {totals.totalE4 !== totals.payableE4 && <Row label="Total" value={totals.totalE4} path="total" {...same} />}
        {hasPrepaid && <Prepaid currency={currency} />}
        {tail}
        <Row label={words.payable} value={totals.payableE4} path="payable" grand {...same} />
      </dl>
      <Spoken>
        {`Net ${formats.amount(totals.netE4, currency)}, tax ${formats.amount(totals.taxE4, currency)}, ${words.payable.toLowerCase()} ${formats.amount(totals.payableE4, currency)}`}
      </Spoken>
    </>
  )
}

type Props = { readonly figures: Figures; readonly currency: string; readonly rounding: Rounding }

/** The sums at the foot of the lines, moving with each key. */
export const TotalsBlock = ({ figures, currency, rounding }: Props) => (
  <section aria-label="Sums" className={classes['block']}>
    <Adjustments currency={currency} />
    {figures.totals === null ? (
      <p role="alert" className={paper['problem']}>
        The totals cannot be worked out: {figures.problem}
      </p>
    ) : (
      <Rows totals={figures.totals} currency={currency} rounding={rounding} />
    )}
  </section>
)
