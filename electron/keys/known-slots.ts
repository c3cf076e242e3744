import { z } from 'zod'
import { readJson } from '../../db/json.ts'
import type { CommandContext, Db, Trx } from '../rpc/context.ts'
import { writeOrganizationSetting } from '../rpc/organization-setting.ts'
import type { KeyFile, Slot } from './key-file.ts'

const settingKey = 'access.keys'

const knownSchema = z.object({
  keyId: z.string(),
  /** The id of each person's newest slot. */
  passwords: z.record(z.string(), z.string()),
  recovery: z.string().nullable(),
  /** No slot of the keychain from before this one opens the data unasked. */
  keychain: z.string().nullable(),
})

/** What the data has seen of its key file: the newest slots under its key. A key file of an earlier day has older ones. */
export type KnownSlots = z.output<typeof knownSchema>

/** Which slot has opened the data: `userId` is null for the recovery code. */
export type OpenedBy = {
  readonly keyId: string
  readonly slotId: string
  readonly kind: Slot['kind']
  readonly userId: string | null
}

/** Reads what the data has seen; null where it has seen nothing yet. */
export const readKnownSlots = async (db: Db | Trx): Promise<KnownSlots | null> => {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('organizationId', 'is', null)
    .where('userId', 'is', null)
    .where('key', '=', settingKey)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return row === undefined ? null : readJson(knownSchema, row.value)
}

// Ids sort by when they were made, see `idAfter`.
const newer = (one: string | null | undefined, other: string): string =>
  typeof one === 'string' && one > other ? one : other

const lastOf = (slots: readonly Pick<Slot, 'id'>[]): string =>
  slots
    .map(({ id }) => id)
    .sort()
    .at(-1) ?? ''

/**
 * What the data knows once it has seen a key file. Whoever has two passwords there is left as they were: a change was cut
 * off, and which of them holds shows at their next sign-in. Another key begins anew.
 */
export const withSlotsOf = (before: KnownSlots | null, { keyId, slots }: KeyFile): KnownSlots => {
  const known = before?.keyId === keyId ? before : null
  const passwords: Record<string, string> = { ...known?.passwords }
  let recovery = known?.recovery ?? null
  const people = slots.flatMap((slot) => (slot.kind === 'password' ? [slot.userId] : []))
  for (const slot of slots) {
    if (slot.kind === 'recovery') recovery = newer(recovery, slot.id)
    if (slot.kind !== 'password' || people.filter((id) => id === slot.userId).length > 1) continue
    passwords[slot.userId] = newer(passwords[slot.userId], slot.id)
  }
  // Without one all are over that came before the newest slot: a new password ends them.
  const inKeychain = slots.filter(({ kind }) => kind === 'keychain')
  const newest = lastOf(inKeychain.length > 0 ? inKeychain : slots)
  return { keyId, passwords, recovery, keychain: newer(known?.keychain, newest) }
}

/** The newer slot that the data has seen in the place of the one that opened it; null where that is the newest, or unknown. */
export const newerThan = (known: KnownSlots | null, { keyId, slotId, kind, userId }: OpenedBy): string | null => {
  if (known === null || known.keyId !== keyId) return null
  const { passwords, recovery, keychain } = known
  const newest = { password: passwords[userId ?? ''], recovery, keychain, token: null }[kind] ?? null
  return newest !== null && slotId < newest ? newest : null
}

/** Keeps what there is to be seen in a key file, in the transaction of a command; says whether that was anything new. */
export const keepKnownSlots = async ({ trx, ids, now }: CommandContext, file: KeyFile): Promise<boolean> => {
  const before = await readKnownSlots(trx)
  const after = withSlotsOf(before, file)
  if (JSON.stringify(before) === JSON.stringify(after)) return false
  await writeOrganizationSetting(trx, { organizationId: null, now, id: ids.next() }, settingKey, after)
  return true
}

/** Whether there is anything to be seen in a key file that the data does not know yet. */
export const knowsSlotsOf = (known: KnownSlots | null, file: KeyFile): boolean =>
  JSON.stringify(known) === JSON.stringify(withSlotsOf(known, file))

const timeDigits = 12
const startsWithTime = /^[0-9a-f]{8}-[0-9a-f]{4}-/

/**
 * An id that sorts after those of all slots of a file: one that a clock made which was ahead must not make what comes
 * after it look older.
 */
export const idAfter = (id: string, slots: readonly Pick<Slot, 'id'>[]): string => {
  const last = lastOf(slots)
  if (id > last || !startsWithTime.test(last)) return id
  const time = Number.parseInt(last.replace('-', '').slice(0, timeDigits), 16) + 1
  const digits = time.toString(16).padStart(timeDigits, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}${id.slice(timeDigits + 1)}`
}
