/** Everything that can turn up in the inbox; without the schemas, which a window reads when it first needs them. */
export const notificationKinds = [
  'invoice-overdue',
  'mail-failed',
  'mail-bounced',
  'recurring-made',
  'recurring-waiting',
  'recurring-problem',
  'quote-accepted',
  'quote-expired',
  'follow-up-due',
  'backup-failed',
  'drill-failed',
  'people-of-then',
  'record-shorter',
] as const
export type NotificationKind = (typeof notificationKinds)[number]

/** What stays new while it lasts, and cannot be muted: that the data could be lost is not put away. */
export const standingKinds: readonly NotificationKind[] = ['backup-failed', 'drill-failed']

/** What cannot be muted: what stands, and what is to be looked at by somebody once, who then marks it as read. */
export const alwaysToldKinds: readonly NotificationKind[] = [...standingKinds, 'people-of-then', 'record-shorter']
