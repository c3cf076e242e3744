import { Button, Menu } from '@mantine/core'
import { IconArrowBackUp, IconBan, IconCopy, IconEraser, IconFileCode, IconReceiptRefund } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Invoice } from '../../../../shared/contract/invoices.ts'
import { api } from '../../../api.ts'
import { type Action, useActions } from '../../../app/actions.ts'
import { SendInvoice } from '../../../app/invoice-actions.tsx'
import { InvoiceReminders } from '../../../app/invoice-reminders.tsx'
import { InvoiceStatus } from '../../../app/invoice-status.tsx'
import { May, MayCall } from '../../../app/may.tsx'
import { MenuAct } from '../../../app/menu-act.tsx'
import { useApiQuery } from '../../../app/queries.ts'
import { MarkOneSent, markSentAction, SentItems } from '../../../app/sent-by-hand.tsx'
import { EInvoiceDialog } from '../../../documents/einvoice/einvoice-dialog.tsx'
import { IssuedDocument } from '../../../documents/issued/issued-document.tsx'
import { IssuedPage } from '../../../documents/issued/issued-page.tsx'
import { pdfActs, tellProblem } from '../../../documents/issued/pdf-acts.ts'
import { SentMark } from '../../../documents/issued/sent-mark.tsx'
import { newId } from '../../../ids.ts'
import { useFormats } from '../../../ui/locale.tsx'
import { invoiceKind } from '../invoice-kind.tsx'
import { MakeRecurring } from '../make-recurring.tsx'
import { CorrectDialog } from './correct-dialog.tsx'
import { CreditDialog } from './credit-dialog.tsx'
import { MoneyPanel } from './money-panel.tsx'
import { VoidDialog } from './void-dialog.tsx'
import { WriteOffDialog } from './write-off-dialog.tsx'

/** What can be done with an issued document. */
const useIssuedActs = (invoice: Invoice) => {
  const navigate = useNavigate()
  return {
    ...pdfActs(() => api.invoices.pdf({ id: invoice.id })),
    pay: () => navigate({ to: '/payments/new', search: { invoiceId: invoice.id } }),
    leave: () => navigate({ to: '/invoices' }),
    repeat: () => navigate({ to: '/recurring/new', search: { invoiceId: invoice.id } }),
    copy: async () => {
      try {
        const made = await api.invoices.duplicate({ id: invoice.id, newId: newId() })
        await navigate({ to: '/invoices/$id', params: { id: made.id } })
      } catch (thrown) {
        tellProblem(thrown)
      }
    },
  }
}

type Acts = ReturnType<typeof useIssuedActs>
type Asked = 'send' | 'sent' | 'einvoice' | 'void' | 'credit' | 'correct' | 'write-off'

/** Whether anything is left that a credit note could give back. */
const isCreditable = (invoice: Invoice): boolean => {
  if (invoice.state === 'void') return false
  const credited = invoice.creditNotes
    .filter((it) => it.state !== 'void' && it.state !== 'draft')
    .reduce((sum, it) => sum + it.totalE4, 0n)
  return credited < invoice.totals.totalE4
}

const actionsOf = (invoice: Invoice, acts: Acts, ask: (asked: Asked) => void): readonly Action[] => {
  const name = invoice.number ?? 'this invoice'
  const page = 'This page' as const
  const offered: readonly (Action | false)[] = [
    {
      id: 'invoice.download',
      title: `Download ${name} as PDF`,
      group: page,
      shortcut: 'mod+shift+s',
      calls: 'nothing',
      run: acts.download,
    },
    { id: 'invoice.print', title: `Print ${name}`, group: page, shortcut: 'mod+p', calls: 'nothing', run: acts.print },
    invoice.state !== 'void' && {
      id: 'invoice.einvoice',
      title: `E-invoice of ${name}`,
      group: page,
      keywords: 'xrechnung peppol factur-x zugferd xml ubl cii check',
      calls: 'nothing',
      run: () => ask('einvoice'),
    },
    { id: 'invoice.copy', title: `Duplicate ${name}`, group: page, calls: 'invoices.duplicate', run: acts.copy },
    {
      id: 'invoice.repeat',
      title: `Make ${name} recurring`,
      group: page,
      keywords: 'repeat',
      calls: 'recurringInvoices.create',
      run: acts.repeat,
    },
    {
      id: 'invoice.leave',
      title: 'Back to invoices',
      group: page,
      shortcut: 'escape',
      calls: 'nothing',
      run: acts.leave,
    },
    invoice.state !== 'void' && {
      id: 'invoice.send',
      title: `Send ${name} by mail`,
      group: page,
      shortcut: 'mod+enter',
      keywords: 'e-mail',
      calls: ['mail.compose', 'mail.send'],
      run: () => ask('send'),
    },
    invoice.state !== 'void' && markSentAction('invoice', name, () => ask('sent')),
    isCreditable(invoice) && {
      id: 'invoice.credit',
      title: `Credit ${name}`,
      group: page,
      keywords: 'credit note refund give back return',
      calls: 'creditNotes.creditInvoice',
      run: () => ask('credit'),
    },
    isCreditable(invoice) && {
      id: 'invoice.correct',
      title: `Correct ${name}`,
      group: page,
      keywords: 'credit re-issue mistake wrong',
      calls: 'creditNotes.correctInvoice',
      run: () => ask('correct'),
    },
    invoice.openE4 > 0n &&
      invoice.state === 'open' && {
        id: 'invoice.write-off',
        title: `Write off the rest of ${name}`,
        group: page,
        keywords: 'bad debt',
        calls: 'writeOffs.create',
        run: () => ask('write-off'),
      },
    invoice.state !== 'void' && {
      id: 'invoice.void',
      title: `Make ${name} void`,
      group: page,
      keywords: 'cancel storno',
      calls: 'invoices.void',
      run: () => ask('void'),
    },
    invoice.state === 'open' && {
      id: 'invoice.pay',
      title: `Record a payment of ${name}`,
      group: page,
      calls: 'payments.create',
      run: acts.pay,
    },
  ]
  return offered.filter((action) => action !== false)
}

