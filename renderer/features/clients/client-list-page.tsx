import { Page } from '../../ui/page.tsx'

export const ClientListPage = () => <Page title="Clients">{null}</Page>
