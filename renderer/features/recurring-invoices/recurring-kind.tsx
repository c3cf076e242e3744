import { fillContent, hasPeriodToken } from '../../../shared/documents/period-content.ts'
import { fillPeriod } from '../../../shared/documents/recurrence.ts'
import { api } from '../../api.ts'
import type { DocumentContent, DocumentLine } from '../../documents/document-content.ts'
import type { PaperKind } from '../../documents/document-kind.ts'
import { dueDate } from '../../documents/editor/draft-edits.ts'
import { useContent } from '../../documents/editor/editor-context.ts'
import paper from '../../documents/editor/paper.module.css'
import { CurrencyFact, Fact, ReferenceFact, TermsFact } from '../../documents/editor/paper-facts.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { usePeriod } from './period-context.ts'
import classes from './recurring.module.css'
import { scheduledContent } from './schedule-values.ts'

export type Period = { readonly from: string; readonly to: string }

/** Dates are the schedule's: the paper says which the next one bears. */
const DatesFact = () => {
  const formats = useFormats()
  const period = usePeriod()
  return (
    <Fact label="Date">
      <span className={paper['quiet']}>
        {period === null ? 'By the schedule' : `Next: ${formats.date(period.from)}`}
      </span>
    </Fact>
  )
}

const SupplyPeriodFact = () => {
  const formats = useFormats()
  const period = usePeriod()
  return (
    <Fact label="Supply">
      <span className={paper['quiet']}>
        {period === null || period.from === period.to
          ? 'The period'
          : `${formats.dayAndMonth(period.from)} – ${formats.date(period.to)}`}
      </span>
    </Fact>
  )
}

const NoItems = () => null

/** What the next invoice says in place of the tokens of a line. */
const FilledNote = ({ line }: { readonly line: DocumentLine }) => {
  const period = usePeriod()
  const language = useContent((content) => content.language)
  if (period === null) return null
  const texts = [line.name, line.description].filter((text) => hasPeriodToken(text))
  return (
    <p className={classes['filled']}>
      Next: {texts.map((text) => fillPeriod(text ?? '', period, language)).join(' · ')}
    </p>
  )
}

const asNext = (content: DocumentContent, period: Period | null, today: string) => {
  const on = period?.from ?? today
  const dated = { ...scheduledContent(content, on), supplyFrom: period?.from ?? null, supplyTo: period?.to ?? null }
  const filled = period === null ? dated : fillContent(dated, period)
  return { ...filled, dueOn: dueDate(filled) }
}

/** The paper of a schedule: an invoice without dates, previewed as the invoice of its next period. */
export const recurringKind = (period: Period | null, today: string): PaperKind => ({
  name: 'invoice',
  words: {
    one: 'invoice',
    title: 'Invoice',
    many: 'recurring invoices',
    stamp: 'REPEATS',
    addressee: 'Billed to',
    date: 'Invoice date',
    payable: 'Amount due',
    notesHint: 'Thank you for your business.',
    termsHint: 'How and until when to pay.',
  },
  facts: [DatesFact, TermsFact, SupplyPeriodFact, ReferenceFact, CurrencyFact],
  hasPrepaid: false,
  lines: {
    begin: (line) => line,
    Menu: NoItems,
    Note: FilledNote,
    hasNote: (line) => hasPeriodToken(line.name) || hasPeriodToken(line.description),
  },
  procedures: {
    blank: async (clientId) => {
      const { content, roundingMode, roundingScope } = await api.invoices.blank({ clientId })
      return { content, rounding: { mode: roundingMode, scope: roundingScope } }
    },
    preview: (content, options) => api.invoices.preview({ content: asNext(content, period, today) }, options),
  },
})
