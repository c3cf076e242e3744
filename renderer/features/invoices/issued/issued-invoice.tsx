import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconBan, IconCopy, IconDots, IconDownload, IconPrinter } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { Invoice } from '../../../../shared/contract/invoices.ts'
import { api } from '../../../api.ts'
import { type Action, useActions } from '../../../app/actions.ts'
import { describeError } from '../../../app/errors.ts'
import { SendInvoice } from '../../../app/invoice-actions.tsx'
import { InvoiceStatus } from '../../../app/invoice-status.tsx'
import { PdfView } from '../../../app/pdf-view.tsx'
import { useApiQuery } from '../../../app/queries.ts'
import { EditorFrame, useViews, ViewSwitch } from '../../../documents/desk/desk-frame.tsx'
import { FilesPanel } from '../../../documents/desk/files-panel.tsx'
import { HistoryPanel } from '../../../documents/desk/history-panel.tsx'
import { DocumentInWords } from '../../../documents/issued/document-in-words.tsx'
import { printPdf } from '../../../documents/issued/print-pdf.ts'
import { saveFile } from '../../../documents/issued/save-file.ts'
import { SentMark } from '../../../documents/issued/sent-mark.tsx'
import { newId } from '../../../ids.ts'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { useFormats } from '../../../ui/locale.tsx'
import { Page } from '../../../ui/page.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { invoiceKind } from '../invoice-kind.tsx'
import { MoneyPanel } from './money-panel.tsx'
import { VoidDialog } from './void-dialog.tsx'

/** What can be done with an issued document. */
const useIssuedActs = (invoice: Invoice) => {
  const navigate = useNavigate()
  const tell = (thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' })
  const withPdf = async (use: (file: { pdf: Uint8Array; fileName: string }) => unknown) => {
    try {
      await use(await api.invoices.pdf({ id: invoice.id }))
    } catch (thrown) {
      tell(thrown)
    }
  }
  return {
    download: () => withPdf(({ pdf, fileName }) => saveFile(pdf, fileName, 'application/pdf')),
    print: () => withPdf(({ pdf }) => printPdf(pdf)),
    pay: () => navigate({ to: '/payments/new', search: { invoiceId: invoice.id } }),
    leave: () => navigate({ to: '/invoices' }),
    copy: async () => {
      try {
        const made = await api.invoices.duplicate({ id: invoice.id, newId: newId() })
        await navigate({ to: '/invoices/$id', params: { id: made.id } })
      } catch (thrown) {
        tell(thrown)
      }
    },
  }
}

type Acts = ReturnType<typeof useIssuedActs>
type MenuProps = { readonly acts: Acts; readonly isVoid: boolean; readonly onVoid: () => void }

const MoreMenu = ({ acts, isVoid, onVoid }: MenuProps) => (
  <Menu>
    <Menu.Target>
      <ActionIcon size={32} variant="default" aria-label="More actions">
        <IconDots size={16} />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Item leftSection={<IconPrinter size={14} />} onClick={() => void acts.print()}>
        Print
      </Menu.Item>
      <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => void acts.copy()}>
        Duplicate
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<IconBan size={14} />} color="red" disabled={isVoid} onClick={onVoid}>
        Make void
      </Menu.Item>
    </Menu.Dropdown>
  </Menu>
)

const DownloadButton = ({ isWide, onClick }: { readonly isWide: boolean; readonly onClick: () => void }) =>
  isWide ? (
    <Button variant="default" leftSection={<IconDownload size={15} />} onClick={onClick}>
      Download PDF
    </Button>
  ) : (
    <ActionIcon size={32} variant="default" aria-label="Download PDF" onClick={onClick}>
      <IconDownload size={16} />
    </ActionIcon>
  )

