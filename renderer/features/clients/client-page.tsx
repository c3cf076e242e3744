import { Page } from '../../ui/page.tsx'

export const ClientPage = () => <Page title="Client">{null}</Page>
