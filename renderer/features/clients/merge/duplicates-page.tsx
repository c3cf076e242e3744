import { Page } from '../../../ui/page.tsx'

/** Duplicates */
export const DuplicatesPage = () => <Page title="Duplicates">{null}</Page>
