import { Button } from '@mantine/core'
import { IconFileTypePdf } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReportPaper } from '../../shared/contract/reports.ts'
import { api } from '../api.ts'
import { downloadFile } from '../ui/files.ts'
import { showToast } from '../ui/toast.tsx'
import { describeError } from './errors.ts'

/** A report as it stands on the screen, and what its file is called, without its ending. */
export type NamedPaper = { readonly paper: ReportPaper; readonly name: string }

type SavePdf = { readonly save: () => void; readonly isSaving: boolean }

/** Saves a report as a PDF: call `save`; `make` gives its tables, or null while there is nothing to print. */
export const useReportPdf = (make: () => NamedPaper | null): SavePdf => {
  const [isSaving, setSaving] = useState(false)
  const run = async () => {
    const made = make()
    if (made === null || isSaving) return
    setSaving(true)
    try {
      const { pdf } = await api.reports.pdf(made.paper)
      downloadFile(pdf, `${made.name}.pdf`, 'application/pdf')
    } catch (thrown) {
      const { fields, message } = describeProblem(thrown)
      showToast({ message: fields ?? message, tone: 'problem' })
    } finally {
      setSaving(false)
    }
  }
  return { save: () => void run(), isSaving }
}

// Which field of the call it was tells nobody anything; what is wrong with it does.
const describeProblem = (thrown: unknown) => {
  const fields =
    typeof thrown === 'object' && thrown !== null && 'fields' in thrown && typeof thrown.fields === 'object'
      ? (Object.values(thrown.fields ?? {}).find((it) => typeof it === 'string') ?? null)
      : null
  return { fields, message: describeError(thrown).message }
}

/** The button beside CSV. */
export const PdfButton = ({ pdf, disabled }: { readonly pdf: SavePdf; readonly disabled: boolean }) => (
  <Button
    variant="default"
    disabled={disabled}
    loading={pdf.isSaving}
    leftSection={<IconFileTypePdf size={15} aria-hidden="true" />}
    onClick={pdf.save}
  >
    PDF
  </Button>
)
