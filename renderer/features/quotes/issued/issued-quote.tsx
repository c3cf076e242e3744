import { Button, Menu } from '@mantine/core'
import {
  IconArrowBackUp,
  IconBan,
  IconCircleX,
  IconCopy,
  IconFileInvoice,
  IconMail,
  IconPencil,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Quote } from '../../../../shared/contract/quotes.ts'
import { api } from '../../../api.ts'
import { type Action, useActions } from '../../../app/actions.ts'
import { MayCall } from '../../../app/may.tsx'
import { MenuAct } from '../../../app/menu-act.tsx'
import { useApiQuery } from '../../../app/queries.ts'
import { QuoteStatus } from '../../../app/quote-status.tsx'
import { SendDocument } from '../../../app/send-document.tsx'
import { MarkOneSent, markSentAction, SentItems } from '../../../app/sent-by-hand.tsx'
import { IssuedDocument } from '../../../documents/issued/issued-document.tsx'
import { IssuedPage } from '../../../documents/issued/issued-page.tsx'
import { pdfActs, tellProblem } from '../../../documents/issued/pdf-acts.ts'
import { SentMark } from '../../../documents/issued/sent-mark.tsx'
import { newId } from '../../../ids.ts'
import { useFormats } from '../../../ui/locale.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { quoteKind } from '../quote-kind.tsx'
import { ConvertDialog } from './convert-dialog.tsx'
import { DecisionDialog } from './decision-dialog.tsx'
import { QuotePanel } from './quote-panel.tsx'
import { WithdrawDialog } from './withdraw-dialog.tsx'

type Asked = 'send' | 'sent' | 'accept' | 'decline' | 'convert' | 'withdraw'

const isUndecided = ({ state }: Quote) => state === 'open' || state === 'expired'
const isDecided = ({ state }: Quote) => state === 'accepted' || state === 'declined'
const isConvertible = (quote: Quote) => quote.state === 'accepted' && quote.leftE4 !== 0n
const isSent = ({ deliveryState }: Quote) => deliveryState === 'sent' || deliveryState === 'queued'
const isUninvoiced = (quote: Quote) => quote.invoices.every((invoice) => invoice.state === 'void')

const useQuoteActs = (quote: Quote) => {
  const navigate = useNavigate()
  const copyAs = (revise: boolean) => async () => {
    try {
      const made = await api.quotes.duplicate({ id: quote.id, newId: newId(), revise })
      await navigate({ to: '/quotes/$id', params: { id: made.id } })
    } catch (thrown) {
      tellProblem(thrown)
    }
  }
  return {
    ...pdfActs(() => api.quotes.pdf({ id: quote.id })),
    leave: () => navigate({ to: '/quotes' }),
    copy: copyAs(false),
    revise: copyAs(true),
    reopen: async () => {
      try {
        await api.quotes.reopen({ id: quote.id, version: quote.version })
        showToast({ message: `${quote.number} is open again.` })
      } catch (thrown) {
        tellProblem(thrown)
      }
    },
  }
}

type Acts = ReturnType<typeof useQuoteActs>

const actionsOf = (quote: Quote, acts: Acts, ask: (asked: Asked) => void): readonly Action[] => {
  const name = quote.number ?? 'this quote'
  const page = 'This page' as const
  const offered: readonly (Action | false)[] = [
    {
      id: 'quote.download',
      title: `Download ${name} as PDF`,
      group: page,
      shortcut: 'mod+shift+s',
      calls: 'nothing',
      run: acts.download,
    },
    { id: 'quote.print', title: `Print ${name}`, group: page, shortcut: 'mod+p', calls: 'nothing', run: acts.print },
    quote.state !== 'void' && {
      id: 'quote.send',
      title: `Send ${name} by mail`,
      group: page,
      shortcut: isConvertible(quote) ? 'mod+shift+enter' : 'mod+enter',
      keywords: 'e-mail',
      calls: ['mail.compose', 'mail.send'],
      run: () => ask('send'),
    },
    quote.state !== 'void' && markSentAction('quote', name, () => ask('sent')),
    { id: 'quote.leave', title: 'Back to quotes', group: page, shortcut: 'escape', calls: 'nothing', run: acts.leave },
    isUndecided(quote) && {
      id: 'quote.accept',
      title: `${name} is accepted`,
      group: page,
      shortcut: 'a',
      keywords: 'won yes order',
      calls: 'quotes.accept',
      run: () => ask('accept'),
    },
    isUndecided(quote) && {
      id: 'quote.decline',
      title: `${name} is declined`,
      group: page,
      keywords: 'lost no',
      calls: 'quotes.decline',
      run: () => ask('decline'),
    },
    isConvertible(quote) && {
      id: 'quote.convert',
      title: `Turn ${name} into an invoice`,
      group: page,
      shortcut: 'mod+enter',
      keywords: 'bill deposit percentage final convert',
      calls: 'quotes.toInvoice',
      run: () => ask('convert'),
    },
    { id: 'quote.copy', title: `Duplicate ${name}`, group: page, calls: 'quotes.duplicate', run: acts.copy },
    quote.revisedBy === null &&
      isUndecided(quote) && {
        id: 'quote.revise',
        title: `Revise ${name}`,
        group: page,
        keywords: 'change new version',
        calls: 'quotes.duplicate',
        run: acts.revise,
      },
  ]
  return offered.filter((action) => action !== false)
}

