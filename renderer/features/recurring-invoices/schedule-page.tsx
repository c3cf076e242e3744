import { Page } from '../../ui/page.tsx'

/** Recurring invoice */
export const SchedulePage = () => <Page title="Recurring invoice">{null}</Page>
