import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { describeError } from '../../app/errors.ts'
import { May, MayCall } from '../../app/may.tsx'
import { useMayCall, useMe } from '../../app/me.ts'
import { useOrganization, useToday } from '../../app/organization.ts'
import { useApiQuery } from '../../app/queries.ts'
import { RecurringWaiting } from '../../app/recurring-waiting.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AttentionPanel } from './attention-panel.tsx'
import { FirstStep } from './first-step.tsx'
import classes from './home.module.css'
import { HomeFigures } from './home-figures.tsx'
import { MonthsChart } from './months-chart.tsx'
import { RecentActivity } from './recent-activity.tsx'
import { SetupChecklist } from './setup-checklist.tsx'

/** Where the business stands today; for whoever sees no invoices, where their work is. */
export const HomePage = () => {
  const me = useMe()
  const maySee = useMayCall()(['home.summary', 'invoices.stats'])
  if (me === undefined || maySee) return <Standing />
  return (
    <Page title="Home">
      <EmptyState sentence="What is part of your role is on the left." />
    </Page>
  )
}

const Standing = () => {
  const formats = useFormats()
  const today = useToday()
  const organization = useOrganization()
  const summary = useApiQuery('home', 'summary', {})
  const stats = useApiQuery('invoices', 'stats', {})
  if (summary.isError) {
    return (
      <Page title="Home">
        <ErrorPanel {...describeError(summary.error)} onRetry={() => void summary.refetch()} />
      </Page>
    )
  }
  if (summary.data === undefined || stats.isPending) {
    return (
      <Page title="Home">
        <Skeleton />
      </Page>
    )
  }
  const isNew = stats.data?.counts.all === 0
  const subtitle = [organization?.name, today === '' ? null : formats.date(today)].filter(Boolean).join(' · ')
  if (isNew) {
    return (
      <Page title="Home" subtitle={subtitle}>
        <RecurringWaiting />
        <div className={classes['start']}>
          <FirstStep />
          <May do="organizations.manage">
            <SetupChecklist steps={summary.data.checklist} />
          </May>
        </div>
      </Page>
    )
  }
  return (
    <Page
      title="Home"
      subtitle={subtitle}
      actions={
        <>
          <May do="payments.write">
            <Button variant="default" renderRoot={(props) => <Link to="/payments/new" {...props} />}>
              Record payment
            </Button>
          </May>
          <May do="invoices.write">
            <Button renderRoot={(props) => <Link to="/invoices/new" {...props} />}>New invoice</Button>
          </May>
        </>
      }
    >
      <RecurringWaiting />
      <HomeFigures summary={summary.data} />
      <div className={classes['columns']}>
        <div className={classes['main']}>
          <MonthsChart months={summary.data.months} currency={summary.data.currency} />
          <AttentionPanel attention={summary.data.attention} />
        </div>
        <div className={classes['side']}>
          <May do="organizations.manage">
            <SetupChecklist steps={summary.data.checklist} />
          </May>
          <MayCall call="activity.list">
            <RecentActivity />
          </MayCall>
        </div>
      </div>
    </Page>
  )
}