type MenuProps = { readonly invoice: Invoice; readonly onCopy: () => void; readonly ask: (asked: Asked) => void }

const MoreItems = ({ invoice, onCopy, ask }: MenuProps) => (
  <>
    {invoice.state !== 'void' && <SentItems entity="invoice" document={invoice} onAsk={() => ask('sent')} />}
    <MenuAct
      calls="nothing"
      leftSection={<IconFileCode size={14} />}
      disabled={invoice.state === 'void'}
      onClick={() => ask('einvoice')}
    >
      E-invoice…
    </MenuAct>
    <MenuAct calls="invoices.duplicate" leftSection={<IconCopy size={14} />} onClick={onCopy}>
      Duplicate
    </MenuAct>
    <MakeRecurring invoiceId={invoice.id} />
    <Menu.Divider />
    <MenuAct
      calls="creditNotes.creditInvoice"
      leftSection={<IconReceiptRefund size={14} />}
      disabled={!isCreditable(invoice)}
      onClick={() => ask('credit')}
    >
      Credit…
    </MenuAct>
    <MenuAct
      calls="creditNotes.correctInvoice"
      leftSection={<IconArrowBackUp size={14} />}
      disabled={!isCreditable(invoice)}
      onClick={() => ask('correct')}
    >
      Correct this invoice…
    </MenuAct>
    {invoice.state === 'open' && invoice.openE4 > 0n && (
      <MenuAct calls="writeOffs.create" leftSection={<IconEraser size={14} />} onClick={() => ask('write-off')}>
        Write off the rest…
      </MenuAct>
    )}
    <May do="invoices.issue">
      <Menu.Divider />
      <MenuAct
        calls="invoices.void"
        leftSection={<IconBan size={14} />}
        color="red"
        disabled={invoice.state === 'void'}
        onClick={() => ask('void')}
      >
        Make void
      </MenuAct>
    </May>
  </>
)

const Issued = ({ invoice }: { readonly invoice: Invoice }) => {
  const formats = useFormats()
  const acts = useIssuedActs(invoice)
  const [asked, ask] = useState<Asked | null>(null)
  const pdf = useApiQuery('invoices', 'pdf', { id: invoice.id }, { live: false })
  const isVoid = invoice.state === 'void'
  const isSent = invoice.deliveryState === 'sent' || invoice.deliveryState === 'queued'
  useActions(actionsOf(invoice, acts, ask))
  const close = () => ask(null)
  return (
    <IssuedDocument
      kind={invoiceKind}
      document={invoice}
      beside={
        <>
          <InvoiceStatus state={invoice.paymentState} overdueDays={invoice.overdueDays} />
          {!isVoid && <SentMark document={invoice} />}
        </>
      }
      subtitle={`${invoice.clientName} · ${formats.amount(invoice.totals.payableE4, invoice.content.currency)} · issued ${formats.date(invoice.content.issuedOn)}`}
      pdf={{ bytes: pdf.data?.pdf ?? null, problem: pdf.error }}
      acts={acts}
      menu={<MoreItems invoice={invoice} onCopy={() => void acts.copy()} ask={ask} />}
      buttons={
        <>
          {invoice.state === 'open' && (
            <May do="payments.write">
              <Button
                variant={isSent ? 'filled' : 'default'}
                renderRoot={(props) => <Link to="/payments/new" search={{ invoiceId: invoice.id }} {...props} />}
              >
                Record payment
              </Button>
            </May>
          )}
          {!isVoid && (
            <MayCall call={['mail.compose', 'mail.send']}>
              <Button variant={isSent ? 'default' : 'filled'} onClick={() => ask('send')}>
                {isSent ? 'Send again' : 'Send'}
              </Button>
            </MayCall>
          )}
        </>
      }
      panels={
        <>
          <MoneyPanel invoice={invoice} />
          <InvoiceReminders invoice={invoice} />
        </>
      }
    >
      <SendInvoice invoiceId={invoice.id} opened={asked === 'send'} onClose={close} />
      <MarkOneSent entity="invoice" document={invoice} opened={asked === 'sent'} onClose={close} />
      <EInvoiceDialog
        document={{
          entity: 'invoice',
          id: invoice.id,
          number: invoice.number ?? '',
          clientId: invoice.content.clientId,
          clientName: invoice.clientName,
        }}
        opened={asked === 'einvoice'}
        onClose={close}
        onCorrect={isCreditable(invoice) ? () => ask('correct') : null}
      />
      <VoidDialog invoice={invoice} opened={asked === 'void'} onClose={close} />
      <CreditDialog invoice={invoice} opened={asked === 'credit'} onClose={close} />
      <CorrectDialog invoice={invoice} opened={asked === 'correct'} onClose={close} />
      <WriteOffDialog invoice={invoice} opened={asked === 'write-off'} onClose={close} />
    </IssuedDocument>
  )
}

/** An issued invoice: the frozen document, its money, what became of it. */
export const IssuedInvoice = ({ id }: { readonly id: string }) => {
  const query = useApiQuery('invoices', 'get', { id }, { keepPrevious: false })
  return (
    <IssuedPage words={invoiceKind.words} query={query}>
      {(invoice) => <Issued invoice={invoice} />}
    </IssuedPage>
  )
}
