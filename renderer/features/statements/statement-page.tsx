import { Button } from '@mantine/core'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { describeError } from '../../app/errors.ts'
import { useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ClientStatement } from './client-statement.tsx'

/** The statement of a client on a page of its own, its period in the address. */
export const StatementPage = () => {
  const { id } = useParams({ from: '/clients/$id/statement' })
  const search = useSearch({ from: '/clients/$id/statement' })
  const navigate = useNavigate()
  const client = useApiQuery('clients', 'get', { id }, { keepPrevious: false })
  const name = client.data?.name
  return (
    <Page
      title={name === undefined ? 'Statement' : `Statement of ${name}`}
      actions={
        <Button variant="default" renderRoot={(props) => <Link to="/clients/$id" params={{ id }} {...props} />}>
          Open the client
        </Button>
      }
    >
      {client.isError && <ErrorPanel {...describeError(client.error)} onRetry={() => void client.refetch()} />}
      {client.isPending && <Skeleton />}
      {name !== undefined && (
        <ClientStatement
          clientId={id}
          clientName={name}
          search={search}
          onSearch={(next) =>
            void navigate({ to: '/clients/$id/statement', params: { id }, search: next, replace: true })
          }
        />
      )}
    </Page>
  )
}
