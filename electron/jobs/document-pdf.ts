import type { DocumentKind } from '../documents/tables.ts'
import type { EnsurePdf } from '../features/printed-documents.ts'
import { type JobHandler, settleJob } from './job.ts'

/** Makes the job that renders and keeps the PDF of an issued document of a kind. */
export const documentPdfJob = (kind: DocumentKind, parts: { readonly ensurePdf: EnsurePdf }): JobHandler => ({
  run: async (job) => {
    await parts.ensurePdf(kind, job.subjectId, (context) => settleJob(context, job, { state: 'done' }))
  },
})
