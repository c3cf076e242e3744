import type { MailKind } from '../../../shared/contract/mail.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import { api } from '../../api.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import type { LocaleFormats } from '../../ui/locale.tsx'
import { markSent, type SentWords, takeBackSent } from '../sent-by-hand.tsx'
import { howWords } from '../sent-words.ts'
import { runBulk } from './bulk-run.ts'
import { sumsByCurrency } from './currency-sums.ts'
import { sendDocument } from './send-rows.ts'
import { countWords } from './tag-rows.tsx'

/** What the rows of every list of documents have. */
export type DocumentRow = {
  readonly id: string
  readonly version: number
  readonly number: string | null
  readonly clientName: string
  readonly currency: string
  readonly payableE4: Amount
  readonly sentAt: string | null
}

const calls = { invoice: api.invoices, quote: api.quotes, 'credit-note': api.creditNotes }
const names = {
  invoice: ['invoice', 'invoices'],
  quote: ['quote', 'quotes'],
  'credit-note': ['credit note', 'credit notes'],
} as const

const rowId = ({ id }: DocumentRow) => id

/** What a row is called in the results: `INV-0042 · Acme`. */
export const documentName = (row: DocumentRow): string => `${row.number ?? 'Draft'} · ${row.clientName || 'no client'}`

const sentBefore = (rows: readonly DocumentRow[]): string => {
  const again = rows.filter((row) => row.sentAt !== null).length
  if (again === 0) return ''
  return `; ${again === rows.length ? 'all of them were' : again === 1 ? 'one of them was' : `${again} of them were`} sent before`
}

/** What can be done with several documents of one kind, each with a result per row and a way back where there is one. */
export const documentBulk = (entity: MailKind) => {
  const [one, many] = names[entity]
  const words = (count: number) => countWords(count, one, many)
  const reread = async (row: DocumentRow): Promise<DocumentRow> => {
    const { version } = await calls[entity].get({ id: row.id })
    return { ...row, version }
  }
  const common = { rowId, rowName: documentName, reread }

  const issue = async (rows: readonly DocumentRow[], formats: LocaleFormats, onEnd: () => void) => {
    const together = sumsByCurrency(rows, (row) => row.payableE4)
      .map(({ currency, sumE4 }) => formats.amount(sumE4, currency))
      .join(' + ')
    const title = `Issue ${words(rows.length)}`
    const isAgreed = await confirmAct({
      title,
      body: `Together ${together}. Each takes the next number and can no longer be changed.`,
      verb: title,
      cancel: 'Keep as drafts',
    })
    if (!isAgreed) return
    runBulk({
      ...common,
      title,
      rows,
      onEnd,
      isShown: true,
      act: async ({ id, version }) => ({
        text: `Issued as ${(await calls[entity].issue({ id, version })).number}`,
      }),
      done: (count) => `${words(count)} issued.`,
    })
  }

  const remove = (rows: readonly DocumentRow[], onEnd: () => void) =>
    runBulk({
      ...common,
      title: `Delete ${countWords(rows.length, 'draft', 'drafts')}`,
      rows,
      onEnd,
      act: async ({ id, version }) => {
        await calls[entity].deleteDraft({ id, version })
        return { text: 'Deleted', undo: () => calls[entity].restoreDraft({ id }) }
      },
      done: (count) => `${countWords(count, 'draft', 'drafts')} deleted.`,
    })

  const send = async (rows: readonly DocumentRow[], onEnd: () => void) => {
    const title = `Send ${words(rows.length)}`
    const isAgreed = await confirmAct({
      title,
      body: `Each goes by mail to its own client, in the words of your template${sentBefore(rows)}.`,
      verb: title,
      cancel: 'Cancel',
    })
    if (!isAgreed) return
    runBulk({
      ...common,
      title,
      rows,
      onEnd,
      isShown: true,
      act: ({ id }) => sendDocument(entity, id),
      done: (count) => `${words(count)} in the outbox.`,
    })
  }

  const mark = (rows: readonly DocumentRow[], sent: SentWords, onEnd: () => void) =>
    runBulk({
      ...common,
      title: `Mark ${words(rows.length)} as sent`,
      rows,
      onEnd,
      act: async ({ id, version }) => {
        await markSent(entity, { id, version }, sent)
        return { text: `Sent ${howWords[sent.how].behind}`, undo: () => takeBackSent(entity, id) }
      },
      done: (count) => `${words(count)} marked as sent.`,
    })

  return { words, issue, remove, send, mark }
}
