import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { describeError } from '../../../app/errors.ts'
import { useApiPages } from '../../../app/queries.ts'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { useFormats } from '../../../ui/locale.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import type { Chosen } from './return-table.tsx'
import classes from './tax-report.module.css'

type Props = {
  readonly chosen: Chosen
  readonly period: { readonly from: string; readonly to: string; readonly basis: 'issue' | 'payment' }
  readonly currency: string
  readonly onClose: () => void
}

/** The documents behind one figure of a return. */
export const DocumentRows = ({ chosen, period, currency, onClose }: Props) => {
  const formats = useFormats()
  const place = useRef<HTMLDivElement>(null)
  // Beside the return it is in sight; below it, in a narrow window, it may not be.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another figure brings the panel back into sight
  useEffect(() => {
    // Newer engines answer with a promise, which is no clean-up.
    void place.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen.label])
  const pages = useApiPages('taxReports', 'documents', { ...period, keys: [...chosen.keys], limit: 50 })
  return (
    <div ref={place} className={classes['behind']}>
      <Panel
        title={chosen.label}
        actions={
          <ActionIcon aria-label="Close the documents" onClick={onClose}>
            <IconX size={15} />
          </ActionIcon>
        }
        torn
      >
        {pages.error !== null && <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />}
        {pages.isPending && <Skeleton />}
        {!pages.isPending && pages.rows.length === 0 && <p className={classes['none']}>No documents.</p>}
        {pages.rows.length > 0 && (
          <table className={classes['documents']}>
            <caption className="visually-hidden">Documents of {chosen.label}</caption>
            <thead>
              <tr>
                <th scope="col">Document</th>
                <th scope="col" data-align="end">
                  Taxable
                </th>
                <th scope="col" data-align="end">
                  Tax
                </th>
              </tr>
            </thead>
            <tbody>
              {pages.rows.map((row) => {
                const sign = row.kind === 'credit-note' ? '−' : ''
                return (
                  <tr key={`${row.kind}${row.id}`}>
                    <th scope="row">
                      <Link
                        to={row.kind === 'invoice' ? '/invoices/$id' : '/credit-notes/$id'}
                        params={{ id: row.id }}
                        className={classes['link']}
                      >
                        {row.number}
                      </Link>
                      <span className={classes['whose']}>
                        {formats.dayAndMonth(row.on)} · {row.clientName}
                      </span>
                    </th>
                    <td data-align="end">
                      {sign}
                      {formats.figures(row.taxableE4, currency)}
                    </td>
                    <td data-align="end">
                      {sign}
                      {formats.figures(row.taxE4, currency)}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        )}
        {pages.hasMore && (
          <Button variant="subtle" size="compact-sm" loading={pages.isLoadingMore} onClick={pages.loadMore}>
            More documents
          </Button>
        )}
      </Panel>
    </div>
  )
}
