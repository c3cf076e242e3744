import { Button, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { toAppError } from '../../app/errors.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'

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
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await act(name)
      onClose()
    } catch (thrown) {
      const error = toAppError(thrown)
      if (error.code !== 'CANCELLED') setProblem(error.message)
      setBusy(false)
    }
  }
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
