import {
  type Icon,
  IconAlarm,
  IconCalendarEvent,
  IconCircleCheck,
  IconClock,
  IconDatabaseExclamation,
  IconFileInvoice,
  IconHistoryToggle,
  IconHourglass,
  IconMailX,
  IconRepeatOff,
  IconUserExclamation,
} from '@tabler/icons-react'
import type { Notification } from '../../../shared/contract/notifications.ts'
import type { NotificationKind } from '../../../shared/notification-kinds.ts'
import type { LocaleFormats } from '../../ui/locale.tsx'
import type { Tone } from '../../ui/status-chip.tsx'
import { currentRouter } from '../current-router.ts'

type Words = { readonly title: string; readonly detail: string }
type Look = {
  /** What the kind is called where kinds are muted. */
  readonly name: string
  readonly icon: Icon
  readonly tone: Tone
  readonly tell: (read: (key: string) => string, formats: LocaleFormats) => Words
}

// Whoever may not see schedules is told of the invoice alone.
const madeTitle = (name: string, number: string): string => {
  if (name === '') return number === '' ? 'A draft was made on its day' : `${number} was made on its day`
  return number === '' ? `${name}: a draft was made` : `${name}: ${number} was made`
}

const looks: Readonly<Record<NotificationKind, Look>> = {
  'invoice-overdue': {
    name: 'An invoice is overdue',
    icon: IconAlarm,
    tone: 'negative',
    tell: (read, formats) => ({
      title: `${read('number')} is overdue`,
      detail: `${read('client')} · was due ${formats.date(read('dueOn'))}`,
    }),
  },
  'mail-failed': {
    name: 'A message did not go out',
    icon: IconMailX,
    tone: 'negative',
    tell: (read) => ({
      title: 'A message did not go out',
      detail: [read('subject'), read('reason')].filter(Boolean).join(' · '),
    }),
  },
  'mail-bounced': {
    name: 'A message came back',
    icon: IconMailX,
    tone: 'negative',
    tell: (read) => ({
      title: 'A message came back',
      detail: [read('subject'), read('reason')].filter(Boolean).join(' · '),
    }),
  },
  'recurring-made': {
    name: 'A recurring invoice was made',
    icon: IconFileInvoice,
    tone: 'positive',
    tell: (read, formats) => ({
      title: madeTitle(read('name'), read('number')),
      detail: [read('client'), read('on') === '' ? '' : `for ${formats.date(read('on'))}`].filter(Boolean).join(' · '),
    }),
  },
  'recurring-waiting': {
    name: 'Recurring invoices wait for you',
    icon: IconHourglass,
    tone: 'caution',
    tell: (read) => ({
      title:
        read('count') === '1'
          ? `${read('name')}: one invoice waits for you`
          : `${read('name')}: ${read('count')} invoices wait for you`,
      detail: read('client'),
    }),
  },
  'recurring-problem': {
    name: 'A recurring invoice could not be made',
    icon: IconRepeatOff,
    tone: 'negative',
    tell: (read) => ({
      title: `${read('name')} could not be made`,
      detail: [read('client'), read('reason')].filter(Boolean).join(' · '),
    }),
  },
  'quote-accepted': {
    name: 'A quote was accepted',
    icon: IconCircleCheck,
    tone: 'positive',
    tell: (read) => ({ title: `${read('number')} was accepted`, detail: read('client') }),
  },
  'quote-expired': {
    name: 'A quote has expired',
    icon: IconClock,
    tone: 'caution',
    tell: (read, formats) => ({
      title: `${read('number')} has expired`,
      detail: `${read('client')} · was valid until ${formats.date(read('on'))}`,
    }),
  },
  'follow-up-due': {
    name: 'A follow-up is due',
    icon: IconCalendarEvent,
    tone: 'accent',
    tell: (read) => ({ title: `Follow up: ${read('note')}`, detail: read('client') }),
  },
  'backup-failed': {
    name: 'A backup could not be made',
    icon: IconDatabaseExclamation,
    tone: 'negative',
    tell: (read) => ({ title: 'A backup could not be made', detail: read('reason') }),
  },
  'drill-failed': {
    name: 'The database or a backup failed its weekly check',
    icon: IconDatabaseExclamation,
    tone: 'negative',
    tell: (read) => ({ title: 'The weekly check failed', detail: read('reason') }),
  },
  'people-of-then': {
    name: 'Who may sign in is to be checked',
    icon: IconUserExclamation,
    tone: 'caution',
    tell: (read, formats) => ({
      title: 'Check who may sign in',
      detail: `The data is of ${formats.instant(read('on'))}: people, passwords and roles are those of that day.`,
    }),
  },
  'record-shorter': {
    name: 'The data is older than it was',
    icon: IconHistoryToggle,
    tone: 'negative',
    tell: (read, formats) => ({
      title: 'The data is older than when it was last open',
      detail: `What was saved until ${formats.instant(read('until'))} is not all here: ${read('missing')} ${read('missing') === '1' ? 'entry of the record is' : 'entries of the record are'} missing. Look whether a backup has them before you issue anything: numbers that were given are given again.`,
    }),
  },
}

/** What a kind of notification is called, its sign and its tone. */
export const kindLook = (kind: NotificationKind): Pick<Look, 'name' | 'icon' | 'tone'> => looks[kind]

/** A notification in words: what happened, and about whom. */
export const notificationWords = ({ kind, data }: Notification, formats: LocaleFormats): Words =>
  looks[kind].tell((key) => (data[key] === null || data[key] === undefined ? '' : String(data[key])), formats)

/** Goes where a notification points. */
export const openNotification = ({ entity, entityId: id }: Notification): Promise<void> => {
  const router = currentRouter()
  switch (entity) {
    case 'invoice':
      return router.navigate({ to: '/invoices/$id', params: { id } })
    case 'quote':
      return router.navigate({ to: '/quotes/$id', params: { id } })
    case 'recurring-invoice':
      return router.navigate({ to: '/recurring/$id', params: { id } })
    case 'client':
      return router.navigate({ to: '/clients/$id', params: { id } })
    case 'people':
      return router.navigate({ to: '/settings/$section', params: { section: 'people' } })
    case 'backup':
      return router.navigate({ to: '/settings/$section', params: { section: 'backups' } })
    default:
      return router.navigate({ to: '/outbox', search: { message: id } })
  }
}
