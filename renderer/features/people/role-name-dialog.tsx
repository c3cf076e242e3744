import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { useFieldSubmit } from '../../ui/field-submit.ts'

type Props = {
  readonly title: string
  /** The name so far; empty for a new role. */
  readonly before: string
  readonly verb: string
  readonly act: (name: string) => Promise<void>
  readonly onClose: () => void
  /** What else is asked. */
  readonly children?: ReactNode
}

/** Asks for the name of a role; a refusal is said at the field. */
export const RoleNameDialog = ({ title, before, verb, act, onClose, children }: Props) => {
  const [name, setName] = useState(before)
  const { problem, busy, submit } = useFieldSubmit(async () => {
    await act(name)
    onClose()
  })
  const isSame = name.trim() === '' || name.trim() === before
  return (
    <Dialog open onClose={onClose} title={title} size="sm">
      <form onSubmit={(event) => void submit(event)} aria-label={title}>
        <TextInput
          label="Name"
          maxLength={60}
          value={name}
          error={problem}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
        {children}
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={isSame}>
            {verb}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
