import { Select } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMe } from '../../app/me.ts'
import { showToast } from '../../ui/toast.tsx'
import { RoleNameDialog } from './role-name-dialog.tsx'
import type { RoleRow } from './rows.ts'

type Props = { readonly roles: readonly RoleRow[]; readonly onClose: () => void }

/** Makes a role of one’s own, as a copy of another to begin with. */
export const NewRoleDialog = ({ roles, onClose }: Props) => {
  const me = useMe()
  const [like, setLike] = useState('Staff')
  const make = async (name: string) => {
    const model = roles.find((role) => role.name === like)
    const permissions = (model?.permissions ?? []).filter((it) => me?.permissions.includes(it))
    await api.roles.create({ name, permissions })
    showToast({ message: `Role ${name} made. Tick what it may do, then give it to people.` })
  }
  return (
    <RoleNameDialog title="New role" before="" verb="Make role" act={make} onClose={onClose}>
      <Select
        mt="md"
        label="Begins as a copy of"
        data={roles.filter(({ role, id }) => id !== null || role !== 'owner').map((role) => role.name)}
        value={like}
        onChange={(value) => setLike(value ?? 'Staff')}
        allowDeselect={false}
      />
    </RoleNameDialog>
  )
}
