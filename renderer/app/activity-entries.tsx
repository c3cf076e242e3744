import {
  IconArrowBackUp,
  IconArrowMerge,
  IconBan,
  IconBellRinging,
  IconBox,
  IconBuilding,
  IconCircleCheck,
  IconCircleX,
  IconCoins,
  IconEraser,
  IconFileDescription,
  IconFileImport,
  IconFilePencil,
  IconFileText,
  IconHash,
  IconMail,
  IconMailCheck,
  IconMailX,
  IconNote,
  IconPaperclip,
  IconPencil,
  IconPlayerPause,
  IconReceiptRefund,
  IconRepeat,
  IconRepeatOff,
  IconUserPlus,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Activity } from '../../shared/contract/workspace.ts'
import { amount } from '../../shared/money/scaled.ts'
import type { LocaleFormats } from '../ui/locale.tsx'
import type { TimelineEntry } from '../ui/timeline.tsx'
import { sentKinds } from './activity-sent.ts'
import { type Tell, text, type Words } from './activity-words.ts'
import { AsItWas } from './past/as-it-was.tsx'
import { ActorFace } from './person-face.tsx'

const money = (
  data: Activity['data'],
  formats: LocaleFormats,
  key: 'amountE4' | 'payableE4' | 'feeE4' = 'amountE4',
): string => {
  const value = data[key]
  // What was kept as JSON may come back as the digits of the amount.
  const units =
    typeof value === 'bigint' ? value : typeof value === 'string' && /^-?\d+$/.test(value) ? BigInt(value) : null
  return units === null ? '' : formats.amount(amount(units), text(data, 'currency') || formats.currency)
}

const reason = (data: Activity['data']) => text(data, 'reason') || undefined

const reminderNames: Readonly<Record<string, string>> = {
  friendly: 'Friendly reminder',
  firm: 'Firm reminder',
  final: 'Final reminder',
}

