import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { sum } from '../../../../shared/money/arithmetic.ts'
import { describeError } from '../../../app/errors.ts'
import { type ApiInput, type ApiOutput, useApiQuery } from '../../../app/queries.ts'
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

const least = 200
const most = 1000

type RowsProps = { readonly rows: readonly Document[]; readonly currency: string; readonly caption: string }

const Rows = ({ rows, currency, caption }: RowsProps) => {
  const formats = useFormats()
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
          <th scope="row">Sum</th>
          <td data-align="end">{formats.figures(sum(rows.map((row) => row.baseE4)), currency)}</td>
        </tr>
      </tfoot>
    </table>
  )
}

type Props = {
  readonly asked: Omit<ApiInput<'reports', 'documents'>, 'limit'>
  /** The name of the row. */
  readonly title: string
  readonly currency: string
  readonly onClose: () => void
}

/** The documents behind a row of a report, and their sum, which is the row's. */
export const ReportDocuments = ({ asked, title, currency, onClose }: Props) => {
  const [limit, setLimit] = useState(least)
  const place = useRef<HTMLDivElement>(null)
  const documents = useApiQuery('reports', 'documents', { ...asked, limit }, { keepPrevious: false })
  // Beside the report it is in sight; below it, in a narrow window, it may not be.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row brings the panel back into sight
  useEffect(() => {
    // Newer engines answer with a promise, which is no clean-up.
    void place.current?.scrollIntoView({ block: 'nearest' })
  }, [title])
  const { data } = documents
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
        {documents.isError && (
          <ErrorPanel {...describeError(documents.error)} onRetry={() => void documents.refetch()} />
        )}
        {documents.isPending && <Skeleton />}
        {data !== undefined && data.rows.length === 0 && <p className={classes['none']}>No documents.</p>}
        {data !== undefined && data.rows.length > 0 && (
          <Rows rows={data.rows} currency={currency} caption={`Documents of ${title}`} />
        )}
        {data?.more === true && limit < most && (
          <Button variant="subtle" size="compact-sm" loading={documents.isFetching} onClick={() => setLimit(most)}>
            Show up to {most}
          </Button>
        )}
        {data?.more === true && (
          <p className={classes['none']}>These are the first {data.rows.length}; the row counts more.</p>
        )}
      </Panel>
    </div>
  )
}
