import { Button } from '@mantine/core'
import { IconArrowBackUp, IconHistory, IconShieldCheck } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useActions } from '../../app/actions.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { askForMoment } from '../../app/past/past-state.ts'
import { useApiPages, useApiQuery } from '../../app/queries.ts'
import { type RecordSearch, recordSearch } from '../../app/search-params.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import classes from './audit.module.css'
import { ChangePanel } from './change-panel.tsx'
import { ProofDialog } from './proof-dialog.tsx'
import { recordColumns } from './record-columns.tsx'
import { RecordToolbar, tablesOf } from './record-toolbar.tsx'
import { UndoDialog } from './undo-dialog.tsx'

const route = getRouteApi('/record')

const useListState = () => {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<RecordSearch>) =>
    void navigate({ search: (old) => ({ ...recordSearch(old), ...next }), replace: true })
  const clear = (...names: readonly (keyof RecordSearch)[]) =>
    void navigate({
      search: (old) =>
        recordSearch(Object.fromEntries(Object.entries(old).filter(([name]) => !names.some((it) => it === name)))),
      replace: true,
    })
  return { search, change, clear, reset: () => void navigate({ search: {}, replace: true }) }
}

const asked = (search: RecordSearch) => ({
  rowId: search.row ?? null,
  tables: [...tablesOf(search.kind)],
  userId: search.user ?? null,
  deviceId: search.device ?? null,
  action: search.action === 'all' ? null : (search.action ?? ('done' as const)),
  procedure: search.procedure ?? '',
  from: search.from ?? null,
  to: search.to ?? null,
  limit: 100,
})

// A record that was cut says so where it is read.
const Reach = () => {
  const formats = useFormats()
  const since = useApiQuery('audit', 'retention', {}).data?.reachesBackTo ?? null
  if (since === null) return 'Who changed, took out or looked at what, and when. Nothing here is ever changed.'
  return `Who changed, took out or looked at what since ${formats.instant(since)}. What was before is past its time and removed.`
}

/** Every change and every sensitive read, newest first; one opens beside the list with its values. */
export const RecordPage = () => {
  const formats = useFormats()
  const { search, change, clear, reset } = useListState()
  const [proving, setProving] = useState(false)
  const [undoing, setUndoing] = useState(false)
  const pages = useApiPages('audit', 'list', asked(search))
  const columns = useMemo(() => recordColumns(formats), [formats])
  const open = pages.rows.find(({ seq }) => String(seq) === search.change)
  useActions(
    open === undefined
      ? []
      : [
          {
            id: 'change.close',
            title: 'Close the change',
            group: 'This page',
            shortcut: 'escape',
            calls: 'nothing',
            run: () => clear('change'),
          },
        ],
  )
  return (
    <Page
      fill
      title="Record"
      subtitle={<Reach />}
      actions={
        <>
          <Button variant="default" leftSection={<IconHistory size={15} />} onClick={() => askForMoment()}>
            Show as of…
          </Button>
          <MayCall call="history.undo">
            <Button variant="default" leftSection={<IconArrowBackUp size={15} />} onClick={() => setUndoing(true)}>
              Undo…
            </Button>
          </MayCall>
          <Button leftSection={<IconShieldCheck size={15} />} onClick={() => setProving(true)}>
            Check the record
          </Button>
        </>
      }
      toolbar={<RecordToolbar search={search} change={change} clear={clear} />}
    >
      {pages.error !== null && <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />}
      {pages.error === null && (
        <div className={classes['split']} data-open={open !== undefined || undefined}>
          <div className={classes['list']}>
            <DataTable
              label="The record"
              columns={columns}
              rows={pages.rows}
              rowId={(row) => String(row.seq)}
              onOpen={(row) => change({ change: String(row.seq) })}
              openId={search.change ?? null}
              isPending={pages.isPending}
              hasMore={pages.hasMore}
              isLoadingMore={pages.isLoadingMore}
              onLoadMore={pages.loadMore}
              empty={
                <EmptyState
                  sentence="Nothing in the record matches these filters."
                  action={
                    <Button variant="default" onClick={reset}>
                      Show everything
                    </Button>
                  }
                />
              }
            />
          </div>
          {open !== undefined && (
            <ChangePanel
              row={open}
              onClose={() => clear('change')}
              onShowRow={() => change({ row: open.rowId })}
              onShowCommand={() => change({ procedure: open.procedure })}
            />
          )}
        </div>
      )}
      <UndoDialog open={undoing} onClose={() => setUndoing(false)} />
      <ProofDialog open={proving} onClose={() => setProving(false)} />
    </Page>
  )
}
