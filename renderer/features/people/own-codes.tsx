import { Button } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import type { Me } from '../../app/me.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { showToast } from '../../ui/toast.tsx'
import { AppDialog } from './app-dialog.tsx'
import classes from './people.module.css'
import { RecoveryCodesDialog } from './recovery-codes-dialog.tsx'
import { attempt } from './tell.ts'

const turnOff = async () => {
  const sure = await confirmAct({
    title: 'Ask for no one-time code any more?',
    body: 'Your password alone then opens Counterfoil. The recovery codes become worthless.',
    verb: 'Turn codes off',
    cancel: 'Keep them',
    danger: true,
  })
  if (sure && (await attempt(() => api.mfa.turnOff({})))) showToast({ message: 'One-time codes are off.' })
}

const distrust = async () => {
  if (await attempt(() => api.mfa.distrustDevices({}))) showToast({ message: 'A code is asked for again everywhere.' })
}

/** One’s own one-time codes. */
export const OwnCodes = ({ me }: { readonly me: Me }) => {
  const [isSettingUp, setIsSettingUp] = useState(false)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const renew = () =>
    attempt(async () => {
      const { recoveryCodes } = await api.mfa.newRecoveryCodes({})
      setCodes(recoveryCodes)
    })
  return (
    <Panel
      title="One-time codes"
      actions={
        me.totp ? (
          <StatusChip tone="positive" icon={IconCircleCheck}>
            On
          </StatusChip>
        ) : (
          <StatusChip tone="neutral" icon={IconCircleDashed}>
            Off
          </StatusChip>
        )
      }
    >
      <p className={classes['hint']}>
        {me.totp
          ? `Besides your password a code of your app is asked for. ${me.recoveryCodesLeft} of 10 recovery codes are left.`
          : 'Besides your password Counterfoil can ask for a code that an app on your phone shows. It guards the way in; what guards the file on the disk is encryption.'}
      </p>
      <div className={classes['buttons']}>
        {me.totp ? (
          <>
            <Button variant="default" onClick={() => void renew()}>
              New recovery codes
            </Button>
            <Button variant="default" onClick={() => void distrust()}>
              Ask on every computer again
            </Button>
            <Button variant="subtle" color="gray" onClick={() => void turnOff()}>
              Turn codes off
            </Button>
          </>
        ) : (
          <Button variant="default" onClick={() => setIsSettingUp(true)}>
            Set up an app
          </Button>
        )}
      </div>
      {isSettingUp && <AppDialog onClose={() => setIsSettingUp(false)} onCodes={setCodes} />}
      {codes !== null && <RecoveryCodesDialog codes={codes} name={me.name} onClose={() => setCodes(null)} />}
    </Panel>
  )
}
