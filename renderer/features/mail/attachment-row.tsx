import { Button } from '@mantine/core'
import { IconFileTypePdf, IconFileTypeXml } from '@tabler/icons-react'
import { useState } from 'react'
import type { MailKind } from '../../../shared/contract/mail.ts'
import { PdfView } from '../../app/pdf-view.tsx'
import { useApiQuery } from '../../app/queries.ts'
import { useFormats } from '../../ui/locale.tsx'
import classes from './send.module.css'

const sizeText = (bytes: number, locale: string) => {
  const unit = bytes < 1_000_000 ? 'kilobyte' : 'megabyte'
  const value = unit === 'kilobyte' ? Math.max(1, Math.round(bytes / 1000)) : bytes / 1_000_000
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value)
}

// In braces: newer browsers answer with a promise, which React would take for a cleanup.
const bringIntoView = (place: HTMLDivElement | null) => {
  void place?.scrollIntoView({ block: 'nearest' })
}

const features = { invoice: 'invoices', quote: 'quotes', 'credit-note': 'creditNotes' } as const

type Props = {
  readonly entity: MailKind
  readonly entityId: string
  readonly attachment: { readonly fileName: string; readonly size: number }
}

/** The file that goes with a message, and on demand a look at it. */
export const AttachmentRow = ({ entity, entityId, attachment: { fileName, size } }: Props) => {
  const [shown, setShown] = useState(false)
  const isPdf = fileName.endsWith('.pdf')
  const formats = useFormats()
  const query = useApiQuery(features[entity], 'pdf', { id: entityId }, { enabled: shown, live: false })
  return (
    <div className={classes['attachment']}>
      <div className={classes['attachment-line']}>
        {isPdf ? <IconFileTypePdf size={20} aria-hidden="true" /> : <IconFileTypeXml size={20} aria-hidden="true" />}
        <span className={classes['file']}>{fileName}</span>
        {size > 0 && <span className={classes['quiet']}>{sizeText(size, formats.locale)}</span>}
        {isPdf && (
          <Button variant="subtle" size="compact-sm" aria-expanded={shown} onClick={() => setShown(!shown)}>
            {shown ? 'Hide the preview' : 'Preview'}
          </Button>
        )}
      </div>
      {shown && (
        <div ref={bringIntoView} className={classes['preview']}>
          <PdfView bytes={query.data?.pdf ?? null} label={`Preview of ${fileName}`} problem={query.error} />
        </div>
      )}
    </div>
  )
}
