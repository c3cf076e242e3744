import { ActionIcon } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Invoice } from '../../../../shared/contract/invoices.ts'
import { api } from '../../../api.ts'
import { MayCall } from '../../../app/may.tsx'
import { useToday } from '../../../app/organization.ts'
import { useApiQuery } from '../../../app/queries.ts'
import { tellProblem } from '../../../documents/issued/pdf-acts.ts'
import { Amount } from '../../../ui/amount.tsx'
import { useFormats } from '../../../ui/locale.tsx'
import { showToast } from '../../../ui/toast.tsx'
import classes from './money-panel.module.css'

type Props = { readonly invoice: Invoice }

const creditNoteText = (state: string): string => {
  if (state === 'draft') return 'not issued yet'
  if (state === 'void') return 'void'
  return 'credited elsewhere'
}

/** Credit notes that settle the invoice, and those made from it that do not. */
export const Credits = ({ invoice }: Props) => {
  const formats = useFormats()
  const { currency } = invoice.content
  const settling = new Set(invoice.credits.map((it) => it.creditNoteId))
  const others = invoice.creditNotes.filter((it) => !settling.has(it.id))
  if (invoice.credits.length + others.length === 0) return null
  return (
    <ul className={classes['payments']} aria-label="Credit notes">
      {invoice.credits.map((credit) => (
        <li key={credit.allocationId}>
          <span>
            <Link to="/credit-notes/$id" params={{ id: credit.creditNoteId }}>
              {credit.number}
            </Link>
            <span className={classes['quiet']}>{formats.date(credit.allocatedOn)} · credit note</span>
          </span>
          <Amount value={credit.amountE4} currency={currency} />
        </li>
      ))}
      {others.map((note) => (
        <li key={note.id}>
          <span>
            <Link to="/credit-notes/$id" params={{ id: note.id }}>
              {note.number ?? 'Draft'}
            </Link>
            <span className={classes['quiet']}>
              {formats.date(note.issuedOn)} · credit note over {formats.amount(note.totalE4, currency)},{' '}
              {creditNoteText(note.state)}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}

const useTakeBack = (invoice: Invoice) => {
  const today = useToday()
  return async ({ id, amountE4, reason }: Invoice['writeOffs'][number]) => {
    try {
      await api.writeOffs.reverse({ id, on: today })
      showToast({
        message: `The write-off of ${invoice.number} is taken back.`,
        undo: async () => {
          const { version } = await api.invoices.get({ id: invoice.id })
          await api.writeOffs.create({ invoiceId: invoice.id, invoiceVersion: version, amountE4, on: today, reason })
        },
      })
    } catch (thrown) {
      tellProblem(thrown)
    }
  }
}

/** What was written off, with a way back. */
export const WriteOffs = ({ invoice }: Props) => {
  const formats = useFormats()
  const takeBack = useTakeBack(invoice)
  if (invoice.writeOffs.length === 0) return null
  return (
    <ul className={classes['payments']} aria-label="Write-offs">
      {invoice.writeOffs.map((writeOff) => (
        <li key={writeOff.id}>
          <span>
            Written off
            <span className={classes['quiet']}>
              {formats.date(writeOff.writtenOffOn)} · {writeOff.reason}
            </span>
          </span>
          <span className={classes['with-act']}>
            <Amount value={writeOff.amountE4} currency={invoice.content.currency} />
            <MayCall call="writeOffs.reverse">
              <ActionIcon
                size={24}
                aria-label={`Take back the write-off of ${formats.date(writeOff.writtenOffOn)}`}
                onClick={() => void takeBack(writeOff)}
              >
                <IconArrowBackUp size={14} />
              </ActionIcon>
            </MayCall>
          </span>
        </li>
      ))}
    </ul>
  )
}

const Corrected = ({ id }: { readonly id: string }) => {
  const corrected = useApiQuery('invoices', 'get', { id }).data
  return (
    <div>
      <dt>In place of</dt>
      <dd>
        <Link to="/invoices/$id" params={{ id }}>
          {corrected?.number ?? '…'}
        </Link>
      </dd>
    </div>
  )
}

/** Where the invoice comes from: a quote, or an invoice that it corrects. */
export const Origins = ({ invoice }: Props) => (
  <>
    {invoice.quote !== null && (
      <div>
        <dt>Quote</dt>
        <dd>
          <Link to="/quotes/$id" params={{ id: invoice.quote.id }}>
            {invoice.quote.number ?? 'Draft'}
          </Link>
        </dd>
      </div>
    )}
    {invoice.correctsId !== null && <Corrected id={invoice.correctsId} />}
  </>
)
