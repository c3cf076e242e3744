import { Button } from '@mantine/core'
import { MailCodeSetUp } from '../../app/second-factor/mail-code-set-up.tsx'
import { TotpSetUp } from '../../app/second-factor/totp-set-up.tsx'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { showToast } from '../../ui/toast.tsx'

const ways = {
  app: { title: 'Set up an app of one-time codes', size: 'lg', SetUp: TotpSetUp },
  mail: { title: 'Codes by e-mail', size: 'sm', SetUp: MailCodeSetUp },
} as const

type Props = { readonly way: keyof typeof ways; readonly name: string; readonly onClose: () => void }

/** Sets up one-time codes for oneself, by an app or by mail. */
export const CodesDialog = ({ way, name, onClose }: Props) => {
  const { title, size, SetUp } = ways[way]
  return (
    <Dialog open onClose={onClose} title={title} size={size}>
      <SetUp
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
}
