import { Page } from '../../../ui/page.tsx'

/** Numbers and gaps */
export const NumberReportPage = () => <Page title="Numbers and gaps">{null}</Page>
