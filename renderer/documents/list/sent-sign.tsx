import { IconMailCheck } from '@tabler/icons-react'
import classes from './document-list.module.css'

/** The sign beside a status that the document went out; nothing where it did not. */
export const SentSign = ({ sentAt }: { readonly sentAt: string | null }) =>
  sentAt === null ? null : (
    <span className={classes['sent']} title="Sent">
      <IconMailCheck size={14} aria-hidden="true" />
      <span className="visually-hidden">Sent</span>
    </span>
  )
