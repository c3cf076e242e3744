import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { toAppError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { MenuAct } from '../../app/menu-act.tsx'
import { type ApiOutput, useCommand } from '../../app/queries.ts'
import { showToast } from '../../ui/toast.tsx'
import { BounceDialog } from './bounce-dialog.tsx'
import classes from './mail.module.css'
import { isScheduled } from './message-state.tsx'

type Message = ApiOutput<'mail', 'message'>
type Props = { readonly message: Message }
type How = 'by-hand' | 'reply' | null

const act = async (work: () => Promise<unknown>, done: string) => {
  try {
    await work()
    showToast({ message: done })
  } catch (thrown) {
    showToast({ message: toAppError(thrown).message, tone: 'problem' })
  }
}

const markSeen = async ({ id, version }: Pick<Message, 'id' | 'version'>, how: How, before: How) => {
  try {
    const saved = await api.mail.markSeen({ id, version, how })
    showToast({
      message: how === null ? 'It is no longer marked as arrived.' : 'Noted that it arrived.',
      undo: () => api.mail.markSeen({ ...saved, how: before }),
    })
  } catch (thrown) {
    showToast({ message: toAppError(thrown).message, tone: 'problem' })
  }
}

const AfterSending = ({ message }: Props) => {
  const [bouncing, setBouncing] = useState(false)
  return (
    <div className={classes['actions']}>
      {message.seenAt === null ? (
        <MayCall call="mail.markSeen">
          <Menu>
            <Menu.Target>
              <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
                It arrived
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <MenuAct calls="mail.markSeen" onClick={() => void markSeen(message, 'reply', null)}>
                They answered it
              </MenuAct>
              <MenuAct calls="mail.markSeen" onClick={() => void markSeen(message, 'by-hand', null)}>
                I know it otherwise
              </MenuAct>
            </Menu.Dropdown>
          </Menu>
        </MayCall>
      ) : (
        <MayCall call="mail.markSeen">
          <Button variant="default" onClick={() => void markSeen(message, null, message.seenHow)}>
            Not arrived after all
          </Button>
        </MayCall>
      )}
      <MayCall call="mail.markBounced">
        <Button variant="default" onClick={() => setBouncing(true)}>
          It came back…
        </Button>
      </MayCall>
      <BounceDialog message={message} open={bouncing} onClose={() => setBouncing(false)} />
    </div>
  )
}

/** What can be done with a message as it stands: try it, cancel it, note that it arrived or came back. */
export const MessageActs = ({ message }: Props) => {
  const retry = useCommand('mail', 'retry')
  const cancel = useCommand('mail', 'cancel')
  const { id, version, state } = message
  if (state === 'accepted') return <AfterSending message={message} />
  if (state !== 'queued' && state !== 'failed') return null
  return (
    <div className={classes['actions']}>
      <MayCall call="mail.retry">
        <Button
          loading={retry.isPending}
          onClick={() => void act(() => retry.mutateAsync({ id, version }), 'It is being tried now.')}
        >
          {isScheduled(message) ? 'Send it now' : 'Try now'}
        </Button>
      </MayCall>
      <Button
        variant="default"
        loading={cancel.isPending}
        onClick={() =>
          void act(() => cancel.mutateAsync({ id, version }), 'Cancelled. It can be sent again at any time.')
        }
      >
        Cancel this message
      </Button>
    </div>
  )
}
