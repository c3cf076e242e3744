import { Button, FileButton } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api } from '../../../api.ts'
import { describeError } from '../../../app/errors.ts'
import type { ApiOutput } from '../../../app/queries.ts'
import { Amount } from '../../../ui/amount.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { showToast } from '../../../ui/toast.tsx'
import classes from './invoice-list.module.css'

type Reading = ApiOutput<'importers', 'einvoice'>

const Totals = ({ reading }: { readonly reading: Reading }) => (
  <table className={classes['results']}>
    <caption className="visually-hidden">Totals of the file beside ours</caption>
    <thead>
      <tr>
        <th scope="col">Total</th>
        <th scope="col" data-align="end">
          In the file
        </th>
        <th scope="col" data-align="end">
          Ours
        </th>
        <th scope="col">Compared</th>
      </tr>
    </thead>
    <tbody>
      {reading.totals.map((total) => (
        <tr key={total.term}>
          <th scope="row">{total.label}</th>
          <td data-align="end">
            {total.inFileE4 === null ? '—' : <Amount value={total.inFileE4} currency={reading.currency} />}
          </td>
          <td data-align="end">
            {total.oursE4 === null ? '—' : <Amount value={total.oursE4} currency={reading.currency} />}
          </td>
          <td data-differs={total.differs || undefined}>{total.differs ? (total.reason ?? 'Differs') : 'Equal'}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

const Facts = ({ reading }: { readonly reading: Reading }) => (
  <dl className={classes['facts']}>
    <dt>Document</dt>
    <dd>
      {reading.documentType === 'invoice' ? 'Invoice' : 'Credit note'} {reading.number} ({reading.syntax})
    </dd>
    {reading.credits !== null && (
      <>
        <dt>Lowers</dt>
        <dd>Invoice {reading.credits.number}, which it is linked to</dd>
      </>
    )}
    <dt>Client</dt>
    <dd>
      {reading.clientName} {reading.clientMade ? '· new, will be made' : '· known'}
    </dd>
    <dt>Lines</dt>
    <dd>
      {reading.lines} · {reading.itemsMatched} of known items, {reading.itemsMade} new
    </dd>
  </dl>
)

const Reading = ({ reading }: { readonly reading: Reading }) => {
  const differing = reading.totals.filter((total) => total.differs).length
  return (
    <>
      <Facts reading={reading} />
      <p role="status">
        {differing === 0
          ? 'Every total of the file equals ours.'
          : differing === 1
            ? 'One total differs; the reason stands beside it.'
            : `${differing} totals differ; the reasons stand beside them.`}
      </p>
      <div className={classes['scroll']}>
        <Totals reading={reading} />
      </div>
      {reading.warnings.length > 0 && (
        <ul className={classes['warnings']} aria-label="To look at">
          {reading.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Reads a file without making anything of it. */
const useReading = (file: File | null) => {
  const [reading, setReading] = useState<Reading | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    setReading(null)
    setError(null)
    if (file === null) return
    const stop = new AbortController()
    const read = async () => {
      try {
        const xml = new Uint8Array(await file.arrayBuffer())
        const answer = await api.importers.einvoice({ fileName: file.name, xml, dryRun: true }, { signal: stop.signal })
        if (!stop.signal.aborted) setReading(answer)
      } catch (thrown) {
        if (!stop.signal.aborted) setError(thrown)
      }
    }
    void read()
    return () => stop.abort()
  }, [file])
  return { reading, error }
}

type Props = {
  /** The file that is looked at; null closes. */
  readonly file: File | null
  readonly onFile: (file: File | null) => void
}

/** Shows what an electronic invoice holds and how its totals compare, then makes a draft of it. */
export const ImportDialog = ({ file, onFile }: Props) => {
  const navigate = useNavigate()
  const { reading, error } = useReading(file)
  const [making, setMaking] = useState(false)
  const make = async () => {
    if (file === null) return
    setMaking(true)
    try {
      const made = await api.importers.einvoice({ fileName: file.name, xml: new Uint8Array(await file.arrayBuffer()) })
      onFile(null)
      showToast({ message: `${file.name} is now a draft for ${made.clientName}.` })
      if (made.invoiceId !== null) await navigate({ to: '/invoices/$id', params: { id: made.invoiceId } })
      if (made.creditNoteId !== null) await navigate({ to: '/credit-notes/$id', params: { id: made.creditNoteId } })
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    } finally {
      setMaking(false)
    }
  }
  return (
    <Dialog
      open={file !== null}
      onClose={() => onFile(null)}
      title={file === null ? 'Import' : `Import ${file.name}`}
      size="xl"
      footer={
        <>
          <FileButton accept=".xml,application/xml,text/xml" onChange={onFile}>
            {(props) => (
              <Button variant="default" {...props}>
                Another file
              </Button>
            )}
          </FileButton>
          <Button disabled={reading === null} loading={making} onClick={() => void make()}>
            Make draft
          </Button>
        </>
      }
    >
      {error !== null && <ErrorPanel {...describeError(error)} />}
      {error === null && reading === null && <Skeleton lines={6} label="Reading the file" />}
      {reading !== null && <Reading reading={reading} />}
    </Dialog>
  )
}
