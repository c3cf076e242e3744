import { Button } from '@mantine/core'
import { TotpSetUp } from '../../app/second-factor/totp-set-up.tsx'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { showToast } from '../../ui/toast.tsx'

type Props = { readonly name: string; readonly onClose: () => void }

/** Sets up an app of one-time codes for oneself. */
export const AppDialog = ({ name, onClose }: Props) => (
  <Dialog open onClose={onClose} title="Set up an app of one-time codes" size="lg">
    <TotpSetUp
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
