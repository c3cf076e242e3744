import { Select } from '@mantine/core'
import { rolePurposes } from '../../../shared/people/permission-words.ts'
import type { Role } from '../../../shared/permissions.ts'
import { useApiQuery } from '../../app/queries.ts'
import type { RoleRow } from './rows.ts'

export type RoleChoice = { readonly role: Role; readonly roleId: string | null }

type Props = {
  readonly value: RoleChoice
  readonly onChange: (choice: RoleChoice) => void
}

/** The role that somebody new begins with: staff, or the first that one may give. */
export const firstRole = (roles: readonly RoleRow[]): RoleChoice => {
  const given = roles.filter(({ mayGive }) => mayGive)
  const first = given.find(({ role, id }) => role === 'staff' && id === null) ?? given.at(-1)
  return { role: first?.role ?? 'staff', roleId: first?.id ?? null }
}

const keyOf = ({ role, roleId }: RoleChoice) => roleId ?? role

/** Chooses one of the roles that one may give, with what it is for; the one that somebody has stays among them. */
export const RoleSelect = ({ value, onChange }: Props) => {
  const { data = [] } = useApiQuery('roles', 'list', {})
  const shown = data.filter(({ role, id, mayGive }) => mayGive || keyOf({ role, roleId: id }) === keyOf(value))
  return (
    <Select
      label="Role"
      description={value.roleId === null ? rolePurposes[value.role] : 'A role of your own: see Settings, Roles.'}
      data={shown.map(({ id, role, name }) => ({ value: keyOf({ role, roleId: id }), label: name }))}
      value={keyOf(value)}
      onChange={(key) => {
        const found = shown.find(({ id, role }) => keyOf({ role, roleId: id }) === key)
        if (found !== undefined) onChange({ role: found.role, roleId: found.id })
      }}
      allowDeselect={false}
    />
  )
}
