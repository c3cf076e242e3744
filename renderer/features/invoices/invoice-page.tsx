import { Page } from '../../ui/page.tsx'

export const InvoicePage = () => <Page title="Invoice">{null}</Page>
