import type { DocumentKind } from '../documents/tables.ts'
import type { JobHandler } from './job.ts'

/** Makes the job that renders and keeps the PDF of an issued document of a kind. */
export const documentPdfJob = (
  kind: DocumentKind,
  parts: { readonly ensurePdf: (kind: DocumentKind, id: string) => Promise<unknown> },
): JobHandler => ({
  run: async (job) => {
    await parts.ensurePdf(kind, job.subjectId)
  },
})
