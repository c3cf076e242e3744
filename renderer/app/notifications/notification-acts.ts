import type { Notification } from '../../../shared/contract/notifications.ts'
import { standingKinds } from '../../../shared/notification-kinds.ts'
import { api } from '../../api.ts'
import { showToast } from '../../ui/toast.tsx'
import { describeError } from '../errors.ts'
import { openNotification } from './notification-words.ts'

const tell = (thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' })

/** Marks one as read, or as new again. */
export const setRead = async ({ id, version }: Notification, read: boolean): Promise<void> => {
  try {
    await api.notifications.setRead({ id, version, read })
  } catch (thrown) {
    tell(thrown)
  }
}

/** Goes where it points; from then on it is read, unless it stays until it is over. */
export const openAndRead = async (notification: Notification): Promise<void> => {
  await openNotification(notification)
  if (notification.readAt === null && !standingKinds.includes(notification.kind)) await setRead(notification, true)
}

/** Marks everything as read. */
export const readAll = async (): Promise<void> => {
  try {
    const { changed } = await api.notifications.readAll({})
    showToast({ message: changed === 1 ? 'One notification is read.' : `${changed} notifications are read.` })
  } catch (thrown) {
    tell(thrown)
  }
}
