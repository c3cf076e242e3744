import { Button } from '@mantine/core'
import { activityEntries } from '../../app/activity-entries.tsx'
import { describeError } from '../../app/errors.ts'
import { useApiPages } from '../../app/queries.ts'
import { ChangesButton } from '../../app/record/changes-button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Timeline } from '../../ui/timeline.tsx'

type Props = {
  readonly documentId: string
  /** Where its changes are recorded. */
  readonly table: string
  /** What it is called where its changes are shown. */
  readonly name: string
}

/** What happened to the document: by whom, when, on which device; every changed value one step further. */
export const HistoryPanel = ({ documentId, table, name }: Props) => {
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
      <ChangesButton of={{ table, id: documentId }} name={name} compact />
      {pages.hasMore && (
        <Button variant="subtle" size="compact-sm" loading={pages.isLoadingMore} onClick={pages.loadMore}>
          Show earlier
        </Button>
      )}
    </Panel>
  )
}
