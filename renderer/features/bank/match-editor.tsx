import { Button } from '@mantine/core'
import { type KeyboardEvent, useEffect, useState } from 'react'
import type { BankProposal, BankTransaction } from '../../../shared/contract/bank-transactions.ts'
import { type ExchangeRate, zero } from '../../../shared/money/scaled.ts'
import { ClientField } from '../../app/client-field.tsx'
import { describeError } from '../../app/errors.ts'
import { useOrganization, useToday } from '../../app/organization.ts'
import { useApiQuery } from '../../app/queries.ts'
import { type Allocation, allocated, allocationProblems, oldestFirst } from '../../documents/credit/allocation.ts'
import { OpenInvoices } from '../../documents/credit/open-invoices.tsx'
import { Amount } from '../../ui/amount.tsx'
import type { Choice } from '../../ui/entity-combobox.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { ExchangeRateField } from '../../ui/number-fields.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import classes from './bank.module.css'
import { scoreLook } from './looks.ts'
import { SetAsideMenu } from './set-aside-menu.tsx'
import { SplitEditor } from './split-editor.tsx'
import { emptyPart } from './split-part.tsx'
import { proposalText } from './transaction-columns.tsx'
import type { BankActs } from './use-match.ts'

const Reasons = ({ proposal }: { readonly proposal: BankProposal }) => {
  const look = scoreLook(proposal.score)
  return (
    <>
      <div className={classes['proposal-head']}>
        <h3>Why</h3>
        <StatusChip tone={look.tone} icon={look.icon}>
          {look.label} · {proposal.score}
        </StatusChip>
      </div>
      <ul className={classes['reasons']}>
        {proposal.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </>
  )
}

const choiceOf = (proposal: BankProposal | null): Choice | null =>
  proposal === null ? null : { id: proposal.clientId, label: proposal.clientName }

const allocationOf = (proposal: BankProposal): Allocation =>
  new Map(proposal.allocations.map((part) => [part.invoiceId, part.amountE4]))

type Draft = { readonly client: Choice | null; readonly allocation: Allocation; readonly follows: boolean }

const draftOf = (proposal: BankProposal | null): Draft => ({
  client: choiceOf(proposal),
  allocation: proposal === null ? new Map() : allocationOf(proposal),
  follows: proposal === null,
})

const useMatchDraft = (line: BankTransaction) => {
  const [draft, setDraft] = useState(() => draftOf(line.proposal))
  const [rateE10, setRate] = useState<ExchangeRate | null>(null)
  const { client, follows } = draft
  const open = useApiQuery(
    'payments',
    'openInvoices',
    { clientId: client?.id ?? '', currency: line.currency },
    { enabled: client !== null, keepPrevious: false },
  )
  const rows = client === null ? undefined : open.data
  useEffect(() => {
    if (follows && rows !== undefined) {
      setDraft((old) => ({ ...old, allocation: oldestFirst(line.openE4, rows) }))
    }
  }, [follows, rows, line.openE4])
  const problems = allocationProblems(line.openE4, rows ?? [], draft.allocation)
  const isSound = client !== null && rows !== undefined && problems.rows.size === 0 && problems.total === null
  return { draft, setDraft, rows, error: open.error, isSound, rateE10, setRate }
}

type OthersProps = { readonly line: BankTransaction; readonly onChoose: (proposal: BankProposal) => void }

const Others = ({ line, onChoose }: OthersProps) =>
  line.alternatives.length === 0 ? null : (
    <div className={classes['others']}>
      <span className={classes['part-title']}>Or is it</span>
      {line.alternatives.map((other) => (
        <Button key={other.clientId} variant="light" size="compact-sm" onClick={() => onChoose(other)}>
          {proposalText(other)}
        </Button>
      ))}
    </div>
  )

type Props = { readonly line: BankTransaction; readonly acts: BankActs; readonly onDone: () => void }

/** Who paid and for what: as proposed, or as a person says; Ctrl+Enter accepts from every field. */
export const MatchEditor = ({ line, acts, onDone }: Props) => {
  const today = useToday()
  const base = useOrganization()?.currency
  const { draft, setDraft, rows, error, isSound, rateE10, setRate } = useMatchDraft(line)
  const { client, allocation } = draft
  const [isSplitting, setSplitting] = useState(false)
  const accept = async () => {
    if (client === null || !isSound) return
    const done = await acts.acceptLine(line, {
      clientId: client.id,
      clientName: client.label,
      allocations: [...allocation].map(([invoiceId, amountE4]) => ({ invoiceId, amountE4 })),
      exchangeRateE10: rateE10,
    })
    if (done) onDone()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    event.stopPropagation()
    void accept()
  }
  if (isSplitting) {
    const first = client === null ? null : { ...emptyPart(0, allocated(allocation) || null), client, rateE10 }
    return <SplitEditor line={line} acts={acts} first={first} onBack={() => setSplitting(false)} onDone={onDone} />
  }
  return (
    <section aria-label="Match" onKeyDownCapture={onKeyDown}>
      {line.proposal !== null && <Reasons proposal={line.proposal} />}
      <div className={classes['match']}>
        <ClientField
          label="Client"
          value={client}
          onChange={(chosen) => setDraft({ client: chosen, allocation: new Map(), follows: true })}
        />
        {line.currency !== base && (
          <ExchangeRateField
            label={`1 ${line.currency} in ${base}`}
            description="Empty: the rate used last with this client."
            value={rateE10}
            onChange={setRate}
          />
        )}
        {error !== null && <ErrorPanel {...describeError(error)} />}
        {client !== null && rows === undefined && error === null && (
          <Skeleton lines={3} label="Loading open invoices" />
        )}
        {client !== null && rows?.length === 0 && (
          <p className={classes['quiet']}>
            {client.label} has no open invoice in {line.currency}. The whole amount would stay as their credit.
          </p>
        )}
        {rows !== undefined && rows.length > 0 && (
          <OpenInvoices
            rows={rows}
            currency={line.currency}
            today={today}
            amountE4={line.openE4}
            allocation={allocation}
            onChange={(next) => setDraft((old) => ({ ...old, allocation: next, follows: false }))}
            leftOver={(left) =>
              left === zero ? (
                'All of it is used.'
              ) : (
                <>
                  <Amount value={left} currency={line.currency} strong /> stays as credit
                </>
              )
            }
          />
        )}
        <Others
          line={line}
          onChoose={(other) => setDraft({ client: choiceOf(other), allocation: allocationOf(other), follows: false })}
        />
        <div className={classes['acts']}>
          <Button
            disabled={!isSound}
            loading={acts.isAccepting}
            aria-keyshortcuts="Control+Enter"
            onClick={() => void accept()}
          >
            Record payment
          </Button>
          {line.paymentCount === 0 && (
            <SetAsideMenu
              onChoose={(reason) =>
                void acts.ignoreLines([line.id], reason).then((done) => (done ? onDone() : undefined))
              }
            />
          )}
          <Button variant="subtle" onClick={() => setSplitting(true)}>
            Split between clients
          </Button>
        </div>
      </div>
    </section>
  )
}
