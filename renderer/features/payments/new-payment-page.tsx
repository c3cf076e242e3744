import { Page } from '../../ui/page.tsx'

export const NewPaymentPage = () => <Page title="New payment">{null}</Page>
