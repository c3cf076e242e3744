import { join } from 'node:path'
import { openReader } from '../../db/open.ts'
import { createFileKeyStore, openDeviceKey } from '../../electron/record/device-key.ts'
import { dueCut } from '../../electron/record/retention/cut.ts'
import { planCut } from '../../electron/record/retention/plan.ts'
import { purge } from '../../electron/record/retention/purge.ts'
import type { Workspace } from './workspace.ts'

/** Does what the daily job does, reading in this thread: what was removed, or why nothing was. */
export const purgeNow = async (workspace: Workspace) => {
  const { db, close } = openReader(join(workspace.directory, 'counterfoil.db'))
  try {
    const due = await dueCut(db, workspace.clock.now())
    if (due.command === null) return { ...due, done: false as const }
    const planned = await planCut(db, { command: due.command, heads: [] })
    if (planned.problem !== null) return { ...due, done: false as const, problem: planned.problem }
    const signer = openDeviceKey(createFileKeyStore(workspace.directory))
    const done = await workspace.core.runCommand({ name: 'record.retention', entities: [] }, (context) =>
      purge(context, { checkpoint: planned.checkpoint, signer }),
    )
    return { ...due, done, checkpoint: planned.checkpoint }
  } finally {
    await close()
  }
}
