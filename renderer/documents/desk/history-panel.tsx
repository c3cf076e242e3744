import { Button } from '@mantine/core'
import { activityEntries } from '../../app/activity-entries.tsx'
import { describeError } from '../../app/errors.ts'
import { useApiPages } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Timeline } from '../../ui/timeline.tsx'

/** What happened to the document: by whom, when, on which device. */
export const HistoryPanel = ({ documentId }: { readonly documentId: string }) => {
  const formats = useFormats()
  const pages = useApiPages('activity', 'list', { entityId: documentId, limit: 30 })
  return (
    <Panel title="Timeline">
      {pages.error !== null && <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />}
      {pages.isPending && <Skeleton lines={3} label="Loading the timeline" />}
      {!pages.isPending && pages.error === null && (
        <Timeline
          label="Timeline"
          entries={activityEntries(pages.rows, formats, { except: documentId })}
          empty="It begins with the first words you write."
        />
      )}
      {pages.hasMore && (
        <Button variant="subtle" size="compact-sm" loading={pages.isLoadingMore} onClick={pages.loadMore}>
          Show earlier
        </Button>
      )}
    </Panel>
  )
}
