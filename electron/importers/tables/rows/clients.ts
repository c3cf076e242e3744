import type { Address, TaxId } from '../../../../shared/contract/fields.ts'
import { checkLabelledId } from '../../../../shared/tax/ids/index.ts'
import type { Cells } from '../cells.ts'
import type { ClientRecord } from '../records.ts'

const companyWords =
  /\b(ltd|limited|llc|llp|inc|corp|gmbh|ag|kg|ug|bv|nv|sa|sas|sarl|srl|spa|oy|ab|aps|pty|plc|co|company|group|& sons)\b\.?/i

/** An address from the fields of one prefix; a first line with breaks fills the second too. */
export const addressFrom = (cells: Cells, prefix: string): Address => {
  const [first = '', ...rest] = cells.raw(`${prefix}Line1`).split(/\r\n|\r|\n/)
  const second = cells.line(`${prefix}Line2`, 200)
  return {
    line1: rest.length === 0 ? cells.line(`${prefix}Line1`, 200) : first.trim().slice(0, 200) || null,
    line2: second ?? (rest.join(', ').replace(/\s+/g, ' ').trim().slice(0, 200) || null),
    city: cells.line(`${prefix}City`, 100),
    region: cells.line(`${prefix}Region`, 100),
    postalCode: cells.line(`${prefix}PostalCode`, 30),
    country: cells.country(`${prefix}Country`),
  }
}

const isEmpty = (address: Address) => Object.values(address).every((part) => part === null)

// The name that the number has in its country, from that of the column: by it the check is chosen.
const labels: readonly (readonly [RegExp, string])[] = [
  [/gstin/i, 'GSTIN'],
  [/\babn\b/i, 'ABN'],
  [/\bein\b/i, 'EIN'],
  [/vat|ust|mwst|\btva\b|\biva\b|\bbtw\b|moms/i, 'VAT'],
]

const checkedId = (cells: Cells, value: string, country: string | null): TaxId => {
  const header = cells.headerOf('vatId')
  const label = labels.find(([pattern]) => pattern.test(header))?.[1] ?? 'Tax number'
  const check = checkLabelledId(label, country, value)
  if (check.ok) return { label, value }
  // The old books took it, so it comes in as it is, with a word on why.
  cells.problem('vatId', `${check.problem} It is kept as it stands.`, false)
  return { label, value, keptReason: 'As in the imported file' }
}

const taxIdsFrom = (cells: Cells, country: string | null): TaxId[] => {
  const ids: TaxId[] = []
  const vat = cells.line('vatId', 60)
  if (vat !== null) ids.push(checkedId(cells, vat, country))
  const registration = cells.line('registration', 60)
  if (registration !== null) ids.push({ label: 'Registration', value: registration })
  return ids
}

/** Days of payment terms in a text: `30`, `Net 30`, `Due on receipt`; null for none that is understood. */
export const termsOf = (text: string): number | null => {
  if (/receipt|immediate|sofort|cash on/i.test(text)) return 0
  const days = /(\d{1,4})/.exec(text)?.[1]
  const count = days === undefined ? null : Number(days)
  return count === null || count > 3650 ? null : count
}

const termsFrom = (cells: Cells) => {
  const text = cells.raw('terms')
  if (text === '') return null
  const days = termsOf(text)
  if (days === null) cells.problem('terms', `"${text}" says no number of days, so it is left out.`, false)
  return days
}

const kindOf = (cells: Cells, company: string | null, name: string, hasPerson: boolean): 'person' | 'company' => {
  const said = cells.raw('kind').toLowerCase()
  if (/individual|person|private/.test(said)) return 'person'
  if (/business|company|organi[sz]ation/.test(said)) return 'company'
  if (company !== null || companyWords.test(name)) return 'company'
  // A name that is the first and last name of its contact is a person's.
  return hasPerson ? 'person' : 'company'
}

const notesFrom = (cells: Cells) => {
  const notes = [cells.long('notes', 4000), cells.long('notes2', 4000)].filter((text) => text !== null)
  return notes.length === 0 ? null : notes.join('\n\n').slice(0, 4000)
}

const contactFrom = (cells: Cells, person: string, name: string): ClientRecord['contact'] => {
  const contactName = cells.line('contactName', 100) ?? (person === '' ? null : person.slice(0, 100))
  const email = cells.email('contactEmail')
  const phone = cells.line('contactPhone', 40)
  if (contactName === null || (contactName === name && email === null && phone === null)) return null
  return { name: contactName, email: email ?? cells.email('email'), phone }
}

/** The client that a row holds; null where it is refused. */
export const clientFrom = (cells: Cells): ClientRecord | null => {
  const given = cells.line('name', 200)
  const company = cells.line('company', 200)
  const person = [cells.line('firstName', 100), cells.line('lastName', 100)].filter(Boolean).join(' ')
  const name = given ?? company ?? (person || null)
  if (name === null) {
    cells.problem('name', 'The row has no name: neither a client, a company nor a person.', true)
    return null
  }
  const delivery = addressFrom(cells, 'delivery')
  const contact = contactFrom(cells, person, name)
  const address = addressFrom(cells, 'address')
  return {
    row: cells.rowNumber(),
    name,
    kind: kindOf(
      cells,
      company !== null && company !== person ? company : null,
      name,
      person !== '' && person === name,
    ),
    code: cells.line('code', 30),
    email: cells.email('email') ?? contact?.email ?? null,
    phone: cells.line('phone', 40) ?? contact?.phone ?? null,
    website: cells.line('website', 200),
    address,
    delivery: isEmpty(delivery) ? null : delivery,
    taxIds: taxIdsFrom(cells, address.country),
    currency: cells.currency('currency'),
    terms: termsFrom(cells),
    notes: notesFrom(cells),
    archived: isArchived(cells.raw('status')),
    contact,
  }
}

/** Whether a status or an "enabled" column says that it is no longer used. */
export const isArchived = (text: string): boolean => /^(inactive|archived|disabled|deleted|false|0|no|n)$/i.test(text)
