import { sql } from 'kysely'
import { toJson } from '../../db/json.ts'
import { mark } from '../../db/record/personal-columns.ts'
import { AppError, notFound } from '../../shared/errors.ts'
import { rawRows } from '../features/raw-rows.ts'
import type { CommandContext, Db, Trx } from '../rpc/context.ts'
import { byName } from './by-name.ts'
import { type Found, forgetChanges } from './forget-changes.ts'
import { recordSecurityEvent } from './security-events.ts'
import { assertOwnsWorkstation, ownsWorkstation } from './workstation.ts'

/** The job that removes files from the disk after an erasure. */
const erasedFilesJob = 'data-rights.files'

const standInFor = (count: number) => `Somebody who left ${count}`

// Who comes in nowhere: kept out of the workstation, or without a place in any business.
const whoLeft = (db: Db | Trx) =>
  db
    .selectFrom('users as u')
    .select(['u.id', 'u.name', 'u.email', 'u.color', 'u.status', 'u.lastLoginAt'])
    .where('u.deletedAt', 'is', null)
    .where(({ or, eb, not, exists, selectFrom }) =>
      or([
        eb('u.status', '=', 'inactive'),
        not(
          exists(
            selectFrom('memberships as m')
              .innerJoin('organizations as o', 'o.id', 'm.organizationId')
              .select('m.id')
              .whereRef('m.userId', '=', 'u.id')
              .where('m.deletedAt', 'is', null)
              .where('o.deletedAt', 'is', null),
          ),
        ),
      ]),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('personErasures as p').select('p.id').whereRef('p.userId', '=', 'u.id'))),
    )

/** Who worked here and can be erased, for whoever owns the workstation; for others nobody. */
export const erasablePeople = async (db: Db | Trx, actorId: string | null) => {
  if (!(await ownsWorkstation(db, actorId))) return []
  const people = await whoLeft(db)
    .where('u.id', '<>', actorId ?? '')
    .orderBy('u.id')
    .execute()
  return people.sort(byName)
}

type Person = { readonly id: string; readonly name: string; readonly email: string | null }

const erasable = async ({ trx, userId }: CommandContext, id: string): Promise<Person> => {
  await assertOwnsWorkstation(
    trx,
    userId,
    'Only an owner of this workstation, which is an owner of its first business, can erase somebody. Ask one of them.',
  )
  if (id === userId) throw new AppError('INVALID_STATE', 'This is you: somebody else has to do it, once you have left.')
  const user = await trx
    .selectFrom('users')
    .select('id')
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  if (user === undefined) throw notFound('person', id)
  const left = await whoLeft(trx).where('u.id', '=', id).executeTakeFirst()
  if (left !== undefined) return left
  throw new AppError(
    'INVALID_STATE',
    'Keep this person out first: who still comes in, or is erased already, is not erased.',
  )
}

const assertMeant = (confirmation: string, { name }: Person) => {
  if (confirmation.trim() === name.trim()) return
  const message = `Type ${name} to erase this person.`
  throw new AppError('VALIDATION', message, { fields: { confirmation: message } })
}

const idsOf = async ({ trx }: CommandContext, table: string, where: ReturnType<typeof sql<boolean>>) =>
  (await rawRows<{ id: string }>(trx, sql`SELECT id FROM ${sql.table(table)} WHERE ${where}`)).map(({ id }) => id)

// As it stands in JSON, between quotes: what is part of another word is not theirs.
const saidIn = (column: string, text: string | null) =>
  text === null ? sql<boolean>`0` : sql<boolean>`instr(${sql.ref(column)}, ${JSON.stringify(text)}) > 0`

// A name can be that of a client as well: rows are theirs by id and by address.
const findAll = async (context: CommandContext, { id, email }: Person): Promise<Found[]> => [
  { table: 'users', ids: [id] },
  {
    table: 'account_managers',
    ids: await idsOf(
      context,
      'account_managers',
      sql<boolean>`user_id = ${id} OR (email IS NOT NULL AND email = ${email})`,
    ),
  },
  {
    table: 'attachments',
    ids: await idsOf(context, 'attachments', sql<boolean>`entity = 'user' AND entity_id = ${id}`),
  },
  { table: 'notifications', ids: await idsOf(context, 'notifications', saidIn('data', email)) },
]

