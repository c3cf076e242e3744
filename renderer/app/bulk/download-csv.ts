import { api } from '../../api.ts'
import { downloadFile } from '../../ui/files.ts'
import { showToast } from '../../ui/toast.tsx'
import { describeError } from '../errors.ts'
import { type CsvColumn, csvOf } from './csv.ts'

const noteAndDownload = async (content: string, fileName: string, rows: number): Promise<void> => {
  try {
    // On record first: what leaves is told before it is gone.
    await api.audit.noteExport({ what: fileName, rows })
    downloadFile(new TextEncoder().encode(content), fileName, 'text/csv')
  } catch (thrown) {
    showToast({ message: describeError(thrown).message, tone: 'problem' })
  }
}

/** Hands the rows to the person as a file, once that is on record; UTF-8 with the mark that spreadsheets ask for. */
export const downloadCsv = <Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[], fileName: string): void =>
  void noteAndDownload(`\uFEFF${csvOf(columns, rows)}`, fileName, rows.length)
