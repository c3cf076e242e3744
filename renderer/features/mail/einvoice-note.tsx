import { IconAlertTriangle, IconFileCode } from '@tabler/icons-react'
import { eInvoiceFormatFacts } from '../../../shared/documents/einvoice-formats.ts'
import type { ApiOutput } from '../../app/queries.ts'
import classes from './send.module.css'

type Props = { readonly einvoice: NonNullable<ApiOutput<'mail', 'compose'>['einvoice']> }

/** Whether the e-invoice that the client takes goes along, and why it does not. */
export const EInvoiceNote = ({ einvoice: { format, isAttached } }: Props) => {
  const { label, extension } = eInvoiceFormatFacts[format]
  const Sign = isAttached ? IconFileCode : IconAlertTriangle
  const goes =
    extension === 'pdf' ? `The PDF has the e-invoice inside (${label}).` : `The e-invoice goes along as ${label}.`
  return (
    <p className={classes['einvoice']} data-attached={isAttached}>
      <Sign size={16} aria-hidden="true" />
      <span>
        {isAttached
          ? goes
          : `The e-invoice (${label}) does not go along, as receivers would reject it. “E-invoice…” beside Send says why.`}
      </span>
    </p>
  )
}
