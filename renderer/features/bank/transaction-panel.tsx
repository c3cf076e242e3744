import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { BankTransaction } from '../../../shared/contract/bank-transactions.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useApiQuery } from '../../app/queries.ts'
import { ChangesButton } from '../../app/record/changes-button.tsx'
import { Amount } from '../../ui/amount.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TearLine } from '../../ui/tear-line.tsx'
import classes from './bank.module.css'
import { asideTitles } from './looks.ts'
import { MatchEditor } from './match-editor.tsx'
import { SetAsideMenu } from './set-aside-menu.tsx'
import type { BankActs } from './use-match.ts'

type Fact = readonly [string, ReactNode]

const Facts = ({ line }: { readonly line: BankTransaction }) => {
  const formats = useFormats()
  const facts: readonly Fact[] = [
    ['Account', line.accountName],
    ['Booked', formats.date(line.bookedOn)],
    ['Value date', line.valuedOn === null || line.valuedOn === line.bookedOn ? null : formats.date(line.valuedOn)],
    [line.amountE4 < 0n ? 'To account' : 'From account', line.counterpartyAccount],
    ['Text', line.purpose],
    ['Reference', line.structuredReference],
    ['End-to-end reference', line.endToEndReference],
    ['Mandate', line.mandateReference],
    ['Bank’s reference', line.bankReference],
    ['File', line.fileName],
  ]
  return (
    <dl className={classes['facts']}>
      {facts.map(([name, value]) =>
        value === null || value === '' ? null : (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

type ActsProps = { readonly line: BankTransaction; readonly acts: BankActs; readonly onDone: () => void }

/** The payments that a line has become, and what of it still waits. */
const Payments = ({ line }: { readonly line: BankTransaction }) => (
  <>
    <p className={classes['payments-lead']}>
      {line.payments.length === 1 ? 'It is this payment:' : `It is ${line.payments.length} payments:`}
    </p>
    <ul className={classes['payments']}>
      {line.payments.map((payment) => (
        <li key={payment.id}>
          <span>
            <Link to="/payments" search={{ payment: payment.id }}>
              {payment.number}
            </Link>{' '}
            of {payment.clientName}
          </span>
          <Amount value={payment.amountE4} currency={line.currency} />
        </li>
      ))}
      {line.state === 'new' && (
        <li>
          <strong>Still waits</strong>
          <Amount value={line.openE4} currency={line.currency} strong />
        </li>
      )}
    </ul>
  </>
)

const Decided = ({ line, acts, onDone }: ActsProps) => {
  if (line.state === 'matched') {
    return (
      <>
        <Payments line={line} />
        <div className={classes['acts']}>
          <MayCall call="bankTransactions.undo">
            <Button variant="default" onClick={() => void acts.undoMatch(line)}>
              Take the match back
            </Button>
          </MayCall>
        </div>
      </>
    )
  }
  if (line.state === 'ignored') {
    return (
      <>
        {line.asideReason !== null && <p>Set aside: {asideTitles[line.asideReason].toLowerCase()}.</p>}
        <div className={classes['acts']}>
          <MayCall call="bankTransactions.unignore">
            <Button variant="default" onClick={() => void acts.bringBack([line.id])}>
              Bring it back
            </Button>
          </MayCall>
        </div>
      </>
    )
  }
  return (
    <>
      <p className={classes['quiet']}>Money that went out. It can stay as it is, or be set aside.</p>
      <div className={classes['acts']}>
        <MayCall call="bankTransactions.ignore">
          {' '}
          <SetAsideMenu
            onChoose={(reason) =>
              void acts.ignoreLines([line.id], reason).then((done) => (done ? onDone() : undefined))
            }
          />
        </MayCall>
      </div>
    </>
  )
}

type Props = { readonly id: string; readonly acts: BankActs; readonly onClose: () => void }

/** A bank line beside its list: all that the bank said, and what becomes of it. */
export const TransactionPanel = ({ id, acts, onClose }: Props) => {
  const query = useApiQuery('bankTransactions', 'get', { id }, { keepPrevious: false })
  const line = query.data
  return (
    <aside aria-label="Bank line" className={classes['panel']}>
      {line === undefined && query.isError && (
        <ErrorPanel {...describeError(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Skeleton lines={6} label="Loading the bank line" />}
      {line !== undefined && (
        <Panel torn>
          <div className={classes['panel-head']}>
            <h2>{line.counterpartyName ?? (line.purpose === '' ? 'Bank line' : line.purpose.slice(0, 60))}</h2>
            <ActionIcon size={28} aria-label="Close the bank line" onClick={onClose}>
              <IconX size={16} />
            </ActionIcon>
          </div>
          <p className={classes['figure']}>
            <Amount value={line.amountE4} currency={line.currency} />
          </p>
          <Facts line={line} />
          <TearLine />
          {line.state === 'new' && line.amountE4 > 0n ? (
            <>
              {line.paymentCount > 0 && <Payments line={line} />}
              <MayCall call="bankTransactions.accept">
                <MatchEditor key={`${line.id} ${line.version}`} line={line} acts={acts} onDone={onClose} />
              </MayCall>
            </>
          ) : (
            <Decided line={line} acts={acts} onDone={onClose} />
          )}
          <ChangesButton of={{ table: 'bank_transactions', id: line.id }} name="this bank line" compact />
        </Panel>
      )}
    </aside>
  )
}
