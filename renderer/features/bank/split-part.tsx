import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { type Amount as AmountValue, type ExchangeRate, zero } from '../../../shared/money/scaled.ts'
import { ClientField } from '../../app/client-field.tsx'
import { describeError } from '../../app/errors.ts'
import { useToday } from '../../app/organization.ts'
import { useApiQuery } from '../../app/queries.ts'
import { type Allocation, allocationProblems, oldestFirst } from '../../documents/credit/allocation.ts'
import { OpenInvoices } from '../../documents/credit/open-invoices.tsx'
import { Amount } from '../../ui/amount.tsx'
import type { Choice } from '../../ui/entity-combobox.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { AmountField, ExchangeRateField } from '../../ui/number-fields.tsx'
import classes from './bank.module.css'

/** What one client paid of a bank line. */
export type Part = {
  readonly key: number
  readonly client: Choice | null
  readonly amountE4: AmountValue | null
  readonly allocation: Allocation
  /** The oldest invoices are paid until a person says otherwise. */
  readonly follows: boolean
  readonly rateE10: ExchangeRate | null
  readonly isSound: boolean
}

/** A part that nobody has filled in. */
export const emptyPart = (key: number, amountE4: AmountValue | null = null): Part => ({
  key,
  client: null,
  amountE4,
  allocation: new Map(),
  follows: true,
  rateE10: null,
  isSound: false,
})

type Props = {
  readonly part: Part
  readonly place: number
  readonly currency: string
  readonly base: string | undefined
  readonly onChange: (change: Partial<Part>) => void
  readonly onRemove: (() => void) | null
}

/** Who paid a part, how much, and for what. */
export const SplitPart = ({ part, place, currency, base, onChange, onRemove }: Props) => {
  const today = useToday()
  const { client, amountE4, allocation, follows } = part
  const open = useApiQuery(
    'payments',
    'openInvoices',
    { clientId: client?.id ?? '', currency },
    { enabled: client !== null, keepPrevious: false },
  )
  const rows = client === null ? undefined : open.data
  const paid = amountE4 ?? zero
  useEffect(() => {
    if (follows && rows !== undefined) onChange({ allocation: oldestFirst(paid, rows) })
  }, [follows, rows, paid, onChange])
  const problems = allocationProblems(paid, rows ?? [], allocation)
  const isSound =
    client !== null && rows !== undefined && paid > zero && problems.rows.size === 0 && problems.total === null
  useEffect(() => onChange({ isSound }), [isSound, onChange])
  return (
    <fieldset className={classes['split-part']}>
      <legend className="visually-hidden">Part {place}</legend>
      <div className={classes['split-head']}>
        <ClientField
          label={`Client ${place}`}
          value={client}
          onChange={(chosen) => onChange({ client: chosen, allocation: new Map(), follows: true })}
        />
        <AmountField
          label="Amount"
          currency={currency}
          value={amountE4}
          onChange={(value) => onChange({ amountE4: value })}
        />
        {onRemove !== null && (
          <ActionIcon size={28} variant="subtle" aria-label={`Remove part ${place}`} onClick={onRemove}>
            <IconX size={16} />
          </ActionIcon>
        )}
      </div>
      {currency !== base && (
        <ExchangeRateField
          label={`1 ${currency} in ${base}`}
          description="Empty: the rate used last with this client."
          value={part.rateE10}
          onChange={(rateE10) => onChange({ rateE10 })}
        />
      )}
      {open.error !== null && <ErrorPanel {...describeError(open.error)} />}
      {client !== null && rows?.length === 0 && (
        <p className={classes['quiet']}>No open invoice in {currency}: it stays as credit.</p>
      )}
      {rows !== undefined && rows.length > 0 && (
        <OpenInvoices
          rows={rows}
          currency={currency}
          today={today}
          amountE4={paid}
          allocation={allocation}
          onChange={(next) => onChange({ allocation: next, follows: false })}
          leftOver={(left) =>
            left === zero ? (
              'All of it is used.'
            ) : (
              <>
                <Amount value={left} currency={currency} strong /> stays as credit
              </>
            )
          }
        />
      )}
    </fieldset>
  )
}
