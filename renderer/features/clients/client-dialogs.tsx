import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useApiQuery, useCommand } from '../../app/queries.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useGuardedSave } from '../../ui/guarded-save.tsx'
import { showToast } from '../../ui/toast.tsx'
import { type CheckedClient, ClientForm } from './client-form.tsx'
import { blankClient, comparedFields, type SavedClient, toValues } from './client-values.ts'

type NewProps = { readonly open: boolean; readonly onClose: () => void; readonly name?: string }

/** Makes a client and goes to its page. */
export const NewClientDialog = ({ open, onClose, name = '' }: NewProps) => {
  const create = useCommand('clients', 'create')
  const navigate = useNavigate()
  const organization = useApiQuery('organizations', 'get', {}).data
  const save = async (values: CheckedClient) => {
    const made = await create.mutateAsync(values)
    onClose()
    showToast({
      message: `${values.name} added.`,
      undo: async () => {
        await api.clients.delete(made)
        await navigate({ to: '/clients' })
      },
    })
    await navigate({ to: '/clients/$id', params: { id: made.id } })
  }
  return (
    <Dialog open={open} onClose={onClose} title="New client" size="lg">
      {organization !== undefined && (
        <ClientForm
          start={blankClient({ name, country: organization.country })}
          verb="Add client"
          isNew
          onSave={save}
          onCancel={onClose}
        />
      )}
    </Dialog>
  )
}

type EditProps = { readonly client: SavedClient; readonly onClose: () => void }

/** Changes a client; what somebody else saved meanwhile is compared, never overwritten. */
export const EditClientDialog = ({ client: current, onClose }: EditProps) => {
  // The state that editing began with: a later one that arrives meanwhile must not pass for it.
  const [client] = useState(current)
  const update = useCommand('clients', 'update')
  const guarded = useGuardedSave<CheckedClient>({
    what: client.name,
    fields: comparedFields,
    before: toValues(client),
    latest: async () => {
      const latest = await api.clients.get({ id: client.id })
      return { ...toValues(latest), version: latest.version }
    },
    save: (values, version) => update.mutateAsync({ id: client.id, version, ...values }),
    onSaved: () => {
      onClose()
      showToast({ message: 'Client saved.' })
    },
  })
  return (
    <>
      <Dialog open onClose={onClose} title={`Edit ${client.name}`} size="lg">
        <ClientForm
          start={toValues(client)}
          verb="Save client"
          isNew={false}
          onSave={(values) => guarded.save(values, client.version)}
          onCancel={onClose}
        />
      </Dialog>
      {guarded.dialog}
    </>
  )
}