type MenuProps = { readonly quote: Quote; readonly acts: Acts; readonly ask: (asked: Asked) => void }

const MoreItems = ({ quote, acts, ask }: MenuProps) => (
  <>
    {quote.state !== 'void' && (
      <MenuAct calls={['mail.compose', 'mail.send']} leftSection={<IconMail size={14} />} onClick={() => ask('send')}>
        {isSent(quote) ? 'Send again' : 'Send'}
      </MenuAct>
    )}
    {quote.state !== 'void' && <SentItems entity="quote" document={quote} onAsk={() => ask('sent')} />}
    {isUndecided(quote) && (
      <MenuAct calls="quotes.decline" leftSection={<IconCircleX size={14} />} onClick={() => ask('decline')}>
        Declined
      </MenuAct>
    )}
    <MenuAct calls="quotes.duplicate" leftSection={<IconCopy size={14} />} onClick={() => void acts.copy()}>
      Duplicate
    </MenuAct>
    <MenuAct
      calls="quotes.duplicate"
      leftSection={<IconPencil size={14} />}
      disabled={quote.revisedBy !== null || quote.state === 'void' || !isUninvoiced(quote)}
      onClick={() => void acts.revise()}
    >
      Revise
    </MenuAct>
    <Menu.Divider />
    <MenuAct
      calls="quotes.reopen"
      leftSection={<IconArrowBackUp size={14} />}
      disabled={!isDecided(quote) || !isUninvoiced(quote)}
      onClick={() => void acts.reopen()}
    >
      Take the decision back
    </MenuAct>
    <MenuAct
      calls="quotes.void"
      leftSection={<IconBan size={14} />}
      color="red"
      disabled={quote.state === 'void' || !isUninvoiced(quote)}
      onClick={() => ask('withdraw')}
    >
      Withdraw
    </MenuAct>
  </>
)

const Buttons = ({ quote, ask }: Pick<MenuProps, 'quote' | 'ask'>) => (
  <>
    {isUndecided(quote) && isSent(quote) && (
      <MayCall call="quotes.decline">
        <Button variant="default" onClick={() => ask('decline')}>
          Declined
        </Button>
      </MayCall>
    )}
    {isUndecided(quote) && (
      <MayCall call="quotes.accept">
        <Button variant={isSent(quote) ? 'filled' : 'default'} onClick={() => ask('accept')}>
          Accepted
        </Button>
      </MayCall>
    )}
    {isUndecided(quote) && !isSent(quote) && (
      <MayCall call={['mail.compose', 'mail.send']}>
        <Button onClick={() => ask('send')}>Send</Button>
      </MayCall>
    )}
    {isConvertible(quote) && (
      <MayCall call="quotes.toInvoice">
        <Button leftSection={<IconFileInvoice size={15} />} onClick={() => ask('convert')}>
          Turn into invoice
        </Button>
      </MayCall>
    )}
  </>
)

const Issued = ({ quote }: { readonly quote: Quote }) => {
  const formats = useFormats()
  const acts = useQuoteActs(quote)
  const [asked, ask] = useState<Asked | null>(null)
  const pdf = useApiQuery('quotes', 'pdf', { id: quote.id }, { live: false })
  useActions(actionsOf(quote, acts, ask))
  const close = () => ask(null)
  const { content, totals } = quote
  return (
    <IssuedDocument
      kind={quoteKind}
      document={quote}
      beside={
        <>
          <QuoteStatus state={quote.state} />
          {quote.state !== 'void' && <SentMark document={quote} />}
        </>
      }
      subtitle={`${quote.clientName} · ${formats.amount(totals.payableE4, content.currency)} · ${
        content.validUntil === null
          ? `dated ${formats.date(content.issuedOn)}`
          : `valid until ${formats.date(content.validUntil)}`
      }`}
      pdf={{ bytes: pdf.data?.pdf ?? null, problem: pdf.error }}
      acts={acts}
      menu={<MoreItems quote={quote} acts={acts} ask={ask} />}
      buttons={<Buttons quote={quote} ask={ask} />}
      panels={<QuotePanel quote={quote} onConvert={isConvertible(quote) ? () => ask('convert') : null} />}
    >
      <SendDocument entity="quote" entityId={quote.id} opened={asked === 'send'} onClose={close} />
      <MarkOneSent entity="quote" document={quote} opened={asked === 'sent'} onClose={close} />
      <DecisionDialog
        quote={quote}
        decision={asked === 'accept' || asked === 'decline' ? asked : null}
        onClose={close}
      />
      <ConvertDialog quote={quote} opened={asked === 'convert'} onClose={close} />
      <WithdrawDialog quote={quote} opened={asked === 'withdraw'} onClose={close} />
    </IssuedDocument>
  )
}

/** An issued quote: the frozen offer, the client's decision, the invoices made from it. */
export const IssuedQuote = ({ id }: { readonly id: string }) => {
  const query = useApiQuery('quotes', 'get', { id }, { keepPrevious: false })
  return (
    <IssuedPage words={quoteKind.words} query={query}>
      {(quote) => <Issued quote={quote} />}
    </IssuedPage>
  )
}
