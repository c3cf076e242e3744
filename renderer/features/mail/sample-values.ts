import { formatAmount } from '../../../shared/money/format.ts'
import { amount } from '../../../shared/money/scaled.ts'

// Latin digits and the Gregorian calendar in every language, as the papers and messages that go out have them.
const paperLocale = (language: string) =>
  new Intl.Locale(language, { numberingSystem: 'latn', calendar: 'gregory' }).toString()

/** What an invented document puts into a template, in a language: for the preview beside the editor. */
export const sampleValues = (facts: {
  readonly language: string
  readonly currency: string
  readonly business: string
  readonly sender: string | null
  readonly today: string
  /** As a reminder needs it: the invoice was due eight days ago. */
  readonly isLate?: boolean
}): Readonly<Record<string, string>> => {
  const { currency, business, today, isLate = false } = facts
  const language = paperLocale(facts.language)
  const money = (units: bigint) => formatAmount(amount(units), currency, language)
  const words = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  const start = Date.parse(`${today}T12:00:00Z`)
  const day = (later: number) => words.format(start + later * 86_400_000)
  return {
    'client.name': 'Rosewood Bakery',
    'client.contactName': 'Rosa Baker',
    'client.number': 'C0012',
    'invoice.number': 'INV-0042',
    'invoice.issuedOn': day(isLate ? -38 : 0),
    'invoice.dueOn': day(isLate ? -8 : 30),
    'invoice.total': money(12_480_000n),
    'invoice.paid': '',
    'invoice.balance': money(12_480_000n),
    'invoice.reference': 'PO 7781',
    'invoice.paymentLink': '',
    'quote.number': 'QUO-0017',
    'quote.issuedOn': day(0),
    'quote.validUntil': day(30),
    'quote.total': money(12_480_000n),
    'quote.reference': 'PO 7781',
    'creditNote.number': 'CN-0003',
    'creditNote.issuedOn': day(0),
    'creditNote.total': money(1_200_000n),
    'creditNote.invoiceNumber': 'INV-0042',
    'creditNote.reason': 'Two boxes came damaged',
    'creditNote.reference': 'PO 7781',
    'reminder.fee': money(400_000n),
    'reminder.daysOverdue': '8',
    'statement.from': day(-30),
    'statement.to': day(0),
    'statement.balance': money(18_720_000n),
    'statement.overdue': money(6_240_000n),
    'business.name': business,
    'business.email': 'office@example.com',
    'business.phone': '+44 20 7946 0000',
    'business.website': 'www.example.com',
    'business.bankDetails': `${business}\nIBAN GB33BUKB20201555555555\nBIC BUKBGB22`,
    'sender.name': facts.sender === null || facts.sender === business ? '' : facts.sender,
  }
}
