import { createHash, randomBytes } from 'node:crypto'
import type { IdSource } from '../../shared/ids.ts'
import type { Db, Trx } from '../rpc/handles.ts'

export type TokenPurpose = 'invitation' | 'reset'

/** How long an invitation or a reset can be used. */
export const tokenHours = 24

// Letters and figures that are not misread; five bits each.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

const asLetters = (bytes: Uint8Array): string => {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

const groupOf = 4

/** 32 random bytes as groups of letters and figures, for a person to hand on. */
export const newToken = (): string =>
  (asLetters(randomBytes(32)).match(new RegExp(`.{1,${groupOf}}`, 'g')) ?? []).join('-')

/** A token as it was made, from what was typed or pasted: case, spaces and look-alike letters do not matter. */
export const readToken = (typed: string): string =>
  typed
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '')
    .replace(/[il]/g, '1')
    .replaceAll('o', '0')
    .replaceAll('u', 'v')

/** What of a token is kept: SHA-256 is enough for 256 random bits. */
export const hashToken = (token: string): string =>
  createHash('sha256')
    .update(`counterfoil token ${readToken(token)}`)
    .digest('hex')

const later = (at: string, milliseconds: number) => new Date(Date.parse(at) + milliseconds).toISOString()

type Made = { readonly id: string; readonly token: string; readonly expiresAt: string }

/** Makes a token for a person that is good once for a day; one of the same purpose that was open is cancelled. */
export const makeToken = async (
  trx: Trx,
  { ids, now }: { readonly ids: IdSource; readonly now: string },
  values: {
    readonly userId: string
    readonly organizationId: string | null
    readonly purpose: TokenPurpose
    readonly createdById: string | null
  },
): Promise<Made> => {
  await cancelTokens(trx, values.userId, now, values.purpose)
  const token = newToken()
  const expiresAt = later(now, tokenHours * 3_600_000)
  const id = ids.next()
  await trx
    .insertInto('accessTokens')
    .values({ id, ...values, tokenHash: hashToken(token), createdAt: now, expiresAt })
    .execute()
  return { id, token, expiresAt }
}

/** Cancels what is open of a person's tokens, of one purpose or all. */
export const cancelTokens = async (trx: Trx, userId: string, now: string, purpose?: TokenPurpose): Promise<void> => {
  let open = trx
    .updateTable('accessTokens')
    .set({ cancelledAt: now })
    .where('userId', '=', userId)
    .where('usedAt', 'is', null)
    .where('cancelledAt', 'is', null)
  if (purpose !== undefined) open = open.where('purpose', '=', purpose)
  await open.execute()
}

/** The name of the person that a token is for, whether it is still good or not; null for one that is unknown. */
export const nameOfToken = async (db: Db, typed: string): Promise<string | null> => {
  const row = await db
    .selectFrom('accessTokens as t')
    .innerJoin('users as u', 'u.id', 't.userId')
    .select('u.name')
    .where('t.tokenHash', '=', hashToken(typed))
    .executeTakeFirst()
  return row?.name ?? null
}

/** How many invitations and resets let somebody in now, in all businesses. */
export const countOpenTokens = async (db: Db, now: string): Promise<number> => {
  const { count } = await db
    .selectFrom('accessTokens')
    .innerJoin('users', 'users.id', 'accessTokens.userId')
    .select((it) => it.fn.countAll().as('count'))
    .where('accessTokens.purpose', 'in', ['invitation', 'reset'])
    .where('usedAt', 'is', null)
    .where('cancelledAt', 'is', null)
    .where('accessTokens.expiresAt', '>', now)
    .where('users.status', '=', 'active')
    .where('users.deletedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

type Found = {
  readonly id: string
  readonly userId: string
  readonly purpose: TokenPurpose
  readonly organizationId: string | null
}

/** Whom a token lets in and to what; null for one that is unknown, used, cancelled or past its day. */
export const findToken = async (db: Db | Trx, typed: string, now: string): Promise<Found | null> => {
  const row = await db
    .selectFrom('accessTokens')
    .innerJoin('users', 'users.id', 'accessTokens.userId')
    .select([
      'accessTokens.id',
      'accessTokens.userId',
      'accessTokens.purpose',
      'accessTokens.organizationId',
      'accessTokens.createdAt',
      'accessTokens.expiresAt',
    ])
    .where('tokenHash', '=', hashToken(typed))
    .where('usedAt', 'is', null)
    .where('cancelledAt', 'is', null)
    .where('users.status', '=', 'active')
    .where('users.deletedAt', 'is', null)
    .executeTakeFirst()
  if (row === undefined || row.purpose === 'email-code') return null
  // A clock that was set back does not make a day longer than it is.
  if (now >= row.expiresAt || now < row.createdAt) return null
  return { id: row.id, userId: row.userId, purpose: row.purpose, organizationId: row.organizationId }
}

/** Takes a token once; null for one that lets nobody in. */
export const takeToken = async (trx: Trx, typed: string, now: string): Promise<Found | null> => {
  const found = await findToken(trx, typed, now)
  if (found === null) return null
  await trx.updateTable('accessTokens').set({ usedAt: now }).where('id', '=', found.id).execute()
  return found
}
