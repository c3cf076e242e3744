import { Button, Switch } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { useState } from 'react'
import { alwaysToldKinds, type NotificationKind, notificationKinds } from '../../../shared/notification-kinds.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { readAll } from '../../app/notifications/notification-acts.ts'
import { NotificationList } from '../../app/notifications/notification-list.tsx'
import { kindLook } from '../../app/notifications/notification-words.ts'
import { useApiPages, useApiQuery } from '../../app/queries.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { FilterTabs } from '../../ui/tabs.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './notifications-page.module.css'

const mutable = notificationKinds.filter((kind) => !alwaysToldKinds.includes(kind))

const MutedKinds = () => {
  const stored = useApiQuery('notifications', 'muted', {}).data?.kinds
  // A switch moves under the finger; what is kept follows.
  const [chosen, setChosen] = useState<readonly NotificationKind[] | null>(null)
  const muted = chosen ?? stored
  if (muted === undefined) return null
  const mute = async (kinds: readonly NotificationKind[]) => {
    setChosen(kinds)
    try {
      await api.notifications.mute({ kinds: [...kinds] })
    } catch (thrown) {
      setChosen(null)
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <Panel title="What comes in">
      <ul className={classes['kinds']}>
        {mutable.map((kind) => (
          <li key={kind}>
            <Switch
              label={kindLook(kind).name}
              checked={!muted.includes(kind)}
              onChange={(event) =>
                void mute(event.currentTarget.checked ? muted.filter((it) => it !== kind) : [...muted, kind])
              }
            />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

type View = 'all' | 'unread'

const Inbox = ({ view, onAll }: { readonly view: View; readonly onAll: () => void }) => {
  const pages = useApiPages('notifications', 'list', { unread: view === 'unread' })
  if (pages.error !== null) return <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />
  if (pages.isPending) return <Skeleton lines={8} label="Loading notifications" />
  if (pages.rows.length === 0) {
    return view === 'unread' ? (
      <EmptyState
        sentence="Everything is read."
        action={
          <Button variant="default" onClick={onAll}>
            Show all notifications
          </Button>
        }
      />
    ) : (
      <EmptyState sentence="What happens by itself is told here: invoices that fall due, messages that come back, quotes that run out." />
    )
  }
  return (
    <section className={classes['inbox']} aria-label="Inbox">
      <NotificationList rows={pages.rows} />
      {pages.hasMore && (
        <Button variant="subtle" loading={pages.isLoadingMore} onClick={pages.loadMore}>
          Show earlier ones
        </Button>
      )}
    </section>
  )
}

/** Everything that happened by itself, and which kinds of it come in. */
export const NotificationsPage = () => {
  const [view, setView] = useState<View>('all')
  const unread = useApiQuery('notifications', 'list', { limit: 12 }).data?.unreadCount ?? 0
  return (
    <Page
      title="Notifications"
      actions={
        unread > 0 && (
          <MayCall call="notifications.readAll">
            <Button
              variant="default"
              leftSection={<IconChecks size={15} aria-hidden="true" />}
              onClick={() => void readAll()}
            >
              Mark all as read
            </Button>
          </MayCall>
        )
      }
      toolbar={
        <FilterTabs
          label="Notifications by state"
          tabs={[
            { value: 'all', label: 'All' },
            { value: 'unread', label: 'Unread', count: unread },
          ]}
          value={view}
          onChange={setView}
        />
      }
    >
      <div className={classes['columns']}>
        <Inbox view={view} onAll={() => setView('all')} />
        <MutedKinds />
      </div>
    </Page>
  )
}
