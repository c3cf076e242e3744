import { Button } from '@mantine/core'
import { useState } from 'react'
import { contract } from '../../../shared/contract/index.ts'
import { api } from '../../api.ts'
import { BranchLimitField, useBranchLimit } from '../../app/branch-limit.tsx'
import { PersonFace } from '../../app/person-face.tsx'
import { useApiQuery } from '../../app/queries.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { Field, FieldRow, Form, FormSection, useSchemaForm } from '../../ui/form.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { HandedOver } from './hand-over.tsx'
import classes from './people.module.css'
import { type RoleChoice, RoleSelect } from './role-select.tsx'
import type { Person } from './rows.ts'
import { SessionTable } from './sessions.tsx'
import { attempt } from './tell.ts'

const schema = contract.users.update.input.pick({ name: true, email: true })

type Props = {
  readonly person: Person
  readonly onClose: () => void
  readonly onHanded: (handed: HandedOver) => void
  /** Another code is asked for: how it gets to them is a question of its own. */
  readonly onCode: () => void
}

const sure = (title: string, body: string, verb: string) => confirmAct({ title, body, verb, danger: true })

const Access = ({ person, onClose, onHanded, onCode }: Props) => {
  const { id, name } = person
  const letIn = () =>
    attempt(async () => {
      const { token, expiresAt } = await api.users.activate({ id })
      onClose()
      if (token !== null && expiresAt !== null) {
        onHanded({ id, name, way: 'qr', result: { kind: 'made', token, expiresAt } })
      }
    })
  const act = async (question: Promise<boolean>, work: () => Promise<unknown>, message: string) => {
    if (!(await question) || !(await attempt(work))) return
    showToast({ message })
    onClose()
  }
  const keepOut = () =>
    act(
      sure(
        `Keep ${name} out?`,
        'Every session ends at once. What they did stays theirs; you can let them in again.',
        `Keep ${name} out`,
      ),
      () => api.users.deactivate({ id }),
      `${name} is kept out.`,
    )
  const remove = () =>
    act(
      sure(
        `Take ${name} out of this business?`,
        'They lose their role here at once. What they did stays theirs.',
        `Remove ${name}`,
      ),
      () => api.users.remove({ id }),
      `${name} is no longer of this business.`,
    )
  const turnOff = () =>
    act(
      sure(
        `Turn the one-time codes of ${name} off?`,
        'For somebody who lost the phone and the recovery codes. Make sure that it is them who asks.',
        'Turn codes off',
      ),
      () => api.users.turnOffSecondFactor({ id }),
      `${name} is asked for no code any more.`,
    )
  return (
    <div className={classes['buttons']}>
      {person.status === 'inactive' ? (
        <Button variant="default" onClick={() => void letIn()}>
          Let in again
        </Button>
      ) : (
        <>
          <Button variant="default" onClick={() => onCode()}>
            {person.hasPassword ? 'New password by code' : 'New code'}
          </Button>
          <Button variant="default" onClick={() => void keepOut()}>
            Keep out
          </Button>
        </>
      )}
      {person.hasSecondFactor && (
        <Button variant="default" onClick={() => void turnOff()}>
          Turn codes off
        </Button>
      )}
      <Button variant="subtle" color="red" onClick={() => void remove()}>
        Remove
      </Button>
    </div>
  )
}

const PersonSessions = ({ person }: { readonly person: Person }) => {
  const { data = [] } = useApiQuery('sessions', 'ofPerson', { id: person.id })
  const end = async () => {
    if (await attempt(() => api.sessions.revokeOfPerson({ id: person.id }))) showToast({ message: 'Sessions ended.' })
  }
  if (data.length === 0) return <p className={classes['quiet']}>Not signed in anywhere.</p>
  return (
    <>
      <SessionTable rows={data} />
      <div className={classes['buttons']}>
        <Button variant="default" size="compact-sm" onClick={() => void end()}>
          End all sessions
        </Button>
      </div>
    </>
  )
}

/** One person: name, address, role, ways in, sessions. */
export const PersonDialog = (props: Props) => {
  const { person, onClose } = props
  const formats = useFormats()
  const form = useSchemaForm(schema, { name: person.name, email: person.email })
  const [choice, setChoice] = useState<RoleChoice>({ role: person.role, roleId: person.roleId })
  const branches = useBranchLimit(person.id)
  const isOtherRole = choice.role !== person.role || choice.roleId !== person.roleId
  return (
    <Dialog open onClose={onClose} title={person.name} size="xl">
      <Form<typeof schema>
        form={form}
        label={`Change ${person.name}`}
        onSubmit={async (values) => {
          const { id, version, membershipVersion } = person
          if (form.formState.isDirty) await api.users.update({ id, version, ...values })
          const role = isOtherRole ? await api.users.setRole({ id, version: membershipVersion, ...choice }) : null
          await branches.save(role?.version ?? membershipVersion)
          showToast({ message: `${values.name} saved.` })
          onClose()
        }}
      >
        <div className={classes['somebody']}>
          <PersonFace person={person} size={48} />
          <span className={classes['quiet']}>
            <span>{person.hasSecondFactor ? 'Signs in with one-time codes.' : 'Signs in without one-time codes.'}</span>
            <span>
              {person.lastLoginAt === null
                ? 'Has not signed in yet.'
                : `Last signed in ${formats.instant(person.lastLoginAt)}.`}
            </span>
          </span>
        </div>
        <FieldRow>
          <Field control={form.control} name="name">
            {(bound) => <TextField {...bound} label="Name" maxLength={100} autoComplete="off" data-autofocus />}
          </Field>
          <Field control={form.control} name="email">
            {(bound) => <TextField {...bound} label="E-mail" maxLength={254} autoComplete="off" />}
          </Field>
        </FieldRow>
        <RoleSelect value={choice} onChange={setChoice} />
        <BranchLimitField limit={branches} isOwner={choice.role === 'owner'} />
        <div className={classes['parts']} data-below>
          <FormSection title="Ways in">
            <Access {...props} />
          </FormSection>
          <FormSection title="Sessions">
            <PersonSessions person={person} />
          </FormSection>
        </div>
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={form.formState.isSubmitting}
            disabled={!form.formState.isDirty && !isOtherRole && !branches.isChanged}
          >
            Save
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  )
}
