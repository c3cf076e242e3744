import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react'
import type { EInvoiceFinding, EInvoiceKind } from '../../../shared/contract/einvoices.ts'
import { eInvoiceFormatFacts } from '../../../shared/documents/einvoice-formats.ts'
import { api } from '../../api.ts'
import type { ApiOutput } from '../../app/queries.ts'
import { StatusChip } from '../../ui/status-chip.tsx'
import classes from './einvoice.module.css'
import { FindingList } from './finding-list.tsx'

type Checked = ApiOutput<'eInvoices', 'check'>

/** How a draft would go out in the form that its client takes; null where it takes none. */
export const outlookOf = async (entity: EInvoiceKind, id: string): Promise<Checked | null> => {
  const checked = await api.eInvoices.check({ entity, id })
  return checked.format === null ? null : checked
}

const sentence = ({ isValid, findings }: Checked, label: string): string => {
  if (!isValid) return `Receivers of ${label} would reject it:`
  return findings.length === 0 ? `It keeps every rule of ${label}.` : `It can go out as ${label}, with a hint:`
}

type Props = { readonly checked: Checked; readonly onJump: (finding: EInvoiceFinding) => void }

/** Before the issue: whether the e-invoice will keep the rules, while everything can still be changed. */
export const IssueOutlook = ({ checked, onJump }: Props) => {
  if (checked.format === null) return null
  const { label } = eInvoiceFormatFacts[checked.format]
  return (
    <section className={classes['outlook']} aria-label="E-invoice">
      <div className={classes['verdict']}>
        <StatusChip
          tone={checked.isValid ? 'positive' : 'negative'}
          icon={checked.isValid ? IconCircleCheck : IconAlertCircle}
        >
          {checked.isValid ? 'Valid e-invoice' : 'Not a valid e-invoice yet'}
        </StatusChip>
        <p>{sentence(checked, label)}</p>
      </div>
      {checked.findings.length > 0 && <FindingList findings={checked.findings} onJump={onJump} />}
    </section>
  )
}
