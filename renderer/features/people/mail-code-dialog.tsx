import { Button } from '@mantine/core'
import { MailCodeSetUp } from '../../app/second-factor/mail-code-set-up.tsx'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { showToast } from '../../ui/toast.tsx'

type Props = { readonly name: string; readonly onClose: () => void }

/** Turns codes by mail on for oneself. */
export const MailCodeDialog = ({ name, onClose }: Props) => (
  <Dialog open onClose={onClose} title="Codes by e-mail" size="sm">
    <MailCodeSetUp
      name={name}
      onDone={onClose}
      onFailed={(message) => {
        if (message !== null) showToast({ message, tone: 'problem' })
        onClose()
      }}
      footer={(send) => (
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          {send}
        </DialogFooter>
      )}
    />
  </Dialog>
)
