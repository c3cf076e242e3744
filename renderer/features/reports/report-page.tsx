import { Link, useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import { MayOpen } from '../../app/may.tsx'
import { reportSections } from '../../app/report-sections.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

/** One report by its address. */
export const ReportPage = () => {
  const { report: id } = useParams({ from: '/reports/$report' })
  const section = reportSections.find((it) => it.id === id)
  if (section === undefined) {
    return (
      <Page title="Reports">
        <EmptyState sentence="There is no such report." action={<Link to="/reports">Go to reports</Link>} />
      </Page>
    )
  }
  return (
    <MayOpen call={section.reads} title={section.title}>
      <Suspense fallback={<Skeleton />}>
        <section.Content key={section.id} />
      </Suspense>
    </MayOpen>
  )
}
