import { Link } from '@tanstack/react-router'
import { MayCall } from '../../app/may.tsx'
import { useApiQuery } from '../../app/queries.ts'
import { reportSearch } from '../../app/report-search.ts'
import { reportSections } from '../../app/report-sections.ts'
import { Page } from '../../ui/page.tsx'
import classes from './reports-page.module.css'

const SavedReports = () => {
  const views = useApiQuery('savedViews', 'list', { list: 'reports' })
  const saved = (views.data ?? []).flatMap((view) => {
    const { report, ...definition } = view.definition
    const section = reportSections.find((it) => it.id === report)
    return section === undefined ? [] : [{ ...view, section, search: reportSearch(definition) }]
  })
  if (saved.length === 0) return null
  return (
    <section aria-label="Saved reports">
      <h2 className={classes['title']}>Saved</h2>
      <ul className={classes['saved']}>
        {saved.map(({ id, name, section, search }) => (
          <li key={id}>
            <Link to="/reports/$report" params={{ report: section.id }} search={search}>
              {name}
            </Link>
            <span>{section.title}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Every report with what it answers, and those that were saved. */
export const ReportsPage = () => (
  <Page title="Reports" subtitle="The numbers behind the business, each down to its documents.">
    <div className={classes['page']}>
      <ul className={classes['list']}>
        {reportSections.map(({ id, title, about, icon: Sign, reads }) => (
          <MayCall key={id} call={reads}>
            <li>
              <Link to="/reports/$report" params={{ report: id }} search={{}} className={classes['entry']}>
                <Sign size={20} stroke={1.6} aria-hidden="true" />
                <span>
                  <strong>{title}</strong>
                  <span className={classes['about']}>{about}</span>
                </span>
              </Link>
            </li>
          </MayCall>
        ))}
      </ul>
      <SavedReports />
    </div>
  </Page>
)
