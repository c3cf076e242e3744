import { Button } from '@mantine/core'
import { IconLock, IconLockOpen } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { setAccess, useAccess } from '../../app/access-state.ts'
import { useWorkspace } from '../../app/organization.ts'
import { useApiQuery } from '../../app/queries.ts'
import { showRecoveryKey } from '../../app/recovery-key.tsx'
import { KeysPending } from '../../app/restore/keys-pending.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { showToast } from '../../ui/toast.tsx'
import { ConfirmWithPassword } from './confirm-with-password.tsx'
import classes from './people.module.css'

type Asked = 'on' | 'off' | 'code'

const words: Readonly<Record<Asked, { readonly title: string; readonly body: string; readonly verb: string }>> = {
  on: {
    title: 'Encrypt the data?',
    body: 'The database, files and backups on this computer become unreadable without a password or the recovery code, which you print next. It takes a moment; if it is interrupted the data stays as it is.',
    verb: 'Encrypt',
  },
  off: {
    title: 'Keep the data in the clear?',
    body: 'Whoever can read the files of this computer can then read the data.',
    verb: 'Decrypt',
  },
  code: {
    title: 'Make a new recovery code?',
    body: 'The one that you printed before no longer opens anything.',
    verb: 'Make a new code',
  },
}

const act = async (asked: Asked, password: string) => {
  if (asked === 'off') {
    setAccess(await api.access.turnOffEncryption({ password }))
    showToast({ message: 'The data is kept in the clear.' })
    return
  }
  const { recoveryCode } = await (asked === 'on'
    ? api.access.turnOnEncryption({ password })
    : api.access.newRecoveryCode({ password }))
  showRecoveryKey(recoveryCode)
}

/** What becomes of the invitations and resets that are open: nothing of them is known that could open the key. */
const aboutOpenCodes = (count: number): string =>
  count === 1
    ? ' One invitation or code for a new password is open: from then on it works only while somebody has the data open. Make it anew afterwards, under People.'
    : ` ${count} invitations or codes for a new password are open: from then on they work only while somebody has the data open. Make them anew afterwards, under People.`

const BackupsPending = () => {
  const { data } = useApiQuery('backups', 'status', {})
  return data === undefined ? null : <KeysPending status={data} />
}

/** Whether the data on the disk is encrypted, and the ways to change it. */
export const Encryption = () => {
  const state = useAccess((access) => access.state)
  const owns = useWorkspace().data?.ownsWorkstation === true
  const [asked, setAsked] = useState<Asked | null>(null)
  const [openCodes, setOpenCodes] = useState(0)
  // The key is that of every business kept here.
  if (state === null || !owns) return null
  const askToEncrypt = () => {
    setAsked('on')
    // Not known yet, or not to be had, nothing is said of them.
    void api.access.openCodes({}).then(
      ({ count }) => setOpenCodes(count),
      () => setOpenCodes(0),
    )
  }
  return (
    <Panel
      title="Encryption and recovery"
      actions={
        state.encrypted ? (
          <StatusChip tone="positive" icon={IconLock}>
            Encrypted
          </StatusChip>
        ) : (
          <StatusChip tone="neutral" icon={IconLockOpen}>
            In the clear
          </StatusChip>
        )
      }
    >
      <p className={classes['hint']}>
        {state.encrypted
          ? 'The database, files and backups cannot be read without a password or the printed recovery code.'
          : 'A password guards the way in; encryption guards the files, should the computer be lost or stolen.'}
        {state.keychain.warning !== null && ` ${state.keychain.warning}`}
      </p>
      {state.encrypted && <BackupsPending />}
      <div className={classes['buttons']}>
        {!state.encrypted && (
          <Button variant="default" onClick={askToEncrypt}>
            Encrypt the data
          </Button>
        )}
        <Button variant="default" onClick={() => setAsked('code')}>
          New recovery code
        </Button>
        {state.encrypted && (
          <Button variant="subtle" color="gray" onClick={() => setAsked('off')}>
            Decrypt
          </Button>
        )}
      </div>
      {asked !== null && (
        <ConfirmWithPassword
          {...words[asked]}
          body={asked === 'on' && openCodes > 0 ? `${words.on.body}${aboutOpenCodes(openCodes)}` : words[asked].body}
          act={(password) => act(asked, password)}
          onClose={() => setAsked(null)}
        />
      )}
    </Panel>
  )
}
