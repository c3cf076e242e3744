import { Button, SegmentedControl } from '@mantine/core'
import { useWatch } from 'react-hook-form'
import { noteKinds } from '../../../shared/contract/clients.ts'
import { contract, type Input } from '../../../shared/contract/index.ts'
import { addDays } from '../../../shared/dates.ts'
import { MayCall } from '../../app/may.tsx'
import { useToday } from '../../app/organization.ts'
import { useCommand } from '../../app/queries.ts'
import { DateField } from '../../ui/date-field.tsx'
import { Field, Form, useSchemaForm } from '../../ui/form.tsx'
import { Panel } from '../../ui/panel.tsx'
import { LongTextField } from '../../ui/text-field.tsx'
import classes from './client-page.module.css'
import type { SavedClient } from './client-values.ts'
import { NoteList, noteLooks } from './note-list.tsx'

const noteSchema = contract.clientNotes.create.input

const kinds = noteKinds.map((value) => ({ value, label: noteLooks[value].label }))

const usualDays = 7

/** Writes a note; a follow-up also asks when. */
const NewNote = ({ clientId }: { readonly clientId: string }) => {
  const today = useToday()
  const create = useCommand('clientNotes', 'create')
  const blank = { clientId, kind: 'general', content: '', followUpOn: null } as const
  const form = useSchemaForm(noteSchema, blank)
  const kind = useWatch({ control: form.control, name: 'kind' })
  const save = async (values: Input<typeof contract.clientNotes.create>) => {
    await create.mutateAsync(values)
    form.reset(blank)
  }
  return (
    <Form<typeof noteSchema> form={form} onSubmit={save} label="New note">
      <Field control={form.control} name="kind">
        {({ onChange, value, ref, name }) => (
          <SegmentedControl
            ref={ref}
            name={name}
            value={value ?? 'general'}
            data={kinds}
            aria-label="Kind of note"
            onChange={(next) => {
              onChange(next)
              form.setValue('followUpOn', next === 'follow-up' ? addDays(today, usualDays) : null)
            }}
          />
        )}
      </Field>
      <Field control={form.control} name="content">
        {(bound) => (
          <LongTextField
            {...bound}
            label="Note"
            placeholder="What was said, agreed or promised"
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit()
            }}
          />
        )}
      </Field>
      {kind === 'follow-up' && (
        <Field control={form.control} name="followUpOn">
          {(bound) => <DateField {...bound} label="Follow up on" today={today} required />}
        </Field>
      )}
      <Button type="submit" variant="default" loading={form.formState.isSubmitting} className={classes['submit'] ?? ''}>
        Add note
      </Button>
    </Form>
  )
}

/** What was said and what is to be done about a client. */
export const ClientNotes = ({ client }: { readonly client: SavedClient }) => (
  <div className={classes['overview']}>
    <div className={classes['main']}>
      <Panel title="Notes">
        <NoteList
          notes={client.notes}
          clientId={client.id}
          empty="Keep what was said here: it is seen by you alone, never printed."
        />
      </Panel>
    </div>
    <div className={classes['side']}>
      <MayCall call="clientNotes.create">
        <Panel title="New note">
          <NewNote clientId={client.id} />
        </Panel>
      </MayCall>
    </div>
  </div>
)
