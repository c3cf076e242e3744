import { api } from '../../api.ts'
import { showToast } from '../../ui/toast.tsx'
import { RoleNameDialog } from './role-name-dialog.tsx'
import type { RoleRow } from './rows.ts'

type Props = { readonly role: RoleRow & { readonly id: string }; readonly onClose: () => void }

/** Another name for a role of one’s own; who has it keeps it. */
export const RenameRoleDialog = ({ role, onClose }: Props) => (
  <RoleNameDialog
    title={`Rename ${role.name}`}
    before={role.name}
    verb="Rename"
    act={async (name) => {
      await api.roles.update({ id: role.id, version: role.version, name })
      showToast({ message: `The role is called ${name} now.` })
    }}
    onClose={onClose}
  />
)