const kinds: Readonly<Record<string, Tell>> = {
  'organization.created': (data) => ({ icon: IconBuilding, title: `${text(data, 'name')} set up` }),
  'organization.changed': () => ({ icon: IconBuilding, title: 'Business settings changed' }),
  'number-series.created': (data) => ({ icon: IconHash, title: `Number series ${text(data, 'pattern')} added` }),
  'number-series.changed': (data) => ({ icon: IconHash, title: `Numbering changed to ${text(data, 'pattern')}` }),
  'client.created': (data) => ({ icon: IconUserPlus, title: `Client ${text(data, 'name')} added` }),
  'client.changed': () => ({ icon: IconPencil, title: 'Client details changed' }),
  'client.merged': (data) => ({
    icon: IconArrowMerge,
    title: `${text(data, 'name')} merged into this client`,
  }),
  'client.erased': (data) => ({
    icon: IconPencil,
    title: `Client ${text(data, 'code')} erased`,
    more: `${text(data, 'kept')} documents and payments kept as the law asks`,
  }),
  'client.status': (data) => ({ icon: IconPencil, title: `Client is now ${text(data, 'status')}` }),
  'note.added': (data) => ({ icon: IconNote, title: `Note: ${text(data, 'content')}` }),
  'attachment.added': (data) => ({ icon: IconPaperclip, title: `File ${text(data, 'fileName')} added` }),
  'bank.imported': (data) => ({
    icon: IconFileImport,
    title: `Bank statement ${text(data, 'fileName')} imported`,
    more: `${text(data, 'newTransactions')} new lines`,
  }),
  'item.created': (data) => ({ icon: IconBox, title: `Item ${text(data, 'name')} added` }),
  'item.changed': () => ({ icon: IconPencil, title: 'Item details changed' }),
  'item.status': (data) => ({ icon: IconPencil, title: `Item is now ${text(data, 'status')}` }),
  'invoice.created': () => ({ icon: IconFilePencil, title: 'Draft invoice begun' }),
  'import.run': (data) => ({
    icon: IconFileImport,
    title: `${text(data, 'fileName')} imported`,
    more: `${text(data, 'created')} ${text(data, 'what')}`,
  }),
  'import.undone': (data) => ({ icon: IconArrowBackUp, title: `Import of ${text(data, 'fileName')} undone` }),
  'invoice.imported': (data) => ({ icon: IconFileImport, title: `Invoice ${text(data, 'number')} read from a file` }),
  'invoice.issued': (data, formats) => ({
    icon: IconFileText,
    tone: 'accent',
    title: `${text(data, 'number')} issued`,
    more: money(data, formats, 'payableE4'),
  }),
  'invoice.reminded': (data, formats) => ({
    icon: IconBellRinging,
    tone: text(data, 'tone') === 'friendly' ? 'accent' : 'caution',
    title: `${reminderNames[text(data, 'tone')] ?? 'Reminder'} of ${text(data, 'number')}`,
    more:
      text(data, 'feeNumber') === ''
        ? undefined
        : `late fee of ${money(data, formats, 'feeE4')} as ${text(data, 'feeNumber')}`,
  }),
  'invoice.voided': (data) => ({
    icon: IconBan,
    tone: 'negative',
    title: `${text(data, 'number')} made void`,
    more: reason(data),
  }),
  'invoice.paid': (data, formats) => ({
    icon: IconCircleCheck,
    tone: 'positive',
    title: `${text(data, 'number')} paid`,
    more: money(data, formats),
  }),
  'invoice.partly-paid': (data, formats) => ({
    icon: IconCoins,
    tone: 'positive',
    title: `${text(data, 'number')} partly paid`,
    more: money(data, formats),
  }),
  'invoice.payment-reversed': (data, formats) => ({
    icon: IconArrowBackUp,
    tone: 'caution',
    title: `Payment taken back from ${text(data, 'number')}`,
    more: money(data, formats),
  }),
  'invoice.credited': (data, formats) => ({
    icon: IconReceiptRefund,
    tone: 'positive',
    title: `${text(data, 'creditNote')} taken off ${text(data, 'number')}`,
    more: money(data, formats),
  }),
  'invoice.credit-reversed': (data, formats) => ({
    icon: IconArrowBackUp,
    tone: 'caution',
    title: `${text(data, 'creditNote')} taken back from ${text(data, 'number')}`,
    more: money(data, formats),
  }),
  'invoice.corrected': (data) => ({
    icon: IconReceiptRefund,
    tone: 'caution',
    title: `${text(data, 'number')} corrected, credited by ${text(data, 'creditNote')}`,
    more: reason(data),
  }),
  'invoice.written-off': (data, formats) => ({
    icon: IconEraser,
    tone: 'caution',
    title: `${money(data, formats)} of ${text(data, 'number')} written off`,
    more: reason(data),
  }),
  'invoice.write-off-reversed': (data, formats) => ({
    icon: IconArrowBackUp,
    title: `Write-off of ${text(data, 'number')} taken back`,
    more: money(data, formats),
  }),
  'recurring-invoice.created': (data) => ({
    icon: IconRepeat,
    tone: 'accent',
    title: `Recurring ${text(data, 'name')} begun`,
  }),
  'recurring-invoice.changed': (data) => ({ icon: IconPencil, title: `Recurring ${text(data, 'name')} changed` }),
  'recurring-invoice.made': (data, formats) => ({
    icon: IconRepeat,
    title: `Invoice of ${text(data, 'name')} made`,
    more: text(data, 'on') === '' ? undefined : `for ${formats.date(text(data, 'on'))}`,
  }),
  'recurring-invoice.active': (data) => ({ icon: IconRepeat, title: `Recurring ${text(data, 'name')} goes on` }),
  'recurring-invoice.paused': (data) => ({
    icon: IconPlayerPause,
    tone: 'caution',
    title: `Recurring ${text(data, 'name')} paused`,
  }),
  'recurring-invoice.ended': (data) => ({ icon: IconRepeatOff, title: `Recurring ${text(data, 'name')} ended` }),
  'quote.created': () => ({ icon: IconFilePencil, title: 'Draft quote begun' }),
  'quote.issued': (data, formats) => ({
    icon: IconFileDescription,
    tone: 'accent',
    title: `Quote ${text(data, 'number')} issued`,
    more: money(data, formats, 'payableE4'),
  }),
  'quote.accepted': (data, formats) => ({
    icon: IconCircleCheck,
    tone: 'positive',
    title: `Quote ${text(data, 'number')} accepted${
      text(data, 'expiredOn') === '' ? '' : `, though it expired on ${formats.date(text(data, 'expiredOn'))}`
    }`,
    more: text(data, 'by') || undefined,
  }),
  ...sentKinds,
  'quote.declined': (data) => ({
    icon: IconCircleX,
    tone: 'negative',
    title: `Quote ${text(data, 'number')} declined`,
    more: text(data, 'by') || undefined,
  }),
  'quote.reopened': (data) => ({ icon: IconArrowBackUp, title: `Decision on ${text(data, 'number')} taken back` }),
  'quote.voided': (data) => ({
    icon: IconBan,
    tone: 'negative',
    title: `Quote ${text(data, 'number')} withdrawn`,
    more: reason(data),
  }),
  'quote.invoiced': (data, formats) => ({
    icon: IconFileText,
    tone: 'positive',
    title: `Invoice made from quote ${text(data, 'number')}`,
    more: money(data, formats),
  }),
  'quote.share-returned': (data) => ({
    icon: IconArrowBackUp,
    title: `Its share of quote ${text(data, 'number')} is left to invoice again`,
  }),
  'quote.share-taken': (data) => ({
    icon: IconFileText,
    title: `The invoice from quote ${text(data, 'number')} is back`,
  }),
  'credit-note.imported': () => ({ icon: IconFileImport, title: 'Credit note read from a file' }),
  'credit-note.created': () => ({ icon: IconFilePencil, title: 'Draft credit note begun' }),
  'credit-note.issued': (data, formats) => ({
    icon: IconReceiptRefund,
    tone: 'accent',
    title: `Credit note ${text(data, 'number')} issued`,
    more: money(data, formats, 'payableE4'),
  }),
  'credit-note.voided': (data) => ({
    icon: IconBan,
    tone: 'negative',
    title: `Credit note ${text(data, 'number')} made void`,
    more: reason(data),
  }),
  'refund.recorded': (data, formats) => ({
    icon: IconCoins,
    tone: 'caution',
    title: `Refund ${text(data, 'number')} of ${text(data, 'source')}`,
    more: money(data, formats),
  }),
  'refund.cancelled': (data) => ({
    icon: IconBan,
    tone: 'caution',
    title: `Refund ${text(data, 'number')} cancelled`,
    more: reason(data),
  }),
  'payment.recorded': (data, formats) => ({
    icon: IconCoins,
    tone: 'positive',
    title: `Payment ${text(data, 'number')} received`,
    more: money(data, formats),
  }),
  'payment.cleared': (data, formats) => ({
    icon: IconCircleCheck,
    tone: 'positive',
    title: `Payment ${text(data, 'number')} cleared`,
    more: money(data, formats),
  }),
  'payment.bounced': (data) => ({
    icon: IconBan,
    tone: 'negative',
    title: `Payment ${text(data, 'number')} bounced`,
    more: reason(data),
  }),
  'payment.cancelled': (data) => ({
    icon: IconBan,
    tone: 'caution',
    title: `Payment ${text(data, 'number')} cancelled`,
    more: reason(data),
  }),
  'mail.queued': (data) => ({
    icon: IconMail,
    title: `Message to ${text(data, 'to')} queued`,
    more: text(data, 'subject') || undefined,
  }),
  'mail.accepted': (data) => ({
    icon: IconMailCheck,
    tone: 'positive',
    title: `Sent to ${text(data, 'to')}`,
    more: text(data, 'subject') || undefined,
  }),
  'mail.failed': (data) => ({
    icon: IconMailX,
    tone: 'negative',
    title: `Message to ${text(data, 'to')} not delivered`,
    more: text(data, 'detail') || undefined,
  }),
  'mail.bounced': (data) => ({ icon: IconMailX, tone: 'negative', title: `Message to ${text(data, 'to')} bounced` }),
  'mail.cancelled': (data) => ({ icon: IconMail, title: `Message to ${text(data, 'to')} cancelled` }),
}

