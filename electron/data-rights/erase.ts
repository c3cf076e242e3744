import { sql } from 'kysely'
import { toJson } from '../../db/json.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { Input } from '../../shared/contract/procedure.ts'
import { todayIn } from '../../shared/dates.ts'
import { AppError } from '../../shared/errors.ts'
import { rawRows } from '../features/raw-rows.ts'
import { recordSecurityEvent } from '../people/security-events.ts'
import type { CommandContext } from '../rpc/context.ts'
import { getRow } from '../rpc/rows.ts'
import { commitDocuments } from './commit-documents.ts'
import { findRows } from './find.ts'
import { forget } from './forget.ts'
import { forgetRecord } from './forget-record.ts'
import { measure } from './measure.ts'
import { subjectActivity } from './subject.ts'

/** The job that removes files from the disk after an erasure. */
export const erasedFilesJob = 'data-rights.files'

type EraseInput = Input<(typeof contract)['dataRights']['erase']>

const leaves = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : []
}

// Shorter ones are country codes and the like: found in any text.
const shortest = 4

// What says who the person is, as the rows have it now.
const valuesOf = async ({ trx }: CommandContext, ids: readonly string[]): Promise<string[]> => {
  const list = sql.join(ids)
  const rows = await rawRows<{ value: string | null }>(
    trx,
    sql`SELECT value FROM (
      SELECT json_array(name, email, phone, website, address_line1, address_line2, city, summary, electronic_address, legal_id,
        buyer_reference, json(tax_ids), json(delivery_address)) AS value FROM clients WHERE id IN (${list})
      UNION ALL SELECT json_array(name, email, phone) FROM client_contacts WHERE client_id IN (${list})
      UNION ALL SELECT json_array(content) FROM client_notes WHERE client_id IN (${list}))`,
  )
  const texts = rows.flatMap(({ value }) => leaves(JSON.parse(value ?? '[]')))
  return [...new Set(texts)].filter((text) => text.length >= shortest && text !== 'person' && text !== 'company')
}

const assertMeant = (input: EraseInput, client: { readonly code: string; readonly name: string }) => {
  if (input.confirmation !== client.code) {
    const message = `Type ${client.code} to erase this client.`
    throw new AppError('VALIDATION', message, { fields: { confirmation: message } })
  }
  const words = client.name.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  const said = new Set(input.reason.toLowerCase().split(/[^\p{L}\p{N}]+/u))
  const named = words.find((word) => word.length >= shortest && said.has(word))
  if (named === undefined) return
  const message = `Leave "${named}" out: the reason stays for good and must not say who it was.`
  throw new AppError('VALIDATION', message, { fields: { reason: message } })
}

const assertNothingGoesOut = async ({ trx }: CommandContext, ids: readonly string[]) => {
  const sending = await trx
    .selectFrom('outboxMessages')
    .select('id')
    .where('clientId', 'in', [...ids])
    .where('state', '=', 'sending')
    .executeTakeFirst()
  if (sending !== undefined) {
    throw new AppError('INVALID_STATE', 'A message to this client is being sent right now. Try again in a minute.')
  }
}

/**
 * Erases what is known of a client; issued documents and payments that the law keeps stay as they are. All of it or
 * nothing. AppError VALIDATION for a wrong code or a reason with the name, CONFLICT if the client changed since.
 */
export const erase = async (context: CommandContext, input: EraseInput) => {
  const { trx, organizationId, userId, timezone, now } = context
  const client = await getRow(trx, 'clients', organizationId, input.clientId, 'client')
  if (client.version !== input.version) {
    throw new AppError('CONFLICT', 'Somebody changed this client in the meantime. Look again what would be erased.', {
      details: { yours: { version: input.version }, current: client },
    })
  }
  assertMeant(input, client)
  const found = await measure(trx, organizationId, client.id, todayIn(timezone, now))
  await assertNothingGoesOut(context, found.ids)
  const values = await valuesOf(context, found.ids)
  const row = {
    ...context.newRow(),
    clientId: client.id,
    clientCode: client.code,
    userId,
    askedBy: input.askedBy,
    reason: input.reason,
    counts: toJson(found.counts),
    keptCount: found.keptCount,
    retainedUntil: found.retainedUntil,
    rule: `${found.rule.years} years: ${found.rule.source}`,
  }
  await trx.insertInto('erasures').values(row).execute()
  await findRows(context, { erasureId: row.id, tables: found.tables, lastFreeOn: found.lastFreeOn })
  const name = `Erased client ${client.code}`
  await commitDocuments(context, row.id)
  await forget({ context, erasureId: row.id, name }, subjectActivity(found.ids))
  await context.record({
    kind: 'client.erased',
    entity: 'client',
    entityId: client.id,
    clientId: client.id,
    data: { code: client.code, kept: found.keptCount },
  })
  await recordSecurityEvent(trx, {
    at: now,
    organizationId,
    userId,
    deviceId: context.deviceId,
    kind: 'erased',
    data: { client: client.code },
  })
  // Last: what was changed until here is on record with its old values.
  await forgetRecord(context, row.id, values)
  await context.enqueue({ kind: erasedFilesJob, subjectId: row.id })
  return row
}
