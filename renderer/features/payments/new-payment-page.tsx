import { Button, Select, Switch } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { PaymentMethod } from '../../../shared/contract/payments.ts'
import { type Amount as AmountValue, type ExchangeRate, exchangeRate, zero } from '../../../shared/money/scaled.ts'
import { useActions } from '../../app/actions.ts'
import { ClientField } from '../../app/client-field.tsx'
import { describeError, toAppError } from '../../app/errors.ts'
import { useOrganization, useToday } from '../../app/organization.ts'
import { useApiQuery, useCommand } from '../../app/queries.ts'
import { Amount } from '../../ui/amount.tsx'
import { DateField } from '../../ui/date-field.tsx'
import type { Choice } from '../../ui/entity-combobox.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { FieldRow } from '../../ui/form.tsx'
import { KeyHint } from '../../ui/kbd.tsx'
import { AmountField, ExchangeRateField } from '../../ui/number-fields.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { CurrencySelect } from '../../ui/place-selects.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { LongTextField, TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import { type Allocation, allocationProblems, oldestFirst } from './allocation.ts'
import { methodOptions } from './methods.ts'
import { OpenInvoices } from './open-invoices.tsx'
import classes from './payments.module.css'

type Draft = {
  readonly client: Choice | null
  readonly currency: string
  readonly receivedOn: string
  readonly method: PaymentMethod
  readonly isPending: boolean
  readonly amountE4: AmountValue | null
  readonly rateE10: ExchangeRate
  readonly reference: string
  readonly notes: string
  readonly allocation: Allocation
  /** The allocation follows the amount until a person sets it. */
  readonly follows: boolean
}

type Start = {
  readonly client: Choice | null
  readonly currency: string
  readonly rateE10: ExchangeRate
  readonly amountE4: AmountValue | null
  readonly invoiceId: string | null
}

const baseRate = exchangeRate(10_000_000_000n)

const draftOf = (start: Start, today: string): Draft => ({
  client: start.client,
  currency: start.currency,
  receivedOn: today,
  method: 'bank-transfer',
  isPending: false,
  amountE4: start.amountE4,
  rateE10: start.rateE10,
  reference: '',
  notes: '',
  allocation:
    start.invoiceId === null || start.amountE4 === null ? new Map() : new Map([[start.invoiceId, start.amountE4]]),
  follows: start.invoiceId === null,
})

type Problems = Readonly<Record<string, string>>

const problemsOf = (draft: Draft): Problems => ({
  ...(draft.client === null ? { clientId: 'Choose who paid.' } : {}),
  ...(draft.amountE4 === null || draft.amountE4 <= zero ? { amountE4: 'Enter the amount received.' } : {}),
})

/** Records what is written; true problems stand at their fields. */
const useRecord = (draft: Draft, place: React.RefObject<HTMLFormElement | null>) => {
  const navigate = useNavigate()
  const create = useCommand('payments', 'create')
  const [problems, setProblems] = useState<Problems>({})
  const goTo = (found: Problems) => {
    setProblems(found)
    const [first] = Object.keys(found)
    const name = first === 'clientId' ? 'Client' : 'Amount received'
    if (first !== undefined) place.current?.querySelector<HTMLElement>(`[data-name="${name}"] input`)?.focus()
  }
  const record = async () => {
    const unreadable = place.current?.querySelector<HTMLInputElement>('input:invalid')
    if (unreadable) return unreadable.focus()
    const found = problemsOf(draft)
    if (Object.keys(found).length > 0 || draft.client === null || draft.amountE4 === null) return goTo(found)
    try {
      const made = await create.mutateAsync({
        clientId: draft.client.id,
        receivedOn: draft.receivedOn,
        method: draft.method,
        status: draft.isPending ? 'pending' : 'cleared',
        currency: draft.currency,
        exchangeRateE10: draft.rateE10,
        amountE4: draft.amountE4,
        reference: draft.reference,
        notes: draft.notes,
        allocations: [...draft.allocation].map(([invoiceId, amountE4]) => ({ invoiceId, amountE4 })),
      })
      showToast({ message: `Payment ${made.number} is recorded.` })
      await navigate({ to: '/payments', search: { payment: made.id } })
    } catch (thrown) {
      goTo(toAppError(thrown).fields ?? {})
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return { record, problems, isBusy: create.isPending }
}

type FieldsProps = {
  readonly draft: Draft
  readonly problems: Problems
  readonly change: (change: Partial<Draft>) => void
}

const Fields = ({ draft, problems, change }: FieldsProps) => {
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
      <Switch
        label="Pending: the money is not there yet"
        description="For a cheque until it clears; it may still bounce."
        checked={draft.isPending}
        onChange={(event) => change({ isPending: event.currentTarget.checked })}
      />
    </>
  )
}

type AllocationProps = { readonly draft: Draft; readonly change: (change: Partial<Draft>) => void }

const AllocationPanel = ({ draft, change }: AllocationProps) => {
  const today = useToday()
  const { client, currency, amountE4, follows } = draft
  const open = useApiQuery(
    'payments',
    'openInvoices',
    { clientId: client?.id ?? '', currency },
    { enabled: client !== null, keepPrevious: false },
  )
  const rows = client === null ? undefined : open.data
  // biome-ignore lint/correctness/useExhaustiveDependencies: the allocation follows the amount and the invoices, not itself
  useEffect(() => {
    if (follows && rows !== undefined) change({ allocation: oldestFirst(amountE4 ?? zero, rows) })
  }, [follows, amountE4, rows])
  if (client === null) return <p className={classes['quiet']}>Choose a client to see what is open.</p>
  if (open.error !== null) return <ErrorPanel {...describeError(open.error)} onRetry={() => void open.refetch()} />
  if (rows === undefined) return <Skeleton lines={3} label="Loading open invoices" />
  if (rows.length === 0) {
    return (
      <p>
        {client.label} has no open invoice in {currency}. The whole amount stays as their credit, to be used for a later
        one.
      </p>
    )
  }
  return (
    <OpenInvoices
      rows={rows}
      currency={currency}
      today={today}
      amountE4={amountE4 ?? zero}
      allocation={draft.allocation}
      onChange={(allocation) => change({ allocation, follows: false })}
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
  )
}

const useIsAllocationSound = (draft: Draft): boolean => {
  const open = useApiQuery(
    'payments',
    'openInvoices',
    { clientId: draft.client?.id ?? '', currency: draft.currency },
    { enabled: draft.client !== null, keepPrevious: false },
  )
  const problems = allocationProblems(draft.amountE4 ?? zero, open.data ?? [], draft.allocation)
  return problems.rows.size === 0 && problems.total === null
}

const PaymentForm = ({ start }: { readonly start: Start }) => {
  const today = useToday()
  const navigate = useNavigate()
  const place = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState(() => draftOf(start, today))
  const change = (next: Partial<Draft>) => setDraft((old) => ({ ...old, ...next }))
  const { record, problems, isBusy } = useRecord(draft, place)
  const isSound = useIsAllocationSound(draft)
  useActions([
    { id: 'payment.record', title: 'Record this payment', group: 'This page', shortcut: 'mod+enter', run: record },
    {
      id: 'payment.leave',
      title: 'Back to payments',
      group: 'This page',
      shortcut: 'escape',
      run: () => navigate({ to: '/payments' }),
    },
  ])
  return (
    <Page
      narrow
      title="Record a payment"
      actions={
        <Button
          loading={isBusy}
          disabled={!isSound}
          onClick={() => void record()}
          rightSection={<KeyHint keys="mod+enter" />}
        >
          Record payment
        </Button>
      }
    >
      <form
        ref={place}
        className={classes['sheet']}
        aria-label="Payment"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void record()
        }}
      >
        <Panel torn>
          <div className={classes['sheet']}>
            <Fields draft={draft} problems={problems} change={change} />
          </div>
        </Panel>
        <Panel title="What it pays">
          <AllocationPanel draft={draft} change={change} />
        </Panel>
        <LongTextField
          label="Notes"
          description="For yourselves."
          maxLength={2000}
          value={draft.notes}
          onChange={(notes) => change({ notes })}
        />
      </form>
    </Page>
  )
}

