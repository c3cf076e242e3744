import { Button } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type RefObject, useRef, useState } from 'react'
import { useActions } from '../../app/actions.ts'
import { describeError, toAppError } from '../../app/errors.ts'
import { useOrganization, useToday } from '../../app/organization.ts'
import { useApiQuery, useCommand } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { KeyHint } from '../../ui/kbd.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { LongTextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import { unreadableField } from '../../ui/unreadable-field.ts'
import { AllocationPanel, useIsAllocationSound } from './allocation-panel.tsx'
import { baseRate, draftOf, type PaymentDraft, type PaymentStart, type Problems, problemsOf } from './payment-draft.ts'
import { PaymentFields } from './payment-fields.tsx'
import classes from './payments.module.css'

/** Records what is written; true problems stand at their fields. */
const useRecord = (draft: PaymentDraft, place: RefObject<HTMLFormElement | null>, isSound: boolean) => {
  const navigate = useNavigate()
  const create = useCommand('payments', 'create')
  const [problems, setProblems] = useState<Problems>({})
  const goTo = (found: Problems) => {
    setProblems(found)
    const [first] = Object.keys(found)
    const name = first === 'clientId' ? 'Client' : 'Amount received'
    if (first !== undefined) place.current?.querySelector<HTMLElement>(`[data-name="${name}"] input`)?.focus()
  }
  const goToAllocation = () => {
    const parts = [...(place.current?.querySelectorAll<HTMLElement>('table input') ?? [])]
    const refused = parts.find((part) => part.getAttribute('aria-invalid') === 'true')
    const target = refused ?? parts.at(0)
    target?.focus()
  }
  const isRunning = useRef(false)
  const record = async () => {
    // A key that is pressed twice records once.
    if (isRunning.current) return
    const unreadable = unreadableField(place.current)
    if (unreadable !== undefined) return unreadable.focus()
    const found = problemsOf(draft)
    if (Object.keys(found).length > 0 || draft.client === null || draft.amountE4 === null) return goTo(found)
    if (!isSound) return goToAllocation()
    isRunning.current = true
    try {
      const made = await create.mutateAsync({
        clientId: draft.client.id,
        ...(draft.branchId === undefined ? {} : { branchId: draft.branchId }),
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
    } finally {
      isRunning.current = false
    }
  }
  return { record, problems, isBusy: create.isPending }
}

const PaymentForm = ({ start }: { readonly start: PaymentStart }) => {
  const today = useToday()
  const navigate = useNavigate()
  const place = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState(() => draftOf(start, today))
  const change = (next: Partial<PaymentDraft>) => setDraft((old) => ({ ...old, ...next }))
  const isSound = useIsAllocationSound(draft)
  const { record, problems, isBusy } = useRecord(draft, place, isSound)
  useActions([
    {
      id: 'payment.record',
      title: 'Record this payment',
      group: 'This page',
      shortcut: 'mod+enter',
      calls: 'payments.create',
      run: record,
    },
    {
      id: 'payment.leave',
      title: 'Back to payments',
      group: 'This page',
      shortcut: 'escape',
      calls: 'nothing',
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
          onClick={() => void record()}
          aria-keyshortcuts="Control+Enter"
          rightSection={
            <span aria-hidden="true">
              <KeyHint keys="mod+enter" />
            </span>
          }
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
        // Before a field takes the key as its own: a closed list would open.
        onKeyDownCapture={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          event.stopPropagation()
          void record()
        }}
        onSubmit={(event) => {
          event.preventDefault()
          void record()
        }}
      >
        <Panel torn>
          <div className={classes['sheet']}>
            <PaymentFields draft={draft} problems={problems} change={change} />
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
const useStart = (): { readonly start: PaymentStart | null; readonly error: unknown } => {
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
