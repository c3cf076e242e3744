import { Page } from '../../ui/page.tsx'

export const InvoiceListPage = () => <Page title="Invoices">{null}</Page>
