import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Me } from '../../app/me.ts'
import { Panel } from '../../ui/panel.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import classes from './people.module.css'

/** What somebody sees who works alone and without a password: one calm card. */
export const AloneCard = ({ me }: { readonly me: Me }) => {
  const [isSetting, setIsSetting] = useState(false)
  return (
    <Panel title="You work alone here">
      <p className={classes['hint']}>
        Nobody is asked who they are. Set a password to lock the screen and to add other people; until then nothing of
        this is in your way.
      </p>
      <Button onClick={() => setIsSetting(true)}>Set a password</Button>
      {isSetting && <PasswordDialog me={me} onClose={() => setIsSetting(false)} />}
    </Panel>
  )
}
