import { api } from '../../api.ts'
import { setAccess } from '../../app/access-state.ts'
import { showToast } from '../../ui/toast.tsx'
import { ConfirmWithPassword } from './confirm-with-password.tsx'

/** Takes one's own password away, for somebody who works here alone. */
export const RemovePasswordDialog = ({ onClose }: { readonly onClose: () => void }) => (
  <ConfirmWithPassword
    title="Remove your password?"
    body="Whoever sits down at this computer is then you: nothing locks, and nothing is asked. Your PIN, one-time codes and sessions go with it. You can set a password again at any time."
    verb="Remove password"
    keep="Keep it"
    isDangerous
    act={async (password) => {
      setAccess(await api.access.removePassword({ password }))
      showToast({ message: 'Password removed. Nobody is asked who they are any more.' })
    }}
    onClose={onClose}
  />
)
