import { Button } from '@mantine/core'
import { useState } from 'react'
import { contract } from '../../../shared/contract/index.ts'
import { api } from '../../api.ts'
import { BranchLimitField, useNewLimit } from '../../app/branch-limit.tsx'
import { useMe } from '../../app/me.ts'
import { useApiQuery } from '../../app/queries.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { Field, FieldRow, Form, useSchemaForm } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { type HandedOver, HandOverChoice, type HandOverWay, mailCode, noMailReason } from './hand-over.tsx'
import { firstRole, type RoleChoice, RoleSelect } from './role-select.tsx'

const schema = contract.users.invite.input.pick({ name: true, email: true })

type Props = { readonly onClose: () => void; readonly onHanded: (handed: HandedOver) => void }

/** Adds a person: name, address, role; a code to hand over comes next. */
export const InviteDialog = ({ onClose, onHanded }: Props) => {
  const me = useMe()
  const form = useSchemaForm(schema, { name: '', email: null })
  const roles = useApiQuery('roles', 'list', {}).data
  const [chosenRole, setRole] = useState<RoleChoice | null>(null)
  const choice = chosenRole ?? firstRole(roles ?? [])
  const branches = useNewLimit()
  const [chosen, setWay] = useState<HandOverWay | null>(null)
  const email = form.watch('email') ?? null
  const mayMail = noMailReason(me, email) === null
  // Mail wherever it is possible: no paper, no screen that others look at.
  const way = chosen === null || (chosen === 'mail' && !mayMail) ? (mayMail ? 'mail' : 'qr') : chosen
  return (
    <Dialog open onClose={onClose} title="Add a person" size="lg">
      <Form<typeof schema>
        form={form}
        label="New person"
        onSubmit={async (values) => {
          const { name } = values
          const handsCode = way !== 'mail'
          const limits = choice.role === 'owner' ? [] : [...branches.branchIds]
          const invited = { ...values, ...choice, branchIds: limits, handsCode }
          const { id, token, expiresAt, needsCode } = await api.users.invite(invited)
          onClose()
          if (needsCode && !handsCode) onHanded(await mailCode({ id, name }))
          else if (token === null || expiresAt === null) onHanded({ id, name, way, result: { kind: 'none' } })
          else onHanded({ id, name, way, result: { kind: 'made', token, expiresAt } })
        }}
      >
        <FieldRow>
          <Field control={form.control} name="name">
            {(bound) => (
              <TextField
                {...bound}
                label="Name"
                withAsterisk
                required
                maxLength={100}
                data-autofocus
                autoComplete="off"
              />
            )}
          </Field>
          <Field control={form.control} name="email">
            {(bound) => <TextField {...bound} label="E-mail" maxLength={254} autoComplete="off" />}
          </Field>
        </FieldRow>
        <RoleSelect value={choice} onChange={setRole} />
        <BranchLimitField limit={branches} isOwner={choice.role === 'owner'} />
        <HandOverChoice value={way} onChange={setWay} me={me} email={email} />
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={form.formState.isSubmitting}
            disabled={roles === undefined || branches.isMissing}
          >
            {way === 'mail' ? 'Add and send' : 'Add person'}
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  )
}
