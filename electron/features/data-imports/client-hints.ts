import type { ClientHint, ClientRecord } from '../../importers/tables/records.ts'
import { sortNameOf } from '../sort-name.ts'
import type { ClientBook, KnownClient } from './client-book.ts'
import { insertClients } from './client-rows.ts'
import type { Work } from './work.ts'

const recordFrom = (hint: ClientHint, row: number): ClientRecord => ({
  row,
  name: hint.name,
  kind: 'company',
  code: null,
  email: hint.email,
  phone: null,
  website: null,
  address: hint.address,
  delivery: null,
  taxIds: hint.vatId === null ? [] : [{ label: 'Tax number', value: hint.vatId }],
  currency: null,
  terms: null,
  notes: null,
  archived: false,
  contact: null,
})

/** The client that a document of a file names; made from what the file says where there is none. */
export const clientFor = async (work: Work, book: ClientBook, hint: ClientHint, row: number): Promise<KnownClient> => {
  const known = book.find(hint.name, hint.email, hint.vatId)
  if (known !== null) return known
  const record = recordFrom(hint, row)
  const made = { id: work.ids.next(), code: book.freeCode(null), sortName: sortNameOf(hint.name), record }
  const client = { id: made.id, name: hint.name, currency: null, row }
  book.add(client, { sortName: made.sortName, code: made.code, email: hint.email, taxIds: record.taxIds })
  work.tally.made.clients += 1
  if (work.command !== null) await insertClients(work.command, [made])
  return client
}
