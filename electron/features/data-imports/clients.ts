import type { ClientRecord } from '../../importers/tables/records.ts'
import { sortNameOf } from '../sort-name.ts'
import { openClientBook } from './client-book.ts'
import { insertClients, insertContacts, type NewClient, updateClient } from './client-rows.ts'
import type { Importer, Work } from './work.ts'

const detailsOf = (record: ClientRecord) => [
  record.email,
  record.phone,
  [record.address.line1, record.address.postalCode, record.address.city, record.address.country]
    .filter((part) => part !== null)
    .join(', '),
  ...record.taxIds.map((id) => `${id.label} ${id.value}`),
  record.currency,
]

/** Takes clients in: new ones in bulk, known ones as the person chose. */
export const createClientImport = async (work: Work): Promise<Importer<ClientRecord>> => {
  const { command, organization, plan, tally } = work
  const book = await openClientBook(work.db, organization.id)

  const makeNew = (record: ClientRecord, sortName: string): NewClient => {
    const made = { id: work.ids.next(), code: book.freeCode(record.code), sortName, record }
    book.add(
      { id: made.id, name: record.name, currency: record.currency, row: record.row },
      { sortName, code: made.code, email: record.email, taxIds: record.taxIds },
    )
    tally.made.clients += 1
    if (record.contact !== null) tally.made.contacts += 1
    tally.sample(record.row, record.name, () => detailsOf(record))
    return made
  }

  const take = async (records: readonly ClientRecord[]) => {
    const made: NewClient[] = []
    const updates: { readonly id: string; readonly record: ClientRecord }[] = []
    for (const record of records) {
      const { code, email, taxIds } = record
      const sortName = sortNameOf(record.name)
      const match = book.match({ sortName, code, email, taxIds })
      const action = match === null ? 'create' : plan.duplicates[match.group]
      tally.decided(action, record.row, record.name, match)
      if (action === 'create') made.push(makeNew(record, sortName))
      if (action !== 'update') continue
      const id = match?.existingId ?? book.find(record.name, record.email, null)?.id
      if (id !== undefined) updates.push({ id, record })
    }
    if (command === null) return
    await insertClients(command, made)
    await insertContacts(
      command,
      made.flatMap(({ id, record }) => (record.contact === null ? [] : [{ clientId: id, contact: record.contact }])),
    )
    for (const { id, record } of updates) await updateClient(command, id, record)
  }

  return { take, finish: () => Promise.resolve() }
}
