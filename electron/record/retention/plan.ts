import { sql } from 'kysely'
import { hex } from '../../../db/record/effect.ts'
import { todayIn } from '../../../shared/dates.ts'
import { rawRows } from '../../features/raw-rows.ts'
import type { Db } from '../../rpc/handles.ts'
import { verifyLog } from '../verify.ts'
import { type Checkpoint, newestCheckpoint, type Root, readCheckpoint } from './checkpoint.ts'
import { changesBetween } from './cut.ts'
import { shapesNow, stateAt } from './state-at.ts'

export type PlanInput = {
  /** The last command to be removed. */
  readonly command: number
  /** Heads known from elsewhere, as for a verification. */
  readonly heads: readonly string[]
}

/** What the checkpoint will say but for the key; or the words of what is wrong with the record. */
export type PlannedCut =
  | { readonly problem: string }
  | { readonly problem: null; readonly checkpoint: Omit<Checkpoint, 'publicKey'> }

const pageOf = 2000

type Gone = { readonly deviceId: string; readonly seq: number; readonly at: string; readonly hash: Uint8Array }

const keyAt = async (db: Db, deviceId: string, seq: number): Promise<string> => {
  const row = await db
    .selectFrom('chainEntries')
    .select('body')
    .where('deviceId', '=', deviceId)
    .where('kind', '<>', 'command')
    .where('seq', '<=', seq)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) {
    // Nothing since the last cut: the key is still that of then.
    const devices = (await newestCheckpoint(db))?.cut.devices
    return devices?.find(({ device }) => device === deviceId)?.publicKey ?? ''
  }
  // Each entry that is no command names the key from there on.
  const body = JSON.parse(row.body ?? '{}') as { readonly publicKey?: string }
  return body.publicKey ?? ''
}

const devicesAt = async (db: Db, command: number) => {
  const ends = await rawRows<{ device: string; seq: number }>(
    db,
    sql`SELECT device_id AS device, max(seq) AS seq FROM chain_entries WHERE command_seq <= ${command} GROUP BY device_id ORDER BY device_id`,
  )
  const devices: Checkpoint['cut']['devices'] = []
  for (const { device, seq } of ends) {
    const { hash } = await db
      .selectFrom('chainEntries')
      .select('hash')
      .where('deviceId', '=', device)
      .where('seq', '=', seq)
      .executeTakeFirstOrThrow()
    devices.push({ device, hash: hex(hash), publicKey: await keyAt(db, device, seq), seq })
  }
  return devices
}

// A day ends at another instant in another time zone: each business prints its own. What is known from elsewhere is kept
// too, or it would be missed later.
const rootsOf = async (db: Db, device: string, until: number, heads: readonly string[]) => {
  const zones = await db.selectFrom('organizations').select('timezone').distinct().execute()
  const roots = new Map<number, Root>()
  let entries = 0
  let last: { readonly root: Root; readonly minute: string; readonly days: readonly string[] } | null = null
  for (let after = 0; ; ) {
    const page = await rawRows<Gone>(
      db,
      sql`SELECT device_id, seq, at, hash FROM chain_entries WHERE device_id = ${device} AND seq > ${after} AND seq <= ${until}
        ORDER BY seq LIMIT ${pageOf}`,
    )
    for (const { seq, at, hash } of page) {
      const minute = at.slice(0, 16)
      const days: readonly string[] =
        last?.minute === minute ? last.days : zones.map(({ timezone }) => todayIn(timezone, at))
      if (last !== null && days.some((day, index) => day !== last?.days[index])) roots.set(last.root.seq, last.root)
      last = { root: { at, device, hash: hex(hash), seq }, minute, days }
      if (heads.includes(last.root.hash)) roots.set(seq, last.root)
      entries += 1
    }
    const end = page.at(-1)
    if (end === undefined) break
    after = end.seq
  }
  if (last !== null) roots.set(last.root.seq, last.root)
  return { entries, roots: [...roots.values()] }
}

// The roots of what went earlier go on with the checkpoint that takes its place.
const earlierRoots = async (db: Db, device: string, until: number) => {
  const rows = await db
    .selectFrom('chainEntries')
    .select('body')
    .where('kind', '=', 'checkpoint')
    .where('kind', '<>', 'command')
    .where('deviceId', '=', device)
    .where('seq', '<=', until)
    .execute()
  return rows.flatMap(({ body }) => readCheckpoint(body)?.roots ?? [])
}

/** Checks the whole record, and puts together what a checkpoint must say of everything up to a command. */
export const planCut = async (db: Db, { command, heads }: PlanInput): Promise<PlannedCut> => {
  const { problems, takeovers } = await verifyLog(db, heads)
  if (problems[0] !== undefined) return { problem: problems[0].text }
  const [last] = await rawRows<{ at: string }>(
    db,
    sql`SELECT at FROM commands WHERE seq <= ${command} ORDER BY seq DESC LIMIT 1`,
  )
  const devices = await devicesAt(db, command)
  let entries = 0
  const roots: Root[] = []
  for (const { device, seq } of devices) {
    roots.push(...(await earlierRoots(db, device, seq)))
    const found = await rootsOf(db, device, seq, heads)
    entries += found.entries
    roots.push(...found.roots)
  }
  const changes = await changesBetween(db, 0, command)
  const state = await stateAt(db, command, await shapesNow(db), { before: true })
  const seqOf = new Map(devices.map(({ device, seq }) => [device, seq]))
  const gone = takeovers
    .filter(({ deviceId, seq }) => seq <= (seqOf.get(deviceId) ?? 0))
    .map(({ at, deviceId: device, previousKey, publicKey, seq }) => ({ at, device, previousKey, publicKey, seq }))
  const cut = {
    ...{ command, at: last?.at ?? '', devices, entries, changes },
    ...(gone.length === 0 ? {} : { takeovers: gone }),
  }
  return { problem: null, checkpoint: { cut, roots, state } }
}
