import type { Action } from './actions.ts'
import { currentRouter } from './current-router.ts'
import { reportSections } from './report-sections.ts'

/** Every report as an action of the palette. */
export const reportActions: readonly Action[] = reportSections.map(({ id, title, about, keywords, reads }) => ({
  id: `report.${id}`,
  title: id === 'export' ? 'Export for a spreadsheet or the accountant' : `${title} report`,
  group: 'Go to',
  calls: reads,
  keywords: `${keywords} ${about}`,
  run: () => currentRouter().navigate({ to: '/reports/$report', params: { report: id } }),
}))