/** What the page begins with, from the invoice or the client that it was opened for. */
const useStart = (): { readonly start: Start | null; readonly error: unknown } => {
  const { clientId, invoiceId } = useSearch({ from: '/payments/new' })
  const organization = useOrganization()
  const invoice = useApiQuery(
    'invoices',
    'get',
    { id: invoiceId ?? '' },
    { enabled: invoiceId !== undefined, live: false },
  )
  const client = useApiQuery(
    'clients',
    'get',
    { id: clientId ?? '' },
    { enabled: clientId !== undefined && invoiceId === undefined },
  )
  const error = invoice.error ?? client.error
  if (organization === null || error !== null) return { start: null, error }
  if (invoiceId !== undefined) {
    const it = invoice.data
    if (it === undefined || it.content.clientId === null) return { start: null, error: null }
    const { currency, exchangeRateE10 } = it.content
    const choice = { id: it.content.clientId, label: it.clientName }
    return {
      start: { client: choice, currency, rateE10: exchangeRateE10, amountE4: it.openE4, invoiceId },
      error: null,
    }
  }
  if (clientId !== undefined && client.data === undefined) return { start: null, error: null }
  const known = client.data
  return {
    start: {
      client: known === undefined ? null : { id: known.id, label: known.name },
      currency: known?.currency ?? organization.currency,
      rateE10: baseRate,
      amountE4: null,
      invoiceId: null,
    },
    error: null,
  }
}

/** Records money received and says which invoices it pays. */
export const NewPaymentPage = () => {
  const { start, error } = useStart()
  if (error !== null && error !== undefined) {
    return (
      <Page title="Record a payment">
        <ErrorPanel {...describeError(error)} />
      </Page>
    )
  }
  if (start === null) {
    return (
      <Page title="Record a payment">
        <Skeleton lines={6} label="Loading" />
      </Page>
    )
  }
  return <PaymentForm key={`${start.invoiceId}${start.client?.id}`} start={start} />
}
