import { Button } from '@mantine/core'
import { useState } from 'react'
import type { InvoiceRow } from '../../../../shared/contract/invoices.ts'
import { api } from '../../../api.ts'
import { describeError } from '../../../app/errors.ts'
import { Amount } from '../../../ui/amount.tsx'
import { confirmAct } from '../../../ui/confirm.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { sumsByCurrency } from './currency-sums.ts'
import classes from './invoice-list.module.css'

type Outcome = { readonly row: InvoiceRow; readonly text: string; readonly failed: boolean }

/** Runs one act over rows, one after the other, and says of each how it went. */
const runOver = async (rows: readonly InvoiceRow[], act: (row: InvoiceRow) => Promise<string>): Promise<Outcome[]> => {
  const outcomes: Outcome[] = []
  for (const row of rows) {
    try {
      outcomes.push({ row, text: await act(row), failed: false })
    } catch (thrown) {
      outcomes.push({ row, text: describeError(thrown).message, failed: true })
    }
  }
  return outcomes
}

const Results = ({ outcomes }: { readonly outcomes: readonly Outcome[] }) => (
  <div className={classes['scroll']}>
    <table className={classes['results']}>
      <thead>
        <tr>
          <th scope="col">Invoice</th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        {outcomes.map(({ row, text, failed }) => (
          <tr key={row.id}>
            <th scope="row">
              {row.number ?? 'Draft'} · {row.clientName || 'no client'}
            </th>
            <td data-differs={failed || undefined}>{text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

type Props = {
  readonly rows: readonly InvoiceRow[]
  readonly onDone: () => void
  readonly onOutcomes: (outcomes: readonly Outcome[]) => void
}

/** What can be done with the selected drafts. */
export const BulkActions = ({ rows, onDone, onOutcomes }: Props) => {
  const [busy, setBusy] = useState(false)
  const drafts = rows.filter((row) => row.paymentState === 'draft')
  const work = async (act: (row: InvoiceRow) => Promise<string>): Promise<Outcome[]> => {
    setBusy(true)
    const outcomes = await runOver(drafts, act)
    setBusy(false)
    if (outcomes.some((it) => it.failed)) onOutcomes(outcomes)
    onDone()
    return outcomes.filter((it) => !it.failed)
  }
  const issue = async () => {
    const isAgreed = await confirmAct({
      title: drafts.length === 1 ? 'Issue one invoice' : `Issue ${drafts.length} invoices`,
      body: (
        <>
          Together{' '}
          {sumsByCurrency(drafts, (row) => row.payableE4).map(({ currency, sumE4 }) => (
            <strong key={currency}>
              <Amount value={sumE4} currency={currency} />{' '}
            </strong>
          ))}
          . Each takes the next number and can no longer be changed.
        </>
      ),
      verb: drafts.length === 1 ? 'Issue invoice' : `Issue ${drafts.length} invoices`,
      cancel: 'Keep as drafts',
    })
    if (!isAgreed) return
    const done = await work(
      async ({ id, version }) => `Issued as ${(await api.invoices.issue({ id, version })).number}`,
    )
    if (done.length > 0)
      showToast({ message: done.length === 1 ? 'One invoice is issued.' : `${done.length} invoices are issued.` })
  }
  const remove = async () => {
    const done = await work(async ({ id, version }) => {
      await api.invoices.deleteDraft({ id, version })
      return 'Deleted'
    })
    if (done.length === 0) return
    showToast({
      message: done.length === 1 ? 'Draft deleted.' : `${done.length} drafts deleted.`,
      undo: async () => {
        for (const { row } of done) await api.invoices.restoreDraft({ id: row.id })
      },
    })
  }
  if (drafts.length === 0) return null
  const rest = rows.length - drafts.length
  return (
    <>
      {rest > 0 && <span className={classes['quiet']}>drafts only:</span>}
      <Button variant="default" size="compact-sm" loading={busy} onClick={() => void issue()}>
        Issue {drafts.length}
      </Button>
      <Button variant="default" color="red" size="compact-sm" loading={busy} onClick={() => void remove()}>
        Delete {drafts.length}
      </Button>
    </>
  )
}

export type { Outcome }

/** How an act over several invoices went, each by itself. */
export const OutcomeDialog = ({
  outcomes,
  onClose,
}: {
  readonly outcomes: readonly Outcome[]
  readonly onClose: () => void
}) => {
  const failed = outcomes.filter((it) => it.failed).length
  return (
    <Dialog
      open={outcomes.length > 0}
      onClose={onClose}
      title={failed === 1 ? 'One invoice needs a look' : `${failed} invoices need a look`}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <Results outcomes={outcomes} />
    </Dialog>
  )
}
