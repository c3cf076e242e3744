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
import type { SavedClient } from './client-values.ts'

/** All that happened around a client, newest first. */
export const ClientTimeline = ({ client }: { readonly client: SavedClient }) => {
  const formats = useFormats()
  const pages = useApiPages('activity', 'list', { clientId: client.id, limit: 50 })
  if (pages.error !== null) return <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />
  if (pages.isPending) return <Skeleton label="Loading the timeline" />
  return (
    <Panel>
      <Timeline
        label={`What happened around ${client.name}`}
        entries={activityEntries(pages.rows, formats, { except: client.id })}
      />
      {pages.hasMore && (
        <Button variant="default" onClick={pages.loadMore} loading={pages.isLoadingMore}>
          Show earlier
        </Button>
      )}
      <ChangesButton of={{ table: 'clients', id: client.id }} name={client.name} compact />
    </Panel>
  )
}
