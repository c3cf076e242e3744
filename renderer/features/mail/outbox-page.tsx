import { Button, Select } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { MessageKind, OutboxRow } from '../../../shared/contract/mail.ts'
import { describeError, toAppError } from '../../app/errors.ts'
import { useApiPages, useCommand } from '../../app/queries.ts'
import type { OutboxSearch } from '../../app/search-params.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { FilterTabs } from '../../ui/tabs.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './mail.module.css'
import { kindGroups, kindName, kindNames } from './message-kinds.ts'
import { MessagePanel } from './message-panel.tsx'
import { outboxColumns } from './outbox-columns.tsx'

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

const RetryAll = ({ rows }: { readonly rows: readonly OutboxRow[] }) => {
  const retry = useCommand('mail', 'retry')
  const retryAll = async () => {
    try {
      for (const { id, version } of rows) await retry.mutateAsync({ id, version })
      showToast({
        message: rows.length === 1 ? 'It is being tried now.' : `${rows.length} messages are being tried now.`,
      })
    } catch (thrown) {
      showToast({ message: toAppError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <Button variant="default" loading={retry.isPending} onClick={() => void retryAll()}>
      {rows.length === 1 ? 'Try the failed one now' : `Try all ${rows.length} failed now`}
    </Button>
  )
}

type KindFilterProps = { readonly value: MessageKind | null; readonly onChange: (kind: MessageKind | null) => void }

const KindFilter = ({ value, onChange }: KindFilterProps) => (
  <Select
    aria-label="Kind of message"
    placeholder="All kinds"
    w={168}
    clearable
    value={value}
    data={kindGroups.map(({ title, kinds }) => ({
      group: title,
      items: kinds.map((kind) => ({ value: kind, label: kindNames[kind] })),
    }))}
    // The list has the kinds and nothing else.
    onChange={(kind) => onChange(kind as MessageKind | null)}
  />
)

/** Every message with its state; the open one beside the list. */
export const OutboxPage = () => {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const formats = useFormats()
  const state = search.state ?? 'all'
  const kind = search.kind ?? 'all'
  const list = useApiPages('mail', 'outbox', { state, kind, limit: 50 })
  const columns = useMemo(() => outboxColumns(formats), [formats])
  const { waiting = 0, failed = 0 } = list.first ?? {}
  const failedRows = list.rows.filter((row) => row.state === 'failed')
  const isFiltered = state !== 'all' || kind !== 'all'
  const change = ({ message: _closed, ...next }: OutboxSearch) => void navigate({ search: next })
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
          {failedRows.length > 0 && <RetryAll rows={failedRows} />}
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
            onChange={(next) => {
              const { state: _before, ...rest } = search
              change(next === 'all' ? rest : { ...rest, state: next })
            }}
            tabs={[
              { value: 'all', label: 'All' },
              { value: 'queued', label: 'Waiting', count: waiting || undefined },
              { value: 'failed', label: 'Failed', count: failed || undefined },
              { value: 'accepted', label: 'Sent' },
              { value: 'bounced', label: 'Came back' },
              { value: 'cancelled', label: 'Cancelled' },
            ]}
          />
          <KindFilter
            value={search.kind ?? null}
            onChange={(next) => {
              const { kind: _before, ...rest } = search
              change(next === null ? rest : { ...rest, kind: next })
            }}
          />
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
          empty={
            <EmptyState
              sentence={kind === 'all' ? emptySentences[state] : `No such message: ${kindName(kind).toLowerCase()}.`}
              action={
                kind !== 'all' ? (
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
