import type Sqlite from 'better-sqlite3'
import type { Signer } from './record/entry.ts'
import { createSealer } from './record/seal.ts'

export type CommandRecord = {
  readonly id: string
  readonly organizationId: string | null
  readonly userId: string | null
  readonly deviceId: string
  readonly procedure: string
  readonly at: string
  readonly idempotencyKey: string | null
  readonly inputHash: string | null
}

export type EarlierCommand = {
  readonly procedure: string
  readonly inputHash: string | null
  readonly result: string | null
}

/** The record of each command inside its transaction: what the change triggers refer to. */
export type UnitOfWork = {
  /** Call first in the transaction; returns the command's sequence number. */
  readonly begin: (command: CommandRecord) => number
  /**
   * Call last in the transaction, with the answer to repeat for the same idempotency key; writes its entry in the record.
   * Await it before the commit: the effect of a large command is hashed in pieces.
   */
  readonly finish: (seq: number, result: string | null) => Promise<void>
  /** From here on entries of the record are signed so; without a signer no command ends. */
  readonly signWith: (signer: Signer) => void
  readonly findByKey: (idempotencyKey: string) => EarlierCommand | undefined
}

/** Prepares the statements that every command runs; on the writing connection. `mayWrite` throws where none may. */
export const createUnitOfWork = (database: Sqlite.Database, mayWrite: () => void = () => undefined): UnitOfWork => {
  const insert = database.prepare(
    `INSERT INTO commands (id, organization_id, user_id, device_id, procedure, at, idempotency_key, input_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const enter = database.prepare('UPDATE change_context SET command_seq = ? WHERE id = 1')
  const answer = database.prepare('UPDATE commands SET result = ? WHERE seq = ?')
  const leave = database.prepare('UPDATE change_context SET command_seq = NULL WHERE id = 1')
  const find = database
    .prepare('SELECT procedure, input_hash, result FROM commands WHERE idempotency_key = ?')
    .raw(true)
  const seal = createSealer(database)
  let signer: Signer | null = null
  let current: CommandRecord | null = null
  return {
    begin: (command) => {
      mayWrite()
      current = command
      const { lastInsertRowid } = insert.run(
        command.id,
        command.organizationId,
        command.userId,
        command.deviceId,
        command.procedure,
        command.at,
        command.idempotencyKey,
        command.inputHash,
      )
      enter.run(lastInsertRowid)
      return Number(lastInsertRowid)
    },
    finish: async (seq, result) => {
      if (result !== null) answer.run(result, seq)
      leave.run()
      if (current === null || signer === null) throw new Error('A command ends that nobody began or nobody can sign.')
      const command = current
      current = null
      await seal(command, seq, signer)
    },
    signWith: (given) => {
      signer = given
    },
    findByKey: (key) => {
      const row = find.get(key)
      if (!Array.isArray(row)) return undefined
      const text = (value: unknown) => (typeof value === 'string' ? value : null)
      return { procedure: String(row[0]), inputHash: text(row[1]), result: text(row[2]) }
    },
  }
}
