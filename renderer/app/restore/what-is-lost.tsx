import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { BackupPreview } from '../../../shared/contract/backups.ts'
import { countWords } from './backup-words.ts'
import classes from './restore.module.css'

/** Whether going back takes anything away that is known of. */
export const losesSomething = ({ lost, present }: BackupPreview): boolean =>
  lost === null ? present !== null : lost.documents + lost.payments + lost.clients + lost.other > 0

/** What was done since a backup, in words, with the numbers of invoices that were issued. */
export const WhatIsLost = ({ preview }: { readonly preview: BackupPreview }) => {
  const { lost, present } = preview
  if (lost === null && present === null) {
    return (
      <p className={classes['quiet']}>What was done since cannot be told, because the present data cannot be read.</p>
    )
  }
  if (lost === null) {
    return (
      <div className={classes['lost']} data-tone="negative">
        <IconAlertTriangle size={18} aria-hidden="true" />
        <p>
          This backup is of other data than what is here now. All of the present data would be put aside; nothing of it
          is in this backup.
        </p>
      </div>
    )
  }
  if (!losesSomething(preview)) {
    return (
      <div className={classes['lost']} data-tone="positive">
        <IconCircleCheck size={18} aria-hidden="true" />
        <p>Nothing was done since this backup: nothing would be lost.</p>
      </div>
    )
  }
  const parts = [
    lost.documents > 0 ? countWords(lost.documents, 'document') : '',
    lost.payments > 0 ? countWords(lost.payments, 'payment') : '',
    lost.clients > 0 ? countWords(lost.clients, 'client') : '',
    lost.other > 0 ? countWords(lost.other, 'other record') : '',
  ].filter(Boolean)
  return (
    <div className={classes['lost']} data-tone="negative">
      <IconAlertTriangle size={18} aria-hidden="true" />
      <div>
        <p>Added or changed since, and gone after going back: {parts.join(', ')}.</p>
        {lost.issued.length > 0 && (
          <p>
            Issued since: {lost.issued.join(', ')}
            {lost.issued.length === 10 ? ' and more' : ''}. Whoever has them keeps them: their numbers must not be used
            again.
          </p>
        )}
      </div>
    </div>
  )
}
