import { z } from 'zod'
import { fromJson } from '../../../db/json.ts'
import { taxIdsSchema } from '../../../shared/contract/fields.ts'
import type { Db, Trx } from '../../rpc/context.ts'
import { sortNameOf } from '../sort-name.ts'
import type { Match } from './tally.ts'
import { breathe } from './work.ts'

export type KnownClient = {
  readonly id: string
  readonly name: string
  readonly currency: string | null
  /** Made by this very import, in this row. */
  readonly row: number | null
}

type Keys = {
  /** The name as it is sorted: `sortNameOf`. */
  readonly sortName: string
  readonly code: string | null
  readonly email: string | null
  readonly taxIds: readonly { readonly value: string }[]
}

/** The clients that are there, found in the ways that a file may name them; those that an import makes are added. */
export type ClientBook = {
  readonly match: (record: Keys) => Match | null
  /** By tax number, e-mail with name, name, e-mail: whom a document of the file is for. */
  readonly find: (name: string, email: string | null, vatId: string | null) => KnownClient | null
  readonly add: (client: KnownClient, keys: Keys) => void
  /** A client number that nobody has. */
  readonly freeCode: (wanted: string | null) => string
}

const plainId = (value: string) => (/[\s.-]/.test(value) ? value.replace(/[\s.-]/g, '') : value).toUpperCase()

type Indexes = Record<'codes' | 'taxIds' | 'emails' | 'names', Map<string, KnownClient>>

const addTo = (indexes: Indexes, client: KnownClient, keys: Keys) => {
  const keep = (map: Map<string, KnownClient>, key: string) => {
    // The first one stays: it is the one that the others are duplicates of.
    if (!map.has(key)) map.set(key, client)
  }
  if (keys.code !== null) keep(indexes.codes, keys.code)
  for (const { value } of keys.taxIds) keep(indexes.taxIds, plainId(value))
  if (keys.email !== null) keep(indexes.emails, keys.email.toLowerCase())
  keep(indexes.names, keys.sortName)
}

const pageSize = 2000

const load = async (db: Db | Trx, organizationId: string, indexes: Indexes): Promise<number> => {
  let count = 0
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('clients')
      .select(['id', 'name', 'sortName', 'code', 'email', 'taxIds', 'currency'])
      .where('organizationId', '=', organizationId)
      .where('deletedAt', 'is', null)
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    for (const { id, name, sortName, code, email, taxIds, currency } of rows) {
      const ids = taxIds === '[]' ? [] : z.parse(taxIdsSchema, fromJson(taxIds))
      addTo(indexes, { id, name, currency, row: null }, { sortName, code, email, taxIds: ids })
    }
    count += rows.length
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return count
    after = last.id
    await breathe()
  }
}

const foundAs = (group: Match['group'], known: KnownClient, what: string): Match => ({
  group: known.row === null ? group : 'in-file',
  reason: known.row === null ? `has the same ${what}` : `row ${known.row} has the same ${what}`,
  existingId: known.row === null ? known.id : null,
  existingName: known.name,
})

/** Reads all clients of an organization into a book. */
export const openClientBook = async (db: Db | Trx, organizationId: string): Promise<ClientBook> => {
  const indexes: Indexes = { codes: new Map(), taxIds: new Map(), emails: new Map(), names: new Map() }
  let nextCode = (await load(db, organizationId, indexes)) + 1

  const match: ClientBook['match'] = (record) => {
    const byCode = record.code === null ? undefined : indexes.codes.get(record.code)
    if (byCode !== undefined) return foundAs('number', byCode, 'client number')
    for (const { value } of record.taxIds) {
      const byTaxId = indexes.taxIds.get(plainId(value))
      if (byTaxId !== undefined) return foundAs('tax-id', byTaxId, 'tax number')
    }
    const byEmail = record.email === null ? undefined : indexes.emails.get(record.email.toLowerCase())
    const byName = indexes.names.get(record.sortName)
    // In one file two people may share a name, and colleagues an address: there only both together are the same.
    if (byEmail !== undefined && (byEmail.row === null || byEmail === byName))
      return foundAs('email', byEmail, 'e-mail')
    if (byName !== undefined && (byName.row === null || record.email === null)) return foundAs('name', byName, 'name')
    return null
  }

  const find: ClientBook['find'] = (name, email, vatId) => {
    const byName = indexes.names.get(sortNameOf(name))
    return (
      (vatId === null ? undefined : indexes.taxIds.get(plainId(vatId))) ??
      byName ??
      (email === null ? undefined : indexes.emails.get(email.toLowerCase())) ??
      null
    )
  }

  const freeCode: ClientBook['freeCode'] = (wanted) => {
    if (wanted !== null && !indexes.codes.has(wanted)) return wanted
    for (;;) {
      const code = `C${String(nextCode).padStart(4, '0')}`
      nextCode += 1
      if (!indexes.codes.has(code)) return code
    }
  }

  return { match, find, freeCode, add: (client, keys) => addTo(indexes, client, keys) }
}
