import type { EnsurePdf } from '../features/printed-documents.ts'
import { firstUse } from '../first-use.ts'
import { documentPdfJob } from './document-pdf.ts'
import type { ErasedFilesParts } from './erased-files.ts'
import type { JobHandler, JobHandlers } from './job.ts'
import { recoverSending } from './mail-recovery.ts'
import type { MailSendParts } from './mail-send.ts'
import { notificationScanJob } from './notification-scan.ts'
import { type RecordRetentionParts, recordRetentionJob } from './record-retention.ts'
import { recurringRunJob } from './recurring-run.ts'
import { reminderRunJob } from './reminder-run.ts'

type Parts = RecordRetentionParts &
  MailSendParts &
  Pick<ErasedFilesParts, 'files'> & {
    readonly ensurePdf: EnsurePdf
    readonly scrubber: () => ErasedFilesParts['scrubber']
  }

// Read with the first job of its kind: most days have none.
const onFirstJob = (read: () => Promise<JobHandler>): JobHandler['run'] => {
  const handler = firstUse(read)
  return async (job, signal) => await (await handler.use()).run(job, signal)
}

/** The handlers of every kind of job that the jobs table can hold. */
export const createJobHandlers = (parts: Parts): JobHandlers => ({
  'invoice.pdf': documentPdfJob('invoice', parts),
  'quote.pdf': documentPdfJob('quote', parts),
  'credit-note.pdf': documentPdfJob('credit-note', parts),
  'notifications.scan': notificationScanJob(parts),
  'reminders.run': reminderRunJob(parts),
  'recurring.run': recurringRunJob(parts),
  'record.retention': recordRetentionJob(parts),
  'data-rights.files': {
    run: onFirstJob(async () => {
      const { erasedFilesRun } = await import('./erased-files.ts')
      return erasedFilesRun({ db: parts.db, files: parts.files, scrubber: parts.scrubber() })
    }),
  },
  'mail.send': {
    run: onFirstJob(async () => (await import('./mail-send.ts')).mailSendJob(parts)),
    recover: () => recoverSending(parts),
  },
})
