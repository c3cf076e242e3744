import { Button } from '@mantine/core'
import { IconFileDownload, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import type { Statement } from '../../../shared/contract/statements.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useApiQuery } from '../../app/queries.ts'
import { type ChosenRange, RangeBar } from '../../app/range-bar.tsx'
import type { StatementSearch } from '../../app/report-search.ts'
import { keptRange, useRange } from '../../app/use-range.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { downloadFile } from '../../ui/files.ts'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import { AgeingTable } from './ageing-totals.tsx'
import { SendStatementDialog } from './send-statement-dialog.tsx'
import { StatementTable } from './statement-table.tsx'
import classes from './statements.module.css'

type OneProps = { readonly clientId: string; readonly statement: Statement; readonly range: ChosenRange }

const OneStatement = ({ clientId, statement, range }: OneProps) => {
  const { from, to } = range
  const { currency } = statement
  const [sending, setSending] = useState(false)
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      const { pdf, fileName } = await api.statements.pdf({ clientId, from, to, currency })
      downloadFile(pdf, fileName, 'application/pdf')
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
    setBusy(false)
  }
  return (
    <Panel
      title={`In ${currency}`}
      actions={
        <div className={classes['acts']}>
          <Button
            variant="default"
            size="compact-sm"
            loading={busy}
            leftSection={<IconFileDownload size={15} aria-hidden="true" />}
            aria-label={`Save the statement in ${currency} as PDF`}
            onClick={() => void save()}
          >
            PDF
          </Button>
          <MayCall call={['statements.compose', 'statements.send']}>
            <Button
              size="compact-sm"
              leftSection={<IconSend size={14} aria-hidden="true" />}
              aria-label={`Send the statement in ${currency} by mail`}
              onClick={() => setSending(true)}
            >
              Send…
            </Button>
          </MayCall>
        </div>
      }
    >
      <StatementTable statement={statement} from={from} to={to} />
      <h3 className={classes['age-title']}>Open at the end, by age</h3>
      <AgeingTable label={`Open in ${currency} by age`} lines={[{ ...statement.ageing, currency }]} basis="due" />
      {sending && (
        <SendStatementDialog statement={{ clientId, from, to, currency }} onClose={() => setSending(false)} />
      )}
    </Panel>
  )
}

type Props = {
  readonly clientId: string
  readonly clientName: string
  readonly search: StatementSearch
  readonly onSearch: (search: StatementSearch) => void
}

const Chosen = ({ clientId, clientName, range }: Pick<Props, 'clientId' | 'clientName'> & { range: ChosenRange }) => {
  const { from, to } = range
  const answer = useApiQuery('statements', 'get', { clientId, from, to })
  if (answer.isError) return <ErrorPanel {...describeError(answer.error)} onRetry={() => void answer.refetch()} />
  if (answer.data === undefined) return <Skeleton lines={8} label="Loading the statement" />
  const { statements } = answer.data
  if (statements.length === 0) {
    return <EmptyState sentence={`Nothing was invoiced to ${clientName} yet, so there is nothing to state.`} />
  }
  return statements.map((statement) => (
    <OneStatement key={statement.currency} clientId={clientId} statement={statement} range={range} />
  ))
}

/** What a client owed and paid over a period, in each currency, to save or to send. */
export const ClientStatement = ({ clientId, clientName, search, onSearch }: Props) => {
  const { chosen, years, error, retry } = useRange(search, 'year-to-today')
  if (error !== null) return <ErrorPanel {...describeError(error)} onRetry={retry} />
  if (chosen === null) return <Skeleton />
  return (
    <div className={classes['statements']}>
      <div className={classes['period']}>
        <RangeBar years={years} value={chosen} onChange={(range) => onSearch(keptRange(range))} />
      </div>
      <Chosen clientId={clientId} clientName={clientName} range={chosen} />
    </div>
  )
}
