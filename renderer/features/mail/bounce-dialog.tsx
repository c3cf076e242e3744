import { Button } from '@mantine/core'
import { useState } from 'react'
import { toAppError } from '../../app/errors.ts'
import { useCommand } from '../../app/queries.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'

type Props = {
  readonly message: { readonly id: string; readonly version: number }
  readonly open: boolean
  readonly onClose: () => void
}

/** Records by hand that a message came back: mail servers tell it with another mail, which lands with the sender. */
export const BounceDialog = ({ message, open, onClose }: Props) => {
  const [reason, setReason] = useState('')
  const bounce = useCommand('mail', 'markBounced')
  const save = async () => {
    try {
      await bounce.mutateAsync({ id: message.id, version: message.version, reason })
      setReason('')
      onClose()
    } catch (thrown) {
      showToast({ message: toAppError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Did this message come back?"
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={() => void save()} loading={bounce.isPending}>
            Mark as come back
          </Button>
        </>
      }
    >
      <p>The invoice then shows that its message came back. You can correct the address and send it again.</p>
      <TextField
        label="What the returned mail said"
        placeholder="Mailbox full"
        description="Leave it empty if you do not know."
        value={reason}
        onChange={setReason}
        maxLength={300}
        data-autofocus
        onKeyDown={(event) => {
          if (event.key === 'Enter') void save()
        }}
      />
    </Dialog>
  )
}
