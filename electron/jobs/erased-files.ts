import { setImmediate, setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Scrubber } from '../../db/scrub.ts'
import { rawRows } from '../features/raw-rows.ts'
import type { FileStore } from '../files.ts'
import type { JobHandler, JobParts } from './job.ts'

// A file is one of many if anything else names its content: the same PDF may be two people's.
const unnamed = sql`NOT EXISTS (SELECT 1 FROM attachments a WHERE a.sha256 = h.sha256
    AND NOT EXISTS (SELECT 1 FROM erasure_rows g WHERE g.table_name = 'attachments' AND g.row_id = a.id AND g.fate = 'erased')
    AND NOT (a.entity = 'user' AND a.entity_id IN (SELECT user_id FROM person_erasures)))
  AND NOT EXISTS (SELECT 1 FROM invoices d WHERE d.pdf_sha256 = h.sha256)
  AND NOT EXISTS (SELECT 1 FROM quotes d WHERE d.pdf_sha256 = h.sha256)
  AND NOT EXISTS (SELECT 1 FROM credit_notes d WHERE d.pdf_sha256 = h.sha256)
  AND NOT EXISTS (SELECT 1 FROM outbox_messages m WHERE instr(m.attachments, h.sha256) > 0)
  AND NOT EXISTS (SELECT 1 FROM bank_statements b WHERE b.file_sha256 = h.sha256)
  AND NOT EXISTS (SELECT 1 FROM imports i WHERE i.sha256 = h.sha256)`

const breath = 250
const patience = 240

// Reports read for seconds at most; a reader that stays longer is not one of ours.
const emptyLog = async (scrubber: Scrubber, signal: AbortSignal): Promise<void> => {
  for (let attempt = 0; !(await scrubber.emptyLog()); attempt += 1) {
    if (attempt >= patience) throw new Error('Somebody else reads the database, so its log could not be emptied.')
    await setTimeout(breath, undefined, { signal })
  }
}

export type ErasedFilesParts = Pick<JobParts, 'db'> & { readonly files: FileStore; readonly scrubber: Scrubber }

/**
 * Makes the job that takes the rest of somebody who was erased from the disk: files, but those that somebody else names,
 * words in the search index, and the pages of the log that still have them.
 */
export const erasedFilesRun = ({ db, files, scrubber }: ErasedFilesParts): JobHandler => ({
  run: async (job, signal) => {
    const gone = await rawRows<{ sha256: string }>(
      db,
      sql`SELECT sha256 FROM (SELECT DISTINCT sha256 FROM erasure_rows
        WHERE erasure_id = ${job.subjectId} AND sha256 IS NOT NULL AND fate <> 'kept'
        UNION SELECT a.sha256 FROM attachments a JOIN person_erasures p ON a.entity = 'user' AND a.entity_id = p.user_id
        WHERE p.id = ${job.subjectId}) h WHERE ${unnamed}`,
    )
    for (const { sha256 } of gone) await files.remove(sha256)
    while (await scrubber.mergeIndex()) {
      signal.throwIfAborted()
      // The next step is another turn, so that calls come in between.
      await setImmediate()
    }
    await emptyLog(scrubber, signal)
  },
})
