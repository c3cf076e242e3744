import { setTimeout } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import type { Signer } from '../../../db/record/entry.ts'
import { bodyOf, nextEntry } from '../../../db/record/seal.ts'
import { rawRows } from '../../features/raw-rows.ts'
import { recordSecurityEvent } from '../../people/security-events.ts'
import type { CommandContext, Trx } from '../../rpc/context.ts'
import { chainHead } from '../open-record.ts'
import type { Checkpoint } from './checkpoint.ts'
import { dueCut } from './cut.ts'

export type PurgeInput = {
  readonly checkpoint: Omit<Checkpoint, 'publicKey'>
  readonly signer: Signer
}

const rowsAtOnce = 250

// A removal of years takes seconds: others are answered in between, and whoever writes waits for its end.
const pauses = () => {
  let rested = performance.now()
  return async () => {
    if (performance.now() - rested < 15) return
    await setTimeout(1)
    rested = performance.now()
  }
}

// Each piece is taken from the front of an index, where what is gone is not met again.
const inPieces = async (trx: Trx, piece: RawBuilder<unknown>) => {
  const pause = pauses()
  for (;;) {
    const { numAffectedRows } = await piece.execute(trx)
    if ((numAffectedRows ?? 0n) === 0n) return
    await pause()
  }
}

const removeChanges = async (trx: Trx, command: number) => {
  const [last] = await rawRows<{ seq: number }>(
    trx,
    sql`SELECT seq FROM audit_log WHERE command_seq <= ${command} ORDER BY command_seq DESC, seq DESC LIMIT 1`,
  )
  // What refers to a change goes before it.
  await inPieces(
    trx,
    sql`DELETE FROM sync_log WHERE seq IN (SELECT s.seq FROM sync_log s CROSS JOIN audit_log a ON a.seq = s.audit_seq
      WHERE s.audit_seq <= ${last?.seq ?? 0} AND a.command_seq <= ${command} ORDER BY s.audit_seq LIMIT ${rowsAtOnce})`,
  )
  await inPieces(
    trx,
    sql`DELETE FROM accesses WHERE id IN (SELECT a.id FROM accesses a CROSS JOIN audit_log l ON l.row_id = a.id
      WHERE l.table_name = 'accesses' AND l.action = 'insert' AND l.command_seq <= ${command} ORDER BY a.id LIMIT ${rowsAtOnce})`,
  )
  await inPieces(
    trx,
    sql`DELETE FROM audit_log WHERE seq IN (SELECT seq FROM audit_log WHERE command_seq <= ${command}
      ORDER BY command_seq, seq LIMIT ${rowsAtOnce})`,
  )
}

const removeEntries = async (trx: Trx, { devices }: Checkpoint['cut']) => {
  for (const { device, seq } of devices) {
    await inPieces(
      trx,
      sql`DELETE FROM chain_entries WHERE device_id = ${device} AND seq IN (SELECT seq FROM chain_entries
        WHERE device_id = ${device} AND seq <= ${seq} ORDER BY seq LIMIT ${rowsAtOnce})`,
    )
  }
}

// Some stay: who issued a document and when. They are walked past once, and what was answered then goes.
const removeCommands = async (trx: Trx, command: number) => {
  const pause = pauses()
  for (let after = 0; ; ) {
    const page = await rawRows<{ seq: number }>(
      trx,
      sql`SELECT seq FROM commands WHERE seq > ${after} AND seq <= ${command} ORDER BY seq LIMIT ${rowsAtOnce}`,
    )
    const last = page.at(-1)?.seq
    if (last === undefined) return
    await sql`DELETE FROM commands AS c WHERE c.seq > ${after} AND c.seq <= ${last}
      AND NOT EXISTS (SELECT 1 FROM activity WHERE command_seq = c.seq)
      AND NOT EXISTS (SELECT 1 FROM chain_documents WHERE command_seq = c.seq)`.execute(trx)
    await sql`UPDATE commands SET result = NULL, idempotency_key = NULL, input_hash = NULL WHERE seq > ${after} AND seq <= ${last}
      AND (result IS NOT NULL OR input_hash IS NOT NULL OR idempotency_key IS NOT NULL)`.execute(trx)
    after = last
    await pause()
  }
}

/**
 * Writes a checkpoint and removes what it stands for, in the transaction of the command; false where that is not due any
 * more, because somebody set a hold or a longer time meanwhile.
 */
export const purge = async (
  { trx, now, deviceId, userId }: CommandContext,
  { checkpoint, signer }: PurgeInput,
): Promise<boolean> => {
  const { command, entries, changes, at } = checkpoint.cut
  const due = await dueCut(trx, now)
  if (due.command === null || due.command < command || due.begins >= command) return false
  const head = await chainHead(trx, deviceId)
  if (head === undefined) return false
  const { takeovers = [], ...cut } = checkpoint.cut
  const named = takeovers.length === 0 ? cut : { ...cut, takeovers }
  const body = bodyOf({ ...checkpoint, cut: named, publicKey: signer.publicKey })
  const entry = nextEntry({ deviceId, kind: 'checkpoint', commandSeq: null, at: now, ...body }, head, signer)
  await trx.insertInto('chainEntries').values(entry).execute()
  await trx
    .insertInto('recordCheckpoints')
    .values({ deviceId, entrySeq: entry.seq, commandSeq: command, at: now, opened: 'open' })
    .execute()
  await removeEntries(trx, checkpoint.cut)
  await removeChanges(trx, command)
  await removeCommands(trx, command)
  await trx.updateTable('recordCheckpoints').set({ opened: null }).where('opened', 'is not', null).execute()
  const data = { until: at, entries, changes }
  await recordSecurityEvent(trx, { at: now, organizationId: null, userId, deviceId, kind: 'record-cut', data })
  return true
}
