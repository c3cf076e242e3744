import { Button } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { describeError } from '../../app/errors.ts'
import { useWhere } from '../../app/filters/filter-bar.tsx'
import { MayCall } from '../../app/may.tsx'
import { useApiPages } from '../../app/queries.ts'
import { type OutboxSearch, outboxSearch } from '../../app/search-params.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { FilterTabs } from '../../ui/tabs.tsx'
import classes from './mail.module.css'
import { kindName } from './message-kinds.ts'
import { MessagePanel } from './message-panel.tsx'
import { outboxColumns } from './outbox-columns.tsx'
import { OutboxFinders } from './outbox-finders.tsx'
import { OutboxSelection, retryRows } from './outbox-selection.tsx'

const route = getRouteApi('/outbox')

type Filter = NonNullable<OutboxSearch['state']>

const emptySentences: Readonly<Record<Filter, string>> = {
  all: 'What you send by mail is kept here, with every attempt to deliver it.',
  queued: 'Nothing is waiting: everything has gone out.',
  sending: 'Nothing is being sent right now.',
  accepted: 'No message has gone out yet.',
  failed: 'No message has failed.',
  bounced: 'No message has come back.',
  cancelled: 'No message was cancelled.',
}

const summary = (waiting: number, failed: number): string => {
  const parts = [waiting > 0 ? `${waiting} waiting` : '', failed > 0 ? `${failed} failed` : ''].filter(Boolean)
  return parts.length === 0 ? 'Everything has gone out' : parts.join(' · ')
}

/** Every message with its state; the open one beside the list. */
export const OutboxPage = () => {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const formats = useFormats()
  const state = search.state ?? 'all'
  const kind = search.kind ?? 'all'
  const list = useApiPages('mail', 'outbox', {
    search: search.search ?? '',
    where: useWhere('outbox', search.where),
    state,
    kind,
    limit: 50,
  })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const columns = useMemo(() => outboxColumns(formats), [formats])
  const isNarrowed = search.search !== undefined || search.where !== undefined
  const { waiting = 0, failed = 0 } = list.first ?? {}
  const failedRows = list.rows.filter((row) => row.state === 'failed')
  const isFiltered = Object.keys(search).some((name) => name !== 'message')
  // What is empty leaves the address, and another list closes the message beside it.
  const change = (next: Readonly<Record<string, unknown>>) =>
    void navigate({ search: outboxSearch({ ...next, message: undefined }), replace: true })
  const open = (message?: string) => {
    const { message: _before, ...filters } = search
    void navigate({ search: { ...filters, ...(message === undefined ? {} : { message }) } })
  }
  return (
    <Page
      title="Outbox"
      fill
      {...(list.first === undefined || (list.rows.length === 0 && !isFiltered)
        ? {}
        : { subtitle: summary(waiting, failed) })}
      actions={
        <>
          {failedRows.length > 0 && (
            <MayCall call="mail.retry">
              <Button variant="default" onClick={() => retryRows(failedRows, () => undefined)}>
                {failedRows.length === 1 ? 'Try the failed one now' : `Try all ${failedRows.length} failed now`}
              </Button>
            </MayCall>
          )}
          <Button
            variant="subtle"
            renderRoot={(props) => <Link to="/settings/$section" params={{ section: 'mail' }} {...props} />}
          >
            Mail settings
          </Button>
        </>
      }
      toolbar={
        <>
          <FilterTabs<Filter>
            label="Which messages"
            value={state}
            onChange={(next) => change({ ...search, state: next === 'all' ? undefined : next })}
            tabs={[
              { value: 'all', label: 'All' },
              { value: 'queued', label: 'Waiting', count: waiting || undefined },
              { value: 'failed', label: 'Failed', count: failed || undefined },
              { value: 'accepted', label: 'Sent' },
              { value: 'bounced', label: 'Came back' },
              { value: 'cancelled', label: 'Cancelled' },
            ]}
          />
          <OutboxFinders search={search} onChange={change} />
        </>
      }
    >
      {list.error !== null && <ErrorPanel {...describeError(list.error)} onRetry={list.retry} />}
      <div className={classes['split']} data-open={search.message !== undefined || undefined}>
        <DataTable
          label="Messages"
          columns={columns}
          rows={list.rows}
          rowId={(row) => row.id}
          onOpen={(row) => open(row.id)}
          openId={search.message ?? null}
          isPending={list.isPending}
          hasMore={list.hasMore}
          isLoadingMore={list.isLoadingMore}
          onLoadMore={list.loadMore}
          onLoadAll={list.loadAll}
          selected={selected}
          onSelect={setSelected}
          selectionActions={(rows) => <OutboxSelection rows={rows} onDone={() => setSelected(new Set())} />}
          empty={
            <EmptyState
              sentence={
                kind !== 'all'
                  ? `No such message: ${kindName(kind).toLowerCase()}.`
                  : isNarrowed
                    ? 'No message matches these filters.'
                    : emptySentences[state]
              }
              action={
                kind !== 'all' || isNarrowed ? (
                  <Button variant="default" onClick={() => change({})}>
                    Show all messages
                  </Button>
                ) : state === 'all' ? (
                  <Button renderRoot={(props) => <Link to="/invoices" {...props} />}>Go to the invoices</Button>
                ) : undefined
              }
            />
          }
        />
        {search.message !== undefined && (
          <MessagePanel key={search.message} id={search.message} onClose={() => open()} />
        )}
      </div>
    </Page>
  )
}
