import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { RefundRow } from '../../../shared/contract/refunds.ts'
import { MayCall } from '../../app/may.tsx'
import { type ApiOutput, useApiQuery } from '../../app/queries.ts'
import type { CreditSource } from '../../documents/credit/credit-source.ts'
import { RefundDialog } from '../../documents/credit/refund-dialog.tsx'
import { UseCreditDialog } from '../../documents/credit/use-credit-dialog.tsx'
import { Amount } from '../../ui/amount.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { CancelRefundDialog } from './cancel-refund-dialog.tsx'
import classes from './client-page.module.css'
import type { SavedClient } from './client-values.ts'

type Source = ApiOutput<'refunds', 'sources'>[number]

const SourceLink = ({ source }: { readonly source: Source }) =>
  source.kind === 'payment' ? (
    <Link to="/payments" search={{ payment: source.id }}>
      {source.number}
    </Link>
  ) : (
    <Link to="/credit-notes/$id" params={{ id: source.id }}>
      {source.number}
    </Link>
  )

type SourcesProps = {
  readonly sources: readonly Source[]
  readonly onUse: (source: Source) => void
  readonly onRefund: (source: Source) => void
}

const Sources = ({ sources, onUse, onRefund }: SourcesProps) => {
  const formats = useFormats()
  return (
    <table className={classes['table']}>
      <caption className="visually-hidden">Credit that is left, the oldest on top</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">Date</th>
          <th scope="col" data-align="end">
            Left
          </th>
          <th scope="col">
            <span className="visually-hidden">What to do with it</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {sources.map((source) => (
          <tr key={source.id}>
            <th scope="row">
              <SourceLink source={source} /> {source.kind === 'payment' ? 'payment' : 'credit note'}
            </th>
            <td>{formats.date(source.on)}</td>
            <td data-align="end">
              <Amount value={source.creditE4} currency={source.currency} />
            </td>
            <td data-align="end">
              <MayCall call={source.kind === 'payment' ? 'payments.allocate' : 'creditNotes.apply'}>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={`Use credit of ${source.number}`}
                  onClick={() => onUse(source)}
                >
                  Use credit
                </Button>
              </MayCall>
              <MayCall call="refunds.create">
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={`Refund ${source.number}`}
                  onClick={() => onRefund(source)}
                >
                  Refund…
                </Button>
              </MayCall>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type RefundsProps = { readonly refunds: readonly RefundRow[]; readonly onCancel: (refund: RefundRow) => void }

const Refunds = ({ refunds, onCancel }: RefundsProps) => {
  const formats = useFormats()
  return (
    <table className={classes['table']}>
      <caption className="visually-hidden">Refunds, the newest on top</caption>
      <thead>
        <tr>
          <th scope="col">Refund</th>
          <th scope="col">Date</th>
          <th scope="col" data-align="end">
            Amount
          </th>
          <th scope="col">
            <span className="visually-hidden">Take it back</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {refunds.map((refund) => (
          <tr key={refund.id}>
            <th scope="row">
              {refund.number} of {refund.sourceNumber}
            </th>
            <td>{formats.date(refund.refundedOn)}</td>
            <td data-align="end">
              <Amount value={refund.amountE4} currency={refund.currency} />
            </td>
            <td data-align="end">
              {refund.cancelledOn === null ? (
                <MayCall call="refunds.cancel">
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    aria-label={`Cancel refund ${refund.number}`}
                    onClick={() => onCancel(refund)}
                  >
                    Cancel…
                  </Button>
                </MayCall>
              ) : (
                <span className={classes['quiet']}>Cancelled {formats.date(refund.cancelledOn)}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What the client has left of payments and credit notes, to use or to refund, and what was refunded. */
export const ClientCredit = ({ client }: { readonly client: SavedClient }) => {
  const sources = useApiQuery('refunds', 'sources', { clientId: client.id }).data ?? []
  const refunds = useApiQuery('refunds', 'list', { clientId: client.id, limit: 5 }).data?.rows ?? []
  const [asked, setAsked] = useState<{ readonly act: 'use' | 'refund'; readonly id: string } | null>(null)
  const [cancelling, setCancelling] = useState<RefundRow | null>(null)
  if (sources.length + refunds.length === 0) return null
  const ask = (act: 'use' | 'refund') => (source: Source) => setAsked({ act, id: source.id })
  // As it stands now, not as it stood when it was pressed.
  const found = sources.find((source) => source.id === asked?.id)
  const source: CreditSource | undefined = found && { ...found, clientId: client.id, clientName: client.name }
  const close = () => setAsked(null)
  return (
    <Panel title="Credit">
      {sources.length === 0 ? (
        <p className={classes['quiet']}>No credit is left.</p>
      ) : (
        <Sources sources={sources} onUse={ask('use')} onRefund={ask('refund')} />
      )}
      {refunds.length > 0 && <Refunds refunds={refunds} onCancel={setCancelling} />}
      {source !== undefined && (
        <>
          <UseCreditDialog source={source} opened={asked?.act === 'use'} onClose={close} />
          <RefundDialog source={source} opened={asked?.act === 'refund'} onClose={close} />
        </>
      )}
      <CancelRefundDialog refund={cancelling} onClose={() => setCancelling(null)} />
    </Panel>
  )
}
