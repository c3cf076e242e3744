import { Button, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { api } from '../../api.ts'
import { toAppError } from '../../app/errors.ts'
import { useMe } from '../../app/me.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { RoleRow } from './rows.ts'

type Props = { readonly roles: readonly RoleRow[]; readonly onClose: () => void }

/** Makes a role of one’s own, as a copy of another to begin with. */
export const NewRoleDialog = ({ roles, onClose }: Props) => {
  const me = useMe()
  const [name, setName] = useState('')
  const [like, setLike] = useState('Staff')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const model = roles.find((role) => role.name === like)
      const permissions = (model?.permissions ?? []).filter((it) => me?.permissions.includes(it))
      await api.roles.create({ name, permissions })
      showToast({ message: `Role ${name} made. Tick what it may do, then give it to people.` })
      onClose()
    } catch (thrown) {
      const error = toAppError(thrown)
      if (error.code !== 'CANCELLED') setProblem(error.message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title="New role" size="sm">
      <form onSubmit={(event) => void submit(event)} aria-label="New role">
        <TextInput
          label="Name"
          maxLength={60}
          value={name}
          error={problem}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
        <Select
          mt="md"
          label="Begins as a copy of"
          data={roles.filter(({ role, id }) => id !== null || role !== 'owner').map((role) => role.name)}
          value={like}
          onChange={(value) => setLike(value ?? 'Staff')}
          allowDeselect={false}
        />
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={name.trim() === ''}>
            Make role
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
