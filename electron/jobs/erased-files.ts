import { sql } from 'kysely'
import { rawRows } from '../features/raw-rows.ts'
import type { FileStore } from '../files.ts'
import type { JobHandler, JobParts } from './job.ts'

// A file is one of many if anything else names its content: the same PDF may be two people's.
const unnamed = sql`NOT EXISTS (SELECT 1 FROM attachments a WHERE a.sha256 = h.sha256
    AND NOT EXISTS (SELECT 1 FROM erasure_rows g WHERE g.table_name = 'attachments' AND g.row_id = a.id AND g.fate = 'erased'))
  AND NOT EXISTS (SELECT 1 FROM invoices d WHERE d.pdf_sha256 = h.sha256)
  AND NOT EXISTS (SELECT 1 FROM quotes d WHERE d.pdf_sha256 = h.sha256)
  AND NOT EXISTS (SELECT 1 FROM credit_notes d WHERE d.pdf_sha256 = h.sha256)
  AND NOT EXISTS (SELECT 1 FROM outbox_messages m WHERE instr(m.attachments, h.sha256) > 0)
  AND NOT EXISTS (SELECT 1 FROM bank_statements b WHERE b.file_sha256 = h.sha256)
  AND NOT EXISTS (SELECT 1 FROM imports i WHERE i.sha256 = h.sha256)`

/** Makes the job that removes the files of somebody who was erased from the disk, but those that somebody else names. */
export const erasedFilesRun = ({ db, files }: Pick<JobParts, 'db'> & { readonly files: FileStore }): JobHandler => ({
  run: async (job) => {
    const gone = await rawRows<{ sha256: string }>(
      db,
      sql`SELECT sha256 FROM (SELECT DISTINCT sha256 FROM erasure_rows
        WHERE erasure_id = ${job.subjectId} AND sha256 IS NOT NULL AND fate <> 'kept') h WHERE ${unnamed}`,
    )
    for (const { sha256 } of gone) await files.remove(sha256)
  },
})
