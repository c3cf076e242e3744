import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { describeError } from '../../../app/errors.ts'
import { type ApiInput, type ApiOutput, useApiPages } from '../../../app/queries.ts'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { useFormats } from '../../../ui/locale.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import classes from './figures.module.css'

type Document = ApiOutput<'reports', 'documents'>['rows'][number]

const DocumentLink = ({ row }: { readonly row: Document }) => {
  const link = classes['link']
  switch (row.kind) {
    case 'invoice':
      return (
        <Link to="/invoices/$id" params={{ id: row.id }} className={link}>
          {row.number}
        </Link>
      )
    case 'credit-note':
      return (
        <Link to="/credit-notes/$id" params={{ id: row.id }} className={link}>
          {row.number}
        </Link>
      )
    case 'quote':
      return (
        <Link to="/quotes/$id" params={{ id: row.id }} className={link}>
          {row.number}
        </Link>
      )
    case 'payment':
      return (
        <Link to="/payments" search={{ payment: row.id }} className={link}>
          {row.number}
        </Link>
      )
    case 'refund':
      return <span>{row.number} (refund)</span>
  }
}

type Total = ApiOutput<'reports', 'documents'>['total']
type RowsProps = {
  readonly rows: readonly Document[]
  /** Of all of them, read yet or not. */
  readonly total: Total | undefined
  readonly currency: string
  readonly caption: string
}

const Rows = ({ rows, total, currency, caption }: RowsProps) => {
  const formats = useFormats()
  const whole = new Intl.NumberFormat(formats.locale)
  return (
    <table className={classes['documents']}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Document</th>
          <th scope="col" data-align="end">
            In {currency}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.kind}${row.id}`}>
            <th scope="row">
              <DocumentLink row={row} />
              <span className={classes['whose']}>
                {formats.dayAndMonth(row.on)} · {row.clientName}
              </span>
            </th>
            <td data-align="end">
              {formats.figures(row.baseE4, currency)}
              {row.currency !== currency && (
                <span className={classes['foreign']}>{formats.amount(row.amountE4, row.currency)}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">
            {total === undefined || total.count === rows.length ? 'Sum' : `Sum of all ${whole.format(total.count)}`}
          </th>
          <td data-align="end">{total !== undefined && formats.figures(total.baseE4, currency)}</td>
        </tr>
      </tfoot>
    </table>
  )
}

type Props = {
  readonly asked: Omit<ApiInput<'reports', 'documents'>, 'limit' | 'cursor'>
  /** The name of the row. */
  readonly title: string
  readonly currency: string
  readonly onClose: () => void
}

/** The documents behind a row of a report, and their sum, which is the row's. */
export const ReportDocuments = ({ asked, title, currency, onClose }: Props) => {
  const place = useRef<HTMLDivElement>(null)
  const documents = useApiPages('reports', 'documents', { ...asked, limit: 100 })
  // Beside the report it is in sight; below it, in a narrow window, it may not be.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row brings the panel back into sight
  useEffect(() => {
    // Newer engines answer with a promise, which is no clean-up.
    void place.current?.scrollIntoView({ block: 'nearest' })
  }, [title])
  const { rows, first, error } = documents
  return (
    <div ref={place} className={classes['behind']}>
      <Panel
        title={title}
        actions={
          <ActionIcon aria-label="Close the documents" onClick={onClose}>
            <IconX size={15} />
          </ActionIcon>
        }
        torn
      >
        {error !== null && <ErrorPanel {...describeError(error)} onRetry={documents.retry} />}
        {documents.isPending && <Skeleton />}
        {first !== undefined && rows.length === 0 && <p className={classes['none']}>No documents.</p>}
        {rows.length > 0 && (
          <Rows rows={rows} total={first?.total} currency={currency} caption={`Documents of ${title}`} />
        )}
        {documents.hasMore && (
          <Button variant="subtle" size="compact-sm" loading={documents.isLoadingMore} onClick={documents.loadMore}>
            More documents
          </Button>
        )}
      </Panel>
    </div>
  )
}
