import { ActionIcon, Button } from '@mantine/core'
import { IconPencil, IconPlus, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './client-page.module.css'
import type { SavedClient } from './client-values.ts'
import { ContactDialog } from './contact-dialog.tsx'

type Contact = SavedClient['contacts'][number]

const tell = (thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' })

const remove = async ({ id, version, ...contact }: Contact, clientId: string) => {
  try {
    await api.clientContacts.delete({ id, version })
    showToast({
      message: `${contact.name} removed.`,
      undo: () => api.clientContacts.create({ clientId, ...contact }),
    })
  } catch (thrown) {
    tell(thrown)
  }
}

const makePrimary = async (contact: Contact) => {
  try {
    await api.clientContacts.update({ id: contact.id, version: contact.version, isPrimary: true })
    showToast({ message: `${contact.name} is the primary contact.` })
  } catch (thrown) {
    tell(thrown)
  }
}

type RowProps = { readonly contact: Contact; readonly clientId: string; readonly onEdit: () => void }

const ContactRow = ({ contact, clientId, onEdit }: RowProps) => (
  <tr>
    <th scope="row">
      <span className={classes['person']}>
        {contact.name}
        {contact.isPrimary && (
          <StatusChip tone="accent" icon={IconStarFilled}>
            Primary
          </StatusChip>
        )}
      </span>
    </th>
    <td>{contact.role}</td>
    <td>{contact.email !== null && <a href={`mailto:${contact.email}`}>{contact.email}</a>}</td>
    <td>{contact.phone}</td>
    <td data-align="end">
      <span className={classes['row-acts']}>
        {!contact.isPrimary && (
          <MayCall call="clientContacts.update">
            <ActionIcon aria-label={`Make ${contact.name} primary`} onClick={() => void makePrimary(contact)}>
              <IconStar size={15} />
            </ActionIcon>
          </MayCall>
        )}
        <MayCall call="clientContacts.update">
          <ActionIcon aria-label={`Edit ${contact.name}`} onClick={onEdit}>
            <IconPencil size={15} />
          </ActionIcon>
        </MayCall>
        <MayCall call="clientContacts.delete">
          <ActionIcon aria-label={`Remove ${contact.name}`} onClick={() => void remove(contact, clientId)}>
            <IconTrash size={15} />
          </ActionIcon>
        </MayCall>
      </span>
    </td>
  </tr>
)

/** The people at a client; messages go to the primary one. */
export const ClientContacts = ({ client }: { readonly client: SavedClient }) => {
  const [editing, setEditing] = useState<Contact | 'new' | null>(null)
  const add = (
    <MayCall call="clientContacts.create">
      <Button
        variant="default"
        leftSection={<IconPlus size={15} aria-hidden="true" />}
        onClick={() => setEditing('new')}
      >
        Add contact
      </Button>
    </MayCall>
  )
  return (
    <>
      {client.contacts.length === 0 ? (
        <EmptyState sentence="Name the people you deal with: messages go to the primary contact." action={add} />
      ) : (
        <Panel title="Contacts" actions={add}>
          <div className={classes['scroll']}>
            <table className={classes['table']}>
              <caption className="visually-hidden">Contacts of {client.name}</caption>
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Role</th>
                  <th scope="col">E-mail</th>
                  <th scope="col">Phone</th>
                  <th scope="col" data-align="end">
                    <span className="visually-hidden">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {client.contacts.map((contact) => (
                  <ContactRow
                    key={contact.id}
                    contact={contact}
                    clientId={client.id}
                    onEdit={() => setEditing(contact)}
                  />
                ))}
              </tbody>
            </table>
          </div>
        </Panel>
      )}
      {editing !== null && (
        <ContactDialog
          clientId={client.id}
          contact={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  )
}
