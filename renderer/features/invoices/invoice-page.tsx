import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { describeError } from '../../app/errors.ts'
import { useOrganizationId } from '../../app/organization.ts'
import { useApiQuery } from '../../app/queries.ts'
import { DraftEditor } from '../../documents/editor/draft-editor.tsx'
import { NewDocument } from '../../documents/editor/new-document.tsx'
import { useOpenDocument } from '../../documents/editor/open-document.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { invoiceKind } from './invoice-kind.tsx'
import { IssuedInvoice } from './issued/issued-invoice.tsx'

type Props = { readonly organizationId: string; readonly id: string }

const OneInvoice = ({ organizationId, id }: Props) => {
  const { state, reload } = useOpenDocument(invoiceKind, organizationId, id)
  const organization = useApiQuery('organizations', 'get', {})
  const rates = useApiQuery('taxRates', 'list', {})
  if (state.kind === 'failed') {
    return (
      <Page
        title="Invoice"
        actions={<Button renderRoot={(props) => <Link to="/invoices" {...props} />}>All invoices</Button>}
      >
        <ErrorPanel {...describeError(state.error)} onRetry={reload} />
      </Page>
    )
  }
  if (state.kind === 'issued') return <IssuedInvoice id={id} />
  const error = organization.error ?? rates.error
  if (error !== null) {
    return (
      <Page title="Invoice">
        <ErrorPanel {...describeError(error)} onRetry={() => void organization.refetch()} />
      </Page>
    )
  }
  if (state.kind === 'loading' || organization.data === undefined || rates.data === undefined) {
    return (
      <Page title="Invoice">
        <Skeleton lines={12} label="Loading the invoice" />
      </Page>
    )
  }
  return (
    <DraftEditor
      kind={invoiceKind}
      draft={state.draft}
      rounding={state.rounding}
      organization={organization.data}
      rates={rates.data}
      onChanged={reload}
    />
  )
}

/** An invoice: a draft to write on, or the issued document with what became of it. */
export const InvoicePage = () => {
  const { id } = useParams({ strict: false })
  const organizationId = useOrganizationId()
  if (organizationId === null) return null
  if (id === undefined) return <NewDocument kind={invoiceKind} organizationId={organizationId} />
  return <OneInvoice key={id} organizationId={organizationId} id={id} />
}
