import { Select } from '@mantine/core'
import { rolePurposes } from '../../../shared/people/permission-words.ts'
import type { Role } from '../../../shared/permissions.ts'
import { useApiQuery } from '../../app/queries.ts'

export type RoleChoice = { readonly role: Role; readonly roleId: string | null }

type Props = {
  readonly value: RoleChoice
  readonly onChange: (choice: RoleChoice) => void
  /** An owner may make owners. */
  readonly mayOwn: boolean
}

const keyOf = ({ role, roleId }: RoleChoice) => roleId ?? role

/** Chooses one of the roles of the business, with what it is for. */
export const RoleSelect = ({ value, onChange, mayOwn }: Props) => {
  const { data = [] } = useApiQuery('roles', 'list', {})
  const shown = data.filter(({ role, id }) => mayOwn || role !== 'owner' || id !== null)
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
