import { setImmediate } from 'node:timers/promises'
import type { OpenDatabase } from '../../db/open.ts'
import type { Clock, IdSource } from '../../shared/ids.ts'
import type { Engines } from '../engines.ts'
import type { RunSystemCommand } from '../jobs/runner.ts'
import { everywhere } from './at-branch.ts'
import type { ChangeFeed } from './changes.ts'
import { commandContext } from './command-context.ts'
import type { Sessions } from './sessions.ts'

type Parts = {
  readonly database: OpenDatabase
  readonly sessions: Sessions
  readonly clock: Clock
  readonly ids: IdSource
  readonly engines: Engines
  readonly feed: ChangeFeed
  readonly onWork: () => void
}

/** Commands that nobody called: jobs write through the same transaction, record and events as a person's commands. */
export const createSystemCommand =
  ({ database, sessions, clock, ids, engines, feed, onWork }: Parts): RunSystemCommand =>
  async ({ name, organizationId, entities }, run) => {
    let worked = false
    const output = await database.writer.transaction().execute(async (trx) => {
      const now = clock.now()
      const { deviceId } = sessions
      const commandSeq = database.unitOfWork.begin({
        id: ids.next(),
        organizationId: organizationId || null,
        userId: null,
        deviceId,
        procedure: name,
        at: now,
        idempotencyKey: null,
        inputHash: null,
      })
      const zones = sessions.zonesOf(organizationId)
      const caller = { userId: null, deviceId, organizationId, ...everywhere, zones, timezone: zones.business }
      const context = commandContext({ trx, caller, now, commandSeq, ids, engines, onWork: () => (worked = true) })
      const answer = await run(context)
      await database.unitOfWork.finish(commandSeq, null)
      return answer
    })
    feed.publish({ procedure: name, entities: [...entities] })
    if (worked) onWork()
    // SQLite answers at once, so a row of commands would be one turn of the event loop, and nobody else's call would come
    // in between. The next command is the next turn.
    await setImmediate()
    return output
  }
