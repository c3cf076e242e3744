import { Button } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useToday } from '../../app/organization.ts'
import { useApiPages, useApiQuery } from '../../app/queries.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { dueColumns } from './due-columns.tsx'
import { DuePreview } from './due-preview.tsx'
import classes from './reminders.module.css'
import { SendAllDialog } from './send-all-dialog.tsx'

const route = getRouteApi('/reminders')

const settingsLink = (text: string, variant: 'filled' | 'default') => (
  <Button
    variant={variant}
    renderRoot={(props) => <Link to="/settings/$section" params={{ section: 'reminders' }} {...props} />}
  >
    {text}
  </Button>
)

const Empty = () => {
  const plans = useApiQuery('reminders', 'plans', {}).data
  if (plans?.length === 0) {
    return (
      <EmptyState
        sentence="Reminders ask for what is late, politely first. They begin with a plan."
        action={settingsLink('Make a plan', 'filled')}
      />
    )
  }
  return (
    <EmptyState
      sentence={
        plans?.every(({ isAutomatic }) => isAutomatic)
          ? 'No reminder waits for you: they go out by themselves on their days.'
          : 'No reminder is due today.'
      }
      action={settingsLink('Look at the plans', 'default')}
    />
  )
}

const subtitleOf = (count: number, hasMore: boolean): string =>
  count === 1 ? 'One waits for you' : `${count}${hasMore ? ' or more' : ''} wait for you`

/** Every reminder whose day has come and that waits for a person; the open one beside the list. */
export const RemindersDuePage = () => {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const formats = useFormats()
  const today = useToday()
  const [sendingAll, setSendingAll] = useState(false)
  const list = useApiPages('reminders', 'due', { limit: 50 })
  const columns = useMemo(() => dueColumns(formats, today), [formats, today])
  const open = (invoice?: string) => void navigate({ search: invoice === undefined ? {} : { invoice } })
  const index = list.rows.findIndex(({ invoiceId }) => invoiceId === search.invoice)
  const shown = list.rows[index]
  return (
    <Page
      title="Reminders due"
      fill
      {...(list.rows.length === 0 ? {} : { subtitle: subtitleOf(list.rows.length, list.hasMore) })}
      actions={
        <>
          {list.rows.length > 0 && (
            <MayCall call="reminders.send">
              <Button variant="default" onClick={() => setSendingAll(true)}>
                Send all…
              </Button>
            </MayCall>
          )}
          {list.rows.length > 0 && settingsLink('Plans', 'default')}
        </>
      }
    >
      {list.error !== null && <ErrorPanel {...describeError(list.error)} onRetry={list.retry} />}
      <div className={classes['split']} data-open={shown !== undefined || undefined}>
        <DataTable
          label="Reminders due"
          columns={columns}
          rows={list.rows}
          rowId={(row) => row.invoiceId}
          onOpen={(row) => open(row.invoiceId)}
          openId={search.invoice ?? null}
          isPending={list.isPending}
          hasMore={list.hasMore}
          isLoadingMore={list.isLoadingMore}
          onLoadMore={list.loadMore}
          empty={list.error === null ? <Empty /> : null}
        />
        {shown !== undefined && (
          <DuePreview
            key={`${shown.invoiceId} ${shown.stepId}`}
            row={shown}
            onDone={() => open((list.rows[index + 1] ?? list.rows[index - 1])?.invoiceId)}
            onClose={() => open()}
          />
        )}
      </div>
      <SendAllDialog opened={sendingAll} onClose={() => setSendingAll(false)} />
    </Page>
  )
}
