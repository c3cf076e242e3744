import { todayIn } from '../../shared/dates.ts'
import { byName } from '../people/by-name.ts'
import { signRecordFile } from '../record/file-statement.ts'
import { knownHeads } from '../record/head-file.ts'
import type { Handlers } from '../rpc/context.ts'
import { auditBetween } from './audit/between.ts'
import { confirmKeyLoss } from './audit/confirm-key-loss.ts'
import { listAudit } from './audit/list.ts'
import { noteExport } from './audit/note-export.ts'
import { retention, setRetention } from './audit/retention.ts'
import { dailyRoots, mailRoot, rootPdf } from './audit/roots.ts'

/** Every change with old and new values, who read what, and the proofs that nobody tampered with it. */
export const audit: Handlers<'audit'> = {
  list: listAudit,
  between: auditBetween,

  choices: async ({ db, organizationId }) => {
    const users = await db
      .selectFrom('users as u')
      .innerJoin('memberships as m', 'm.userId', 'u.id')
      .select(['u.id', 'u.name'])
      .distinct()
      .where('m.organizationId', '=', organizationId)
      .orderBy('u.id')
      .execute()
    const devices = await db.selectFrom('devices').select(['id', 'name']).orderBy('name').execute()
    return { users: users.sort(byName), devices }
  },

  verify: async ({ engines, organizationId }, { head, keys, strict }) => {
    const known = knownHeads(engines.workspace.directory)
    const heads = [...known.heads, ...(head === null ? [] : [head])]
    const checked = await engines.readings.read('verifyRecord', {
      ...known,
      heads,
      keys,
      organizationId,
      acceptsConfirmed: !strict,
    })
    const { problems, notes, heads: found, takeovers, ...result } = checked
    return { ...result, problems: [...problems], notes: [...notes], heads: [...found], takeovers: [...takeovers] }
  },

  confirmKeyLoss,

  roots: dailyRoots,
  rootPdf,
  mailRoot,
  noteExport,
  retention,
  setRetention,

  exportRecord: async ({ engines, organizationId, permissions, clock, timezone }) => {
    const now = clock.now()
    const file = await engines.readings.read('exportRecord', {
      organizationId,
      madeAt: now,
      showsEvents: permissions?.has('security.read') === true,
    })
    const { entries, shown, head } = file
    return {
      entries,
      shown,
      head,
      content: signRecordFile(file, engines.signer),
      fileName: `record-${todayIn(timezone, now)}.jsonl`,
    }
  },
}