const actionsOf = (invoice: Invoice, acts: Acts, send: () => void, makeVoid: () => void): readonly Action[] => {
  const name = invoice.number ?? 'this invoice'
  const page = 'This page' as const
  return [
    {
      id: 'invoice.download',
      title: `Download ${name} as PDF`,
      group: page,
      shortcut: 'mod+shift+s',
      run: acts.download,
    },
    { id: 'invoice.print', title: `Print ${name}`, group: page, shortcut: 'mod+p', run: acts.print },
    { id: 'invoice.copy', title: `Duplicate ${name}`, group: page, run: acts.copy },
    { id: 'invoice.leave', title: 'Back to invoices', group: page, shortcut: 'escape', run: acts.leave },
    ...(invoice.state === 'void'
      ? []
      : [
          {
            id: 'invoice.send',
            title: `Send ${name} by mail`,
            group: page,
            shortcut: 'mod+enter',
            keywords: 'e-mail',
            run: send,
          },
          { id: 'invoice.void', title: `Make ${name} void`, group: page, keywords: 'cancel storno', run: makeVoid },
        ]),
    ...(invoice.state === 'open'
      ? [{ id: 'invoice.pay', title: `Record a payment of ${name}`, group: page, run: acts.pay }]
      : []),
  ]
}

const Issued = ({ invoice }: { readonly invoice: Invoice }) => {
  const formats = useFormats()
  const acts = useIssuedActs(invoice)
  const views = useViews('details')
  const desk = useRef<HTMLDivElement>(null)
  const [sending, setSending] = useState(false)
  const [voiding, setVoiding] = useState(false)
  const pdf = useApiQuery('invoices', 'pdf', { id: invoice.id }, { live: false })
  const isVoid = invoice.state === 'void'
  const isSent = invoice.deliveryState === 'sent' || invoice.deliveryState === 'queued'
  useActions(
    actionsOf(
      invoice,
      acts,
      () => setSending(true),
      () => setVoiding(true),
    ),
  )
  return (
    <Page
      fill
      title={invoice.number ?? 'Invoice'}
      beside={
        <>
          <InvoiceStatus state={invoice.paymentState} overdueDays={invoice.overdueDays} />
          {!isVoid && <SentMark document={invoice} />}
        </>
      }
      subtitle={`${invoice.clientName} · ${formats.amount(invoice.totals.payableE4, invoice.content.currency)} · issued ${formats.date(invoice.content.issuedOn)}`}
      actions={
        <>
          <ViewSwitch
            views={views}
            names={
              views.isWide
                ? { paper: '', preview: '', details: 'Details' }
                : { paper: 'Document', preview: '', details: 'Details' }
            }
          />
          <DownloadButton isWide={views.isWide} onClick={() => void acts.download()} />
          <MoreMenu acts={acts} isVoid={isVoid} onVoid={() => setVoiding(true)} />
          {invoice.state === 'open' && (
            <Button
              variant={isSent ? 'filled' : 'default'}
              renderRoot={(props) => <Link to="/payments/new" search={{ invoiceId: invoice.id }} {...props} />}
            >
              Record payment
            </Button>
          )}
          {!isVoid && (
            <Button variant={isSent ? 'default' : 'filled'} onClick={() => setSending(true)}>
              {isSent ? 'Send again' : 'Send'}
            </Button>
          )}
        </>
      }
    >
      <EditorFrame
        views={views}
        desk={desk}
        isPdf
        paper={
          <>
            <DocumentInWords words={invoiceKind.words} document={invoice} />
            <PdfView bytes={pdf.data?.pdf ?? null} label={`Invoice ${invoice.number}`} problem={pdf.error} />
          </>
        }
        preview={null}
        details={
          <>
            <MoneyPanel invoice={invoice} />
            <HistoryPanel documentId={invoice.id} />
            <FilesPanel kind={invoiceKind} documentId={invoice.id} />
          </>
        }
      />
      <SendInvoice invoiceId={invoice.id} opened={sending} onClose={() => setSending(false)} />
      <VoidDialog invoice={invoice} opened={voiding} onClose={() => setVoiding(false)} />
    </Page>
  )
}

/** An issued invoice: the frozen document, its money, what became of it. */
export const IssuedInvoice = ({ id }: { readonly id: string }) => {
  const query = useApiQuery('invoices', 'get', { id }, { keepPrevious: false })
  if (query.isError) {
    return (
      <Page title="Invoice">
        <ErrorPanel {...describeError(query.error)} onRetry={() => void query.refetch()} />
      </Page>
    )
  }
  if (query.data === undefined) {
    return (
      <Page title="Invoice">
        <Skeleton lines={12} label="Loading the invoice" />
      </Page>
    )
  }
  return <Issued invoice={query.data} />
}
