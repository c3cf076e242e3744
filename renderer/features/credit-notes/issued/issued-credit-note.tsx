import { Button } from '@mantine/core'
import { IconBan, IconCoins, IconFileCode, IconMail } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { CreditNote } from '../../../../shared/contract/credit-notes.ts'
import { api } from '../../../api.ts'
import { type Action, useActions } from '../../../app/actions.ts'
import { CreditNoteStatus } from '../../../app/credit-note-status.tsx'
import { MayCall } from '../../../app/may.tsx'
import { MenuAct } from '../../../app/menu-act.tsx'
import { useApiQuery } from '../../../app/queries.ts'
import { SendDocument } from '../../../app/send-document.tsx'
import { MarkOneSent, markSentAction, SentItems } from '../../../app/sent-by-hand.tsx'
import type { CreditSource } from '../../../documents/credit/credit-source.ts'
import { RefundDialog } from '../../../documents/credit/refund-dialog.tsx'
import { UseCreditDialog } from '../../../documents/credit/use-credit-dialog.tsx'
import { EInvoiceDialog } from '../../../documents/einvoice/einvoice-dialog.tsx'
import { IssuedDocument } from '../../../documents/issued/issued-document.tsx'
import { IssuedPage } from '../../../documents/issued/issued-page.tsx'
import { pdfActs } from '../../../documents/issued/pdf-acts.ts'
import { SentMark } from '../../../documents/issued/sent-mark.tsx'
import { useFormats } from '../../../ui/locale.tsx'
import { creditNoteKind } from '../credit-note-kind.tsx'
import { CreditNotePanel } from './credit-note-panel.tsx'
import { VoidDialog } from './void-dialog.tsx'

type Asked = 'send' | 'sent' | 'einvoice' | 'apply' | 'refund' | 'void'

const hasCredit = (note: CreditNote) => note.state === 'issued' && note.creditE4 > 0n
const isSent = ({ deliveryState }: CreditNote) => deliveryState === 'sent' || deliveryState === 'queued'
const isUnused = (note: CreditNote) => note.state === 'issued' && note.appliedE4 === 0n && note.refundedE4 === 0n

const sourceOf = (note: CreditNote): CreditSource => ({
  kind: 'credit-note',
  id: note.id,
  version: note.version,
  number: note.number ?? '',
  clientId: note.content.clientId ?? '',
  clientName: note.clientName,
  currency: note.content.currency,
  creditE4: note.creditE4,
})

const useCreditNoteActs = (note: CreditNote) => {
  const navigate = useNavigate()
  return {
    ...pdfActs(() => api.creditNotes.pdf({ id: note.id })),
    leave: () => navigate({ to: '/credit-notes' }),
  }
}

const actionsOf = (
  note: CreditNote,
  acts: ReturnType<typeof useCreditNoteActs>,
  ask: (asked: Asked) => void,
): readonly Action[] => {
  const name = note.number ?? 'this credit note'
  const page = 'This page' as const
  const offered: readonly (Action | false)[] = [
    {
      id: 'credit-note.download',
      title: `Download ${name} as PDF`,
      group: page,
      shortcut: 'mod+shift+s',
      calls: 'nothing',
      run: acts.download,
    },
    {
      id: 'credit-note.print',
      title: `Print ${name}`,
      group: page,
      shortcut: 'mod+p',
      calls: 'nothing',
      run: acts.print,
    },
    {
      id: 'credit-note.leave',
      title: 'Back to credit notes',
      group: page,
      shortcut: 'escape',
      calls: 'nothing',
      run: acts.leave,
    },
    note.state !== 'void' && {
      id: 'credit-note.send',
      title: `Send ${name} by mail`,
      group: page,
      shortcut: 'mod+shift+enter',
      keywords: 'e-mail',
      calls: ['mail.compose', 'mail.send'],
      run: () => ask('send'),
    },
    note.state !== 'void' && markSentAction('credit-note', name, () => ask('sent')),
    hasCredit(note) && {
      id: 'credit-note.apply',
      title: `Use ${name} for invoices`,
      group: page,
      shortcut: 'mod+enter',
      keywords: 'apply allocate credit',
      calls: 'creditNotes.apply',
      run: () => ask('apply'),
    },
    hasCredit(note) && {
      id: 'credit-note.refund',
      title: `Refund ${name}`,
      group: page,
      keywords: 'pay back money',
      calls: 'refunds.create',
      run: () => ask('refund'),
    },
    note.state !== 'void' && {
      id: 'credit-note.einvoice',
      title: `E-invoice of ${name}`,
      group: page,
      keywords: 'xrechnung peppol factur-x zugferd xml ubl cii check',
      calls: 'nothing',
      run: () => ask('einvoice'),
    },
    isUnused(note) && {
      id: 'credit-note.void',
      title: `Make ${name} void`,
      group: page,
      keywords: 'cancel',
      calls: 'creditNotes.void',
      run: () => ask('void'),
    },
  ]
  return offered.filter((action) => action !== false)
}

