import { Select, Switch } from '@mantine/core'
import type { PaymentMethod } from '../../../shared/contract/payments.ts'
import { useBranches } from '../../app/branches.ts'
import { ClientField } from '../../app/client-field.tsx'
import { useOrganization, useToday } from '../../app/organization.ts'
import { methodOptions } from '../../app/payment-methods.ts'
import { DateField } from '../../ui/date-field.tsx'
import { FieldRow } from '../../ui/form.tsx'
import { AmountField, ExchangeRateField } from '../../ui/number-fields.tsx'
import { CurrencySelect } from '../../ui/place-selects.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useOpenInvoices } from './allocation-panel.tsx'
import { baseRate, branchOf, type PaymentDraft, type Problems } from './payment-draft.ts'

type FieldsProps = {
  readonly draft: PaymentDraft
  readonly problems: Problems
  readonly change: (change: Partial<PaymentDraft>) => void
}

const whole = 'whole'

/** Which branch the money is of; nothing is asked in a business of one place. */
const BranchField = ({ draft, change }: Omit<FieldsProps, 'problems'>) => {
  const { all, open, isLimited, ownId, nameOf } = useBranches()
  const invoices = useOpenInvoices(draft).data ?? []
  if (all.length === 0 || (isLimited && open.length < 2)) return null
  const branchId = branchOf(draft, invoices, ownId)
  const isClosed = branchId !== null && !open.some(({ id }) => id === branchId)
  const business = isLimited ? [] : [{ value: whole, label: 'Whole business' }]
  const closed = isClosed ? [{ value: branchId, label: `${nameOf(branchId)} (closed)` }] : []
  return (
    <FieldRow>
      <Select
        label="Branch"
        description={draft.branchId === undefined ? 'That of the invoices it pays, until you choose one.' : undefined}
        allowDeselect={false}
        data={[...business, ...closed, ...open.map(({ id, name }) => ({ value: id, label: name }))]}
        value={branchId ?? (isLimited ? null : whole)}
        onChange={(value) => change({ branchId: value === whole ? null : value })}
      />
      <span />
    </FieldRow>
  )
}

/** Who paid, when, how much, how. */
export const PaymentFields = ({ draft, problems, change }: FieldsProps) => {
  const today = useToday()
  const base = useOrganization()?.currency
  return (
    <>
      <FieldRow>
        <div data-name="Client">
          <ClientField
            label="Client"
            required
            autoFocus={draft.client === null}
            value={draft.client}
            error={problems['clientId']}
            onChange={(client) => change({ client, allocation: new Map(), follows: true })}
          />
        </div>
        <DateField
          label="Received on"
          today={today}
          value={draft.receivedOn}
          onChange={(date) => date !== null && change({ receivedOn: date })}
        />
      </FieldRow>
      <FieldRow>
        <div data-name="Amount received">
          <AmountField
            label="Amount received"
            required
            autoFocus={draft.client !== null}
            currency={draft.currency}
            value={draft.amountE4}
            error={problems['amountE4']}
            onChange={(amountE4) => change({ amountE4 })}
          />
        </div>
        <CurrencySelect
          label="Currency"
          value={draft.currency}
          onChange={(currency) =>
            currency !== null && change({ currency, rateE10: baseRate, allocation: new Map(), follows: true })
          }
        />
        {draft.currency !== base && (
          <ExchangeRateField
            label={`1 ${draft.currency} in ${base}`}
            value={draft.rateE10}
            onChange={(rateE10) => rateE10 !== null && change({ rateE10 })}
          />
        )}
      </FieldRow>
      <FieldRow>
        <Select
          label="Method"
          data={methodOptions}
          value={draft.method}
          // The options are the methods themselves. A cheque is money only once it clears.
          onChange={(method) => change({ method: method as PaymentMethod, isPending: method === 'cheque' })}
        />
        <TextField
          label="Reference"
          description="As on the bank statement or the cheque."
          maxLength={100}
          value={draft.reference}
          onChange={(reference) => change({ reference })}
        />
      </FieldRow>
      <BranchField draft={draft} change={change} />
      <Switch
        label="Pending: the money is not there yet"
        description="For a cheque until it clears; it may still bounce."
        checked={draft.isPending}
        onChange={(event) => change({ isPending: event.currentTarget.checked })}
      />
    </>
  )
}
