import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { CreditNote } from '../../../../shared/contract/credit-notes.ts'
import { api } from '../../../api.ts'
import { ClientLink } from '../../../app/client-link.tsx'
import { MayCall } from '../../../app/may.tsx'
import { useToday } from '../../../app/organization.ts'
import { tellProblem } from '../../../documents/issued/pdf-acts.ts'
import { Amount } from '../../../ui/amount.tsx'
import { useFormats } from '../../../ui/locale.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { TearLine } from '../../../ui/tear-line.tsx'
import { showToast } from '../../../ui/toast.tsx'
import classes from './credit-note.module.css'

type Props = { readonly note: CreditNote }
type Application = CreditNote['applications'][number]

const useTakeBack = (note: CreditNote) => {
  const today = useToday()
  return async ({ id, invoiceId, invoiceNumber, amountE4 }: Application) => {
    try {
      await api.creditNotes.unapply({ id: note.id, version: note.version, applicationId: id })
      showToast({
        message: `${invoiceNumber} no longer has credit of ${note.number}.`,
        undo: async () => {
          const { version } = await api.creditNotes.get({ id: note.id })
          await api.creditNotes.apply({ id: note.id, version, on: today, applications: [{ invoiceId, amountE4 }] })
        },
      })
    } catch (thrown) {
      tellProblem(thrown)
    }
  }
}

const Applications = ({ note }: Props) => {
  const formats = useFormats()
  const takeBack = useTakeBack(note)
  const { currency } = note.content
  return (
    <ul className={classes['uses']} aria-label="Where the credit went">
      {note.applications.map((use) => (
        <li key={use.id}>
          <span>
            <Link to="/invoices/$id" params={{ id: use.invoiceId }}>
              {use.invoiceNumber}
            </Link>
            <span className={classes['quiet']}>{formats.date(use.allocatedOn)} · taken off the invoice</span>
          </span>
          <span className={classes['with-act']}>
            <Amount value={use.amountE4} currency={currency} />
            {note.state !== 'void' && (
              <MayCall call="creditNotes.unapply">
                <ActionIcon
                  size={24}
                  aria-label={`Take back from ${use.invoiceNumber}`}
                  onClick={() => void takeBack(use)}
                >
                  <IconX size={14} />
                </ActionIcon>
              </MayCall>
            )}
          </span>
        </li>
      ))}
      {note.refunds.map((refund) => (
        <li key={refund.id}>
          <span>
            {refund.number}
            <span className={classes['quiet']}>{formats.date(refund.refundedOn)} · refunded</span>
          </span>
          <Amount value={refund.amountE4} currency={currency} />
        </li>
      ))}
    </ul>
  )
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const stateText = (note: CreditNote): string => {
  if (note.state === 'void') return note.voidReason ?? 'Void'
  if (note.creditE4 === 0n) return 'All of it is used'
  return note.appliedE4 === 0n && note.refundedE4 === 0n ? 'Not used yet' : 'Left of it'
}

/** The stub of the credit note: what is left of it, for which invoice it is, where the credit went. */
export const CreditNotePanel = ({ note }: Props) => {
  const formats = useFormats()
  const { currency, clientId, reason } = note.content
  const isVoid = note.state === 'void'
  return (
    <Panel torn>
      <h2 className="visually-hidden">Credit</h2>
      <div className={classes['head']} data-void={isVoid || undefined}>
        <span className={classes['label']}>{isVoid ? 'Was credited' : 'Credit left'}</span>
        <span className={classes['figure']}>
          <Amount value={isVoid ? note.totals.payableE4 : note.creditE4} currency={currency} />
        </span>
        <span className={classes['due']}>{stateText(note)}</span>
      </div>
      <TearLine />
      <dl className={classes['sums']}>
        <Fact name="Client">
          {clientId === null ? note.clientName : <ClientLink id={clientId} name={note.clientName} />}
        </Fact>
        {note.invoice !== null && (
          <Fact name="Credits invoice">
            <Link to="/invoices/$id" params={{ id: note.invoice.id }}>
              {note.invoice.number}
            </Link>{' '}
            of {formats.date(note.invoice.issuedOn)}
          </Fact>
        )}
        {reason !== null && <Fact name="Reason">{reason}</Fact>}
        <Fact name="Credited">
          <Amount value={note.totals.payableE4} currency={currency} />
        </Fact>
        <Fact name="Taken off invoices">
          <Amount value={note.appliedE4} currency={currency} />
        </Fact>
        {note.refundedE4 !== 0n && (
          <Fact name="Refunded">
            <Amount value={note.refundedE4} currency={currency} />
          </Fact>
        )}
      </dl>
      {note.applications.length + note.refunds.length > 0 && <Applications note={note} />}
    </Panel>
  )
}
