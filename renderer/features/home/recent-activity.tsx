import { activityEntries } from '../../app/activity-entries.tsx'
import { useApiQuery } from '../../app/queries.ts'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Timeline } from '../../ui/timeline.tsx'

const shown = 10

/** The last things that happened in the business. */
export const RecentActivity = () => {
  const formats = useFormats()
  const activity = useApiQuery('activity', 'list', { limit: shown })
  return (
    <Panel title="Recent activity">
      <Timeline label="Recent activity" entries={activityEntries(activity.data?.rows ?? [], formats)} />
    </Panel>
  )
}