// What proves who somebody is, and where they came in: nothing of it is part of the record.
const proofs = ['sessions', 'trustedDevices', 'mfaMethods', 'recoveryCodes', 'accessTokens', 'signInAttempts'] as const

const forgetRows = async ({ trx, now }: CommandContext, { id }: Person, standIn: string, found: readonly Found[]) => {
  const ids = (table: string) => found.find((it) => it.table === table)?.ids ?? []
  for (const table of proofs) await trx.deleteFrom(table).where('userId', '=', id).execute()
  const stamp = sql`updated_at = ${now}, version = version + 1`
  await sql`UPDATE users SET name = ${standIn}, email = NULL, password_hash = NULL, pin_hash = NULL, must_change_password = 0,
    color = NULL, avatar_attachment_id = NULL, last_login_at = NULL, status = 'inactive', ${stamp} WHERE id = ${id}`.execute(
    trx,
  )
  // A last owner stays: the table says so itself.
  await sql`UPDATE memberships SET deleted_at = ${now}, ${stamp} WHERE user_id = ${id} AND deleted_at IS NULL`.execute(
    trx,
  )
  const gone = sql`deleted_at = coalesce(deleted_at, ${now})`
  const of = (table: string) => sql`WHERE id IN (${sql.join(ids(table))})`
  if (ids('account_managers').length > 0) {
    await sql`UPDATE account_managers SET name = ${standIn}, email = NULL, ${stamp} ${of('account_managers')}`.execute(
      trx,
    )
  }
  if (ids('attachments').length > 0) {
    await sql`UPDATE attachments SET file_name = ${mark}, ${gone}, ${stamp} ${of('attachments')}`.execute(trx)
  }
  if (ids('notifications').length > 0) {
    await sql`UPDATE notifications SET data = '{}', ${gone}, ${stamp} ${of('notifications')}`.execute(trx)
  }
}

// What timelines tell, and answers that a repeated call would get again: whoever repeats one then learns that it was done.
const forgetTold = async ({ trx }: CommandContext, { name, email }: Person, standIn: string) => {
  await sql`UPDATE activity AS t SET data = (SELECT json_group_object(j.key, CASE
      WHEN j.type = 'text' AND j.value = ${email} THEN ${standIn}
      WHEN j.type IN ('object', 'array') THEN json(j.value)
      WHEN j.type IN ('true', 'false') THEN json(j.type) ELSE j.value END) FROM json_each(t.data) j)
    WHERE ${saidIn('data', email)}`.execute(trx)
  await sql`UPDATE commands SET result = NULL WHERE result IS NOT NULL AND (${saidIn('result', email)}
    OR (${saidIn('result', name)} AND (procedure GLOB 'users.*' OR procedure GLOB 'accountManagers.*')))`.execute(trx)
}

/**
 * Erases who somebody was that worked here: name, address, picture, everything they came in with. What they did stays, under
 * a name that stands for them. All of it or nothing. AppError FORBIDDEN, INVALID_STATE for whoever has not left, VALIDATION
 * for another name.
 */
export const erasePerson = async (
  context: CommandContext,
  input: { readonly id: string; readonly confirmation: string },
): Promise<{ id: string; standIn: string }> => {
  const { trx, organizationId, userId, deviceId, ids, now } = context
  const person = await erasable(context, input.id)
  assertMeant(input.confirmation, person)
  const found = await findAll(context, person)
  const { count } = await trx
    .selectFrom('personErasures')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const erasureId = ids.next()
  const standIn = standInFor(Number(count) + 1)
  await trx
    .insertInto('personErasures')
    .values({
      id: erasureId,
      // Where it was asked for: its record tells of it.
      organizationId,
      createdAt: now,
      updatedAt: now,
      userId: person.id,
      erasedById: userId,
      standIn,
      found: toJson(found.flatMap(({ table, ids: rows }) => rows.map((row) => `${table} ${row}`))),
    })
    .execute()
  await forgetRows(context, person, standIn, found)
  await forgetTold(context, person, standIn)
  const data = { person: person.id, standIn }
  await recordSecurityEvent(trx, { at: now, organizationId, userId, deviceId, kind: 'erased', data })
  // Last: what was changed until here is on record with its old values.
  await forgetChanges(context, erasureId, found)
  await context.enqueue({ kind: erasedFilesJob, subjectId: erasureId })
  return { id: person.id, standIn }
}
