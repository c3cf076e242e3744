import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { describeError } from '../../app/errors.ts'
import { useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ScheduleEditor } from './schedule-editor.tsx'
import { draftOf } from './schedule-values.ts'

/** One schedule: how it repeats, what it writes, what it made. */
export const SchedulePage = () => {
  const { id } = useParams({ from: '/recurring/$id' })
  const schedule = useApiQuery('recurringInvoices', 'get', { id }, { keepPrevious: false })
  const organization = useApiQuery('organizations', 'get', {})
  const rates = useApiQuery('taxRates', 'list', {})
  if (schedule.data !== undefined && organization.data !== undefined && rates.data !== undefined) {
    return (
      <ScheduleEditor
        key={id}
        start={draftOf(schedule.data)}
        schedule={schedule.data}
        organization={organization.data}
        rates={rates.data}
      />
    )
  }
  const error = schedule.error ?? organization.error ?? rates.error
  return (
    <Page
      title="Recurring invoice"
      actions={
        <Button variant="default" renderRoot={(props) => <Link to="/recurring" {...props} />}>
          All recurring invoices
        </Button>
      }
    >
      {error === null ? (
        <Skeleton lines={12} label="Loading the schedule" />
      ) : (
        <ErrorPanel {...describeError(error)} onRetry={() => void schedule.refetch()} />
      )}
    </Page>
  )
}
