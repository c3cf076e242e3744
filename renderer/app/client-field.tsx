import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { z } from 'zod'
import { contract } from '../../shared/contract/index.ts'
import { api } from '../api.ts'
import { Dialog, DialogFooter } from '../ui/dialog.tsx'
import { type Choice, EntityCombobox } from '../ui/entity-combobox.tsx'
import { Field, Form, useSchemaForm } from '../ui/form.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useMayCall } from './me.ts'
import { useCommand } from './queries.ts'

const { name, email } = contract.clients.create.input.shape
const quickSchema = z.object({ name, email })

type QuickProps = {
  readonly name: string
  readonly onMade: (client: Choice) => void
  readonly onCancel: () => void
}

const QuickClient = ({ name: typed, onMade, onCancel }: QuickProps) => {
  const form = useSchemaForm(quickSchema, { name: typed, email: '' })
  const create = useCommand('clients', 'create')
  return (
    <Form
      form={form}
      label="New client"
      onSubmit={async (values) => {
        const { id } = await create.mutateAsync(values)
        onMade({ id, label: values.name })
      }}
    >
      <Field control={form.control} name="name">
        {(bound) => <TextField label="Name" withAsterisk {...bound} />}
      </Field>
      <Field control={form.control} name="email">
        {(bound) => (
          <TextField label="E-mail" type="email" description="Where invoices go." data-autofocus {...bound} />
        )}
      </Field>
      <DialogFooter>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={create.isPending}>
          Create client
        </Button>
      </DialogFooter>
    </Form>
  )
}

const searchClients = async (text: string, signal: AbortSignal): Promise<readonly Choice[]> => {
  const page = await api.clients.list({ search: text.trim(), limit: 8 }, { signal })
  return page.rows.map((row) => {
    const hint = row.city ?? row.email
    return { id: row.id, label: row.name, ...(hint === null ? {} : { hint }) }
  })
}

type Props = {
  readonly value: Choice | null
  readonly onChange: (client: Choice | null) => void
  readonly label?: ReactNode
  readonly 'aria-label'?: string
  readonly placeholder?: string
  readonly error?: ReactNode
  readonly required?: boolean
  readonly autoFocus?: boolean
  readonly disabled?: boolean
}

/** Choose a client by typing, or make one of name and e-mail without leaving the page. */
export const ClientField = ({ value, onChange, ...field }: Props) => {
  const [making, setMaking] = useState<string | null>(null)
  const mayMake = useMayCall()('clients.create')
  return (
    <>
      <EntityCombobox
        {...field}
        noun="client"
        value={value}
        onChange={onChange}
        search={searchClients}
        {...(mayMake ? { onCreate: setMaking } : {})}
      />
      <Dialog open={making !== null} onClose={() => setMaking(null)} title="New client" size="sm">
        {making !== null && (
          <QuickClient
            name={making}
            onCancel={() => setMaking(null)}
            onMade={(client) => {
              setMaking(null)
              onChange(client)
            }}
          />
        )}
      </Dialog>
    </>
  )
}
