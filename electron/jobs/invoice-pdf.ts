import type { JobHandler } from './job.ts'

/** Makes the job that renders and keeps the PDF of an issued invoice. */
export const invoicePdfJob = (parts: {
  readonly ensureInvoicePdf: (invoiceId: string) => Promise<unknown>
}): JobHandler => ({
  run: async (job) => {
    await parts.ensureInvoicePdf(job.subjectId)
  },
})
