import { Button } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import type { Me } from '../../app/me.ts'
import { showRecoveryCodes } from '../../app/second-factor/recovery-codes.tsx'
import { confirmAct } from '../../ui/confirm.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { showToast } from '../../ui/toast.tsx'
import { CodesDialog } from './codes-dialog.tsx'
import classes from './people.module.css'
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
  const [setUp, setSetUp] = useState<'app' | 'mail' | null>(null)
  const isOn = me.totp || me.emailCode
  const renew = () =>
    attempt(async () => {
      const { recoveryCodes } = await api.mfa.newRecoveryCodes({})
      showRecoveryCodes(recoveryCodes, me.name)
    })
  return (
    <Panel
      title="One-time codes"
      actions={
        isOn ? (
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
        {isOn
          ? `Besides your password a code ${me.totp ? 'of your app' : 'that is mailed to you'} is asked for. ${me.recoveryCodesLeft} of 10 recovery codes are left.`
          : 'Besides your password Counterfoil can ask for a code that an app on your phone shows. It guards the way in; what guards the file on the disk is encryption.'}
      </p>
      <div className={classes['buttons']}>
        {!me.totp && (
          <Button variant="default" onClick={() => setSetUp('app')}>
            Set up an app
          </Button>
        )}
        {!me.emailCode && me.mayMailCodes && (
          <Button variant="default" onClick={() => setSetUp('mail')}>
            Codes by e-mail
          </Button>
        )}
        {isOn && (
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
        )}
      </div>
      {setUp !== null && <CodesDialog way={setUp} name={me.name} onClose={() => setSetUp(null)} />}
    </Panel>
  )
}
