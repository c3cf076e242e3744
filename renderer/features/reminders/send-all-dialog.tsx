import { Button, Progress } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { DueRow } from './due-preview.tsx'
import { shortObstacles, toneNames } from './reminder-words.ts'
import classes from './reminders.module.css'

type Result = { readonly state: 'sent' | 'failed' | 'left'; readonly text: string }

const allDue = async (): Promise<DueRow[]> => {
  const rows: DueRow[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof api.reminders.due>> = await api.reminders.due({ cursor, limit: 200 })
    rows.push(...page.rows)
    cursor = page.nextCursor
  } while (cursor !== null)
  return rows
}

const sendOne = async ({ invoiceId, stepId }: DueRow): Promise<Result> => {
  try {
    const sent = await api.reminders.send({ invoiceId, stepId })
    return { state: 'sent', text: sent.feeInvoiceNumber === null ? 'Sent' : `Sent, late fee ${sent.feeInvoiceNumber}` }
  } catch (thrown) {
    return { state: 'failed', text: describeError(thrown).message }
  }
}

const useSendAll = () => {
  const [rows, setRows] = useState<readonly DueRow[] | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map())
  const [state, setState] = useState<'ready' | 'running' | 'done'>('ready')
  const stopped = useRef(false)
  useEffect(() => {
    allDue().then(setRows, setProblem)
    return () => {
      stopped.current = true
    }
  }, [])
  const sendable = rows?.filter(({ why }) => why === null) ?? []
  const run = async () => {
    setState('running')
    stopped.current = false
    for (const row of sendable) {
      if (stopped.current) break
      const result = await sendOne(row)
      setResults((before) => new Map(before).set(row.invoiceId, result))
    }
    setState('done')
  }
  return { rows, sendable, problem, results, state, run, stop: () => (stopped.current = true) }
}

type All = ReturnType<typeof useSendAll>

const resultOf = ({ results, state }: All, row: DueRow): Result | null => {
  if (row.why !== null) return { state: 'left', text: `Not sent: ${shortObstacles[row.why].toLowerCase()}` }
  return (
    results.get(row.invoiceId) ?? (state === 'done' ? { state: 'left', text: 'Not sent: you stopped before it' } : null)
  )
}

const Rows = ({ all, rows }: { readonly all: All; readonly rows: readonly DueRow[] }) => {
  const formats = useFormats()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={classes['results']} tabIndex={0} aria-label="Reminders to send">
      <table>
        <thead>
          <tr>
            <th scope="col">Invoice</th>
            <th scope="col">Reminder</th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const result = resultOf(all, row)
            return (
              <tr key={row.invoiceId}>
                <th scope="row">
                  {row.number} · {row.clientName}
                </th>
                <td>
                  {toneNames[row.tone]}
                  {row.feeE4 > 0n && `, fee ${formats.amount(row.feeE4, row.currency)}`}
                </td>
                <td data-state={result?.state}>{result?.text ?? 'Ready'}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

const introOf = (all: All, fees: number): string => {
  const count = all.sendable.length
  const sent = [...all.results.values()].filter((it) => it.state === 'sent').length
  const failed = [...all.results.values()].filter((it) => it.state === 'failed').length
  if (all.state !== 'ready') return `${sent} of ${count} sent${failed > 0 ? `, ${failed} could not be` : ''}.`
  if (count === 0) return 'None of them can be sent as they stand.'
  const charged =
    fees === 0 ? '' : ` ${fees === 1 ? 'One charges' : `${fees} charge`} a late fee with an invoice of its own.`
  return `${count === 1 ? 'One message goes' : `${count} messages go`} out, each once.${charged}`
}

const Content = ({ onClose }: { readonly onClose: () => void }) => {
  const all = useSendAll()
  const { rows, sendable, problem, state, results } = all
  if (problem !== null) return <ErrorPanel {...describeError(problem)} />
  if (rows === null) return <Skeleton lines={5} label="Looking for reminders" />
  const fees = sendable.filter(({ feeE4 }) => feeE4 > 0n).length
  return (
    <>
      <p aria-live="polite">{introOf(all, fees)}</p>
      {state === 'running' && (
        <Progress aria-label="Sent so far" value={(results.size / Math.max(sendable.length, 1)) * 100} />
      )}
      <Rows all={all} rows={rows} />
      <DialogFooter>
        {state === 'ready' && (
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        )}
        {state === 'ready' && (
          <Button autoFocus disabled={sendable.length === 0} onClick={() => void all.run()}>
            {sendable.length === 1 ? 'Send one reminder' : `Send ${sendable.length} reminders`}
          </Button>
        )}
        {state === 'running' && (
          <Button variant="default" onClick={all.stop}>
            Stop
          </Button>
        )}
        {state === 'done' && (
          <Button autoFocus onClick={onClose}>
            Close
          </Button>
        )}
      </DialogFooter>
    </>
  )
}

type Props = { readonly opened: boolean; readonly onClose: () => void }

/** Sends every reminder that is due, one after the other, and says of each how it went. */
export const SendAllDialog = ({ opened, onClose }: Props) => (
  <Dialog open={opened} onClose={onClose} title="Send all that are due" size="lg">
    {opened && <Content onClose={onClose} />}
  </Dialog>
)