const unknown = (kind: string): Words => ({ icon: IconPencil, title: kind.replace(/[.-]/g, ' ') })

/** The name of what it happened to as a link to its page, where it has one. */
const linked = ({ entity, entityId }: Activity, title: string): ReactNode => {
  if (entity === 'invoice') {
    return (
      <Link to="/invoices/$id" params={{ id: entityId }}>
        {title}
      </Link>
    )
  }
  if (entity === 'client') {
    return (
      <Link to="/clients/$id" params={{ id: entityId }}>
        {title}
      </Link>
    )
  }
  if (entity === 'recurring-invoice') {
    return (
      <Link to="/recurring/$id" params={{ id: entityId }}>
        {title}
      </Link>
    )
  }
  if (entity === 'quote') {
    return (
      <Link to="/quotes/$id" params={{ id: entityId }}>
        {title}
      </Link>
    )
  }
  if (entity === 'credit-note') {
    return (
      <Link to="/credit-notes/$id" params={{ id: entityId }}>
        {title}
      </Link>
    )
  }
  if (entity === 'payment') {
    return (
      <Link to="/payments" search={{ payment: entityId }}>
        {title}
      </Link>
    )
  }
  if (entity === 'item') {
    return (
      <Link to="/items" search={{ item: entityId }}>
        {title}
      </Link>
    )
  }
  return title
}

/** What happened as entries of a timeline, in words; `links` leads to what it happened to (not to the page one is on). */
export const activityEntries = (
  rows: readonly Activity[],
  formats: LocaleFormats,
  links: 'all' | { readonly except: string } = 'all',
): TimelineEntry[] =>
  rows.map((row) => {
    const { icon, tone = 'neutral', title, more } = kinds[row.kind]?.(row.data, formats) ?? unknown(row.kind)
    const heading = links !== 'all' && links.except === row.entityId ? title : linked(row, title)
    const who = [row.userName, row.deviceName].filter((it) => it !== null).join(' · ')
    return {
      id: `${row.seq}`,
      icon,
      tone,
      title: more ? (
        <>
          {heading}, {more}
        </>
      ) : (
        heading
      ),
      at: row.at,
      act: <AsItWas at={row.at} />,
      ...(who === '' ? {} : { detail: who, face: <ActorFace userId={row.userId} /> }),
    }
  })
