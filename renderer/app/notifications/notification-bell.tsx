import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { MayCall } from '../may.tsx'
import { useApiQuery } from '../queries.ts'
import { readAll } from './notification-acts.ts'
import { NotificationList } from './notification-list.tsx'
import classes from './notifications.module.css'

/** The bell of the header: how much is unread, and the newest of it one click away. */
export const NotificationBell = () => {
  const [isOpen, setOpen] = useState(false)
  const { data } = useApiQuery('notifications', 'list', { limit: 12 })
  const unread = data?.unreadCount ?? 0
  const close = () => setOpen(false)
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      width={380}
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>
        <Tooltip label="Notifications" disabled={isOpen}>
          <ActionIcon
            aria-label={unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`}
            aria-haspopup="dialog"
            aria-expanded={isOpen}
            className={classes['bell']}
            onClick={() => setOpen(!isOpen)}
          >
            <IconBell size={17} />
            {unread > 0 && (
              <span className={classes['count']} aria-hidden="true">
                {unread > 99 ? '99+' : unread}
              </span>
            )}
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0} role="dialog" aria-label="Notifications">
        <div className={classes['head']}>
          <strong>Notifications</strong>
          {unread > 0 && (
            <MayCall call="notifications.readAll">
              <Button variant="subtle" size="compact-sm" onClick={() => void readAll()}>
                Mark all as read
              </Button>
            </MayCall>
          )}
        </div>
        {data === undefined || data.rows.length === 0 ? (
          <p className={classes['nothing']}>Nothing has happened by itself yet.</p>
        ) : (
          <div className={classes['panel']}>
            <NotificationList rows={data.rows} onOpened={close} />
          </div>
        )}
        <div className={classes['foot']}>
          <Link to="/notifications" onClick={close}>
            All notifications
          </Link>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