const Issued = ({ note }: { readonly note: CreditNote }) => {
  const formats = useFormats()
  const acts = useCreditNoteActs(note)
  const [asked, ask] = useState<Asked | null>(null)
  const pdf = useApiQuery('creditNotes', 'pdf', { id: note.id }, { live: false })
  useActions(actionsOf(note, acts, ask))
  const close = () => ask(null)
  const source = sourceOf(note)
  return (
    <IssuedDocument
      kind={creditNoteKind}
      document={note}
      beside={
        <>
          <CreditNoteStatus state={note.state} />
          {note.state !== 'void' && <SentMark document={note} />}
        </>
      }
      subtitle={`${note.clientName} · ${formats.amount(note.totals.payableE4, note.content.currency)} · issued ${formats.date(note.content.issuedOn)}`}
      pdf={{ bytes: pdf.data?.pdf ?? null, problem: pdf.error }}
      acts={acts}
      menu={
        <>
          {note.state !== 'void' && (
            <MenuAct
              calls={['mail.compose', 'mail.send']}
              leftSection={<IconMail size={14} />}
              onClick={() => ask('send')}
            >
              {isSent(note) ? 'Send again' : 'Send'}
            </MenuAct>
          )}
          {note.state !== 'void' && <SentItems entity="credit-note" document={note} onAsk={() => ask('sent')} />}
          {hasCredit(note) && (
            <MenuAct calls="refunds.create" leftSection={<IconCoins size={14} />} onClick={() => ask('refund')}>
              Refund…
            </MenuAct>
          )}
          <MenuAct
            calls="nothing"
            leftSection={<IconFileCode size={14} />}
            disabled={note.state === 'void'}
            onClick={() => ask('einvoice')}
          >
            E-invoice…
          </MenuAct>
          <MenuAct
            calls="creditNotes.void"
            leftSection={<IconBan size={14} />}
            color="red"
            disabled={!isUnused(note)}
            onClick={() => ask('void')}
          >
            Make void
          </MenuAct>
        </>
      }
      buttons={
        <>
          {note.state !== 'void' && !isSent(note) && (
            <MayCall call={['mail.compose', 'mail.send']}>
              <Button variant={hasCredit(note) ? 'default' : 'filled'} onClick={() => ask('send')}>
                Send
              </Button>
            </MayCall>
          )}
          {hasCredit(note) && (
            <>
              <MayCall call="refunds.create">
                <Button variant="default" onClick={() => ask('refund')}>
                  Refund
                </Button>
              </MayCall>
              <MayCall call="creditNotes.apply">
                <Button onClick={() => ask('apply')}>Use for invoices</Button>
              </MayCall>
            </>
          )}
        </>
      }
      panels={<CreditNotePanel note={note} />}
    >
      <SendDocument entity="credit-note" entityId={note.id} opened={asked === 'send'} onClose={close} />
      <MarkOneSent entity="credit-note" document={note} opened={asked === 'sent'} onClose={close} />
      <UseCreditDialog source={source} opened={asked === 'apply'} onClose={close} />
      <RefundDialog source={source} opened={asked === 'refund'} onClose={close} />
      <EInvoiceDialog
        document={{
          entity: 'credit-note',
          id: note.id,
          number: note.number ?? '',
          clientId: note.content.clientId,
          clientName: note.clientName,
        }}
        opened={asked === 'einvoice'}
        onClose={close}
        onCorrect={null}
      />
      <VoidDialog note={note} opened={asked === 'void'} onClose={close} />
    </IssuedDocument>
  )
}

/** An issued credit note: the frozen document, and where its credit went. */
export const IssuedCreditNote = ({ id }: { readonly id: string }) => {
  const query = useApiQuery('creditNotes', 'get', { id }, { keepPrevious: false })
  return (
    <IssuedPage words={creditNoteKind.words} query={query}>
      {(note) => <Issued note={note} />}
    </IssuedPage>
  )
}
