import { Page } from '../../ui/page.tsx'

export const PaymentListPage = () => <Page title="Payments">{null}</Page>
