import { Page } from '../../ui/page.tsx'

/** New recurring invoice */
export const NewSchedulePage = () => <Page title="New recurring invoice">{null}</Page>
