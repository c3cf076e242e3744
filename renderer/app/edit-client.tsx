import { lazy, Suspense, useEffect } from 'react'
import { showField } from '../ui/show-field.ts'
import { useApiQuery } from './queries.ts'

const EditClientDialog = lazy(async () => ({
  default: (await import('../features/clients/client-dialogs.tsx')).EditClientDialog,
}))

type Props = {
  readonly clientId: string
  /** Label of the field that gets the focus. */
  readonly field: string
  readonly onClose: () => void
}

/** Edits a client where it is needed: where the screen of a document meets that of clients, which do not know each other. */
export const EditClient = ({ clientId, field, onClose }: Props) => {
  const client = useApiQuery('clients', 'get', { id: clientId }).data
  const isThere = client !== undefined
  useEffect(() => {
    if (isThere) showField(field, '[role="dialog"]')
  }, [isThere, field])
  return client === undefined ? null : (
    <Suspense fallback={null}>
      <EditClientDialog client={client} onClose={onClose} />
    </Suspense>
  )
}
