import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { api } from '../../api.ts'
import { toAppError } from '../../app/errors.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { RoleRow } from './rows.ts'

type Props = { readonly role: RoleRow & { readonly id: string }; readonly onClose: () => void }

/** Another name for a role of one’s own; who has it keeps it. */
export const RenameRoleDialog = ({ role, onClose }: Props) => {
  const [name, setName] = useState(role.name)
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await api.roles.update({ id: role.id, version: role.version, name })
      showToast({ message: `The role is called ${name} now.` })
      onClose()
    } catch (thrown) {
      const error = toAppError(thrown)
      if (error.code !== 'CANCELLED') setProblem(error.message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={`Rename ${role.name}`} size="sm">
      <form onSubmit={(event) => void submit(event)} aria-label="Rename the role">
        <TextInput
          label="Name"
          maxLength={60}
          value={name}
          error={problem}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={name.trim() === '' || name.trim() === role.name}>
            Rename
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
