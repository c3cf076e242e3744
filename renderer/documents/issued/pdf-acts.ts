import { describeError } from '../../app/errors.ts'
import { showToast } from '../../ui/toast.tsx'
import { printPdf } from './print-pdf.ts'
import { saveFile } from './save-file.ts'

type PdfFile = { readonly pdf: Uint8Array; readonly fileName: string }

/** Says in a toast why something did not work. */
export const tellProblem = (thrown: unknown): void =>
  showToast({ message: describeError(thrown).message, tone: 'problem' })

/** Downloading and printing of a document, whose file `read` gives; problems are told in a toast. */
export const pdfActs = (read: () => Promise<PdfFile>) => {
  const withPdf = async (use: (file: PdfFile) => unknown) => {
    try {
      await use(await read())
    } catch (thrown) {
      tellProblem(thrown)
    }
  }
  return {
    download: () => withPdf(({ pdf, fileName }) => saveFile(pdf, fileName, 'application/pdf')),
    print: () => withPdf(({ pdf }) => printPdf(pdf)),
  }
}

export type PdfActs = ReturnType<typeof pdfActs>
