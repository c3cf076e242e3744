import { Page } from '../../ui/page.tsx'

export const ItemListPage = () => <Page title="Items">{null}</Page>
