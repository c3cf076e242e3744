import { ActionIcon, Tooltip } from '@mantine/core'
import { IconMailOpened, IconPointFilled } from '@tabler/icons-react'
import type { Notification } from '../../../shared/contract/notifications.ts'
import { standingKinds } from '../../../shared/notification-kinds.ts'
import { useFormats } from '../../ui/locale.tsx'
import { MayCall } from '../may.tsx'
import { openAndRead, setRead } from './notification-acts.ts'
import { kindLook, notificationWords } from './notification-words.ts'
import classes from './notifications.module.css'

type ItemProps = { readonly notification: Notification; readonly onOpened: () => void }

const Item = ({ notification, onOpened }: ItemProps) => {
  const formats = useFormats()
  const { icon: Sign, tone } = kindLook(notification.kind)
  const { title, detail } = notificationWords(notification, formats)
  const isNew = notification.readAt === null
  const next = isNew ? 'Mark as read' : 'Mark as new'
  return (
    <li className={classes['item']} data-new={isNew || undefined}>
      <button
        type="button"
        className={classes['open']}
        onClick={() => {
          onOpened()
          void openAndRead(notification)
        }}
      >
        <span className={classes['sign']} data-tone={tone}>
          <Sign size={15} aria-hidden="true" />
        </span>
        <span className={classes['words']}>
          <span className={classes['title']}>
            {isNew && <span className="visually-hidden">New: </span>}
            {title}
          </span>
          {detail !== '' && <span className={classes['detail']}>{detail}</span>}
          <time className={classes['at']} dateTime={notification.happenedAt}>
            {formats.instant(notification.happenedAt)}
          </time>
        </span>
      </button>
      {!standingKinds.includes(notification.kind) && (
        <Tooltip label={next}>
          <MayCall call="notifications.setRead">
            <ActionIcon aria-label={`${next}: ${title}`} onClick={() => void setRead(notification, isNew)}>
              {isNew ? <IconPointFilled size={16} className={classes['dot']} /> : <IconMailOpened size={15} />}
            </ActionIcon>
          </MayCall>
        </Tooltip>
      )}
    </li>
  )
}

type Props = {
  readonly rows: readonly Notification[]
  /** One of them was gone to. */
  readonly onOpened?: () => void
}

/** Notifications in words, newest first; each leads to what it is about. */
export const NotificationList = ({ rows, onOpened = () => undefined }: Props) => (
  <ul className={classes['list']} aria-label="Notifications">
    {rows.map((notification) => (
      <Item key={notification.id} notification={notification} onOpened={onOpened} />
    ))}
  </ul>
)
