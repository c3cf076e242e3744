import { lazy, Suspense, useEffect } from 'react'
import { showField } from '../ui/show-field.ts'
import { showToast } from '../ui/toast.tsx'
import { useMayCall } from './me.ts'
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
  const mayEdit = useMayCall()('clients.update')
  const isThere = client !== undefined && mayEdit
  useEffect(() => {
    if (isThere) showField(field, '[role="dialog"]')
  }, [isThere, field])
  useEffect(() => {
    if (client === undefined || mayEdit) return
    showToast({ message: `Ask somebody whose role includes changing clients: ${client.name}.`, tone: 'problem' })
    onClose()
  }, [client, mayEdit, onClose])
  return client === undefined || !mayEdit ? null : (
    <Suspense fallback={null}>
      <EditClientDialog client={client} onClose={onClose} />
    </Suspense>
  )
}
