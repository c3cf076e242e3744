import { Button } from '@mantine/core'
import { IconFileTypePdf } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useApiQuery } from '../../app/queries.ts'
import { useFormats } from '../../ui/locale.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import classes from './send.module.css'

const sizeText = (bytes: number, locale: string) => {
  const unit = bytes < 1_000_000 ? 'kilobyte' : 'megabyte'
  const value = unit === 'kilobyte' ? Math.max(1, Math.round(bytes / 1000)) : bytes / 1_000_000
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value)
}

const usePdfAddress = (invoiceId: string, shown: boolean) => {
  const query = useApiQuery('invoices', 'pdf', { id: invoiceId }, { enabled: shown, live: false })
  const [address, setAddress] = useState<string | null>(null)
  const pdf = query.data?.pdf
  useEffect(() => {
    if (pdf === undefined) return
    // A copy of its own: what came over the line may be a view into something larger.
    const made = URL.createObjectURL(new Blob([new Uint8Array(pdf)], { type: 'application/pdf' }))
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [pdf])
  return { address, error: query.error }
}

// In braces: newer browsers answer with a promise, which React would take for a cleanup.
const bringIntoView = (frame: HTMLIFrameElement | null) => {
  void frame?.scrollIntoView({ block: 'nearest' })
}

type Props = {
  readonly invoiceId: string
  readonly attachment: { readonly fileName: string; readonly size: number }
}

/** The file that goes with a message, and on demand a look at it. */
export const AttachmentRow = ({ invoiceId, attachment: { fileName, size } }: Props) => {
  const [shown, setShown] = useState(false)
  const formats = useFormats()
  const { address, error } = usePdfAddress(invoiceId, shown)
  return (
    <div className={classes['attachment']}>
      <div className={classes['attachment-line']}>
        <IconFileTypePdf size={20} aria-hidden="true" />
        <span className={classes['file']}>{fileName}</span>
        {size > 0 && <span className={classes['quiet']}>{sizeText(size, formats.locale)}</span>}
        <Button variant="subtle" size="compact-sm" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? 'Hide the preview' : 'Preview'}
        </Button>
      </div>
      {shown && error !== null && <p role="alert">{error.message}</p>}
      {shown && error === null && address === null && <Skeleton lines={3} label="Loading the preview" />}
      {shown && address !== null && (
        <iframe
          ref={bringIntoView}
          src={`${address}#toolbar=0&view=FitH`}
          title={`Preview of ${fileName}`}
          className={classes['preview']}
        />
      )}
    </div>
  )
}
