import { z } from 'zod'
import { notificationKinds } from '../notification-kinds.ts'
import { emptyInput, idField, pageInput, versionField } from './fields.ts'
import { command, query } from './procedure.ts'

export const notificationSchema = z.object({
  id: z.string(),
  version: z.int(),
  kind: z.enum(notificationKinds),
  entity: z.string(),
  entityId: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.bigint(), z.boolean(), z.null()])),
  happenedAt: z.string(),
  readAt: z.string().nullable(),
})
export type Notification = z.output<typeof notificationSchema>

/** The inbox: what happened by itself and wants to be seen, once each. */
export const notifications = {
  list: query({
    permission: 'organizations.read',
    summary: 'A page of notifications, newest first.',
    input: pageInput.extend({ unread: z.boolean().default(false) }),
    output: z.object({ rows: z.array(notificationSchema), nextCursor: z.string().nullable(), unreadCount: z.int() }),
  }),
  muted: query({
    permission: 'organizations.read',
    summary: 'The kinds that are muted: nothing new of them comes in.',
    input: emptyInput,
    output: z.object({ kinds: z.array(z.enum(notificationKinds)) }),
  }),
  setRead: command({
    permission: 'settings.write',
    summary: 'Marks a notification as read, or as new again.',
    changes: ['notifications'],
    input: z.object({ id: idField, version: versionField, read: z.boolean() }),
    output: z.object({ id: z.string(), version: z.int() }),
  }),
  readAll: command({
    permission: 'settings.write',
    summary: 'Marks everything as read.',
    changes: ['notifications'],
    input: emptyInput,
    output: z.object({ changed: z.int() }),
  }),
  mute: command({
    permission: 'settings.write',
    summary: 'Mutes kinds of notifications for the business; the others come in.',
    changes: ['notifications', 'settings'],
    input: z.object({ kinds: z.array(z.enum(notificationKinds)).max(notificationKinds.length) }),
    output: z.object({ kinds: z.array(z.enum(notificationKinds)) }),
  }),
}
