import { useEffect, useState } from 'react'
import type { TemplateDesign } from '../../../shared/documents/template-design.ts'
import { type OpenPdf, openPdf } from '../../app/pdf-library.ts'
import { PdfPage } from '../../app/pdf-page.tsx'
import { useApiQuery } from '../../app/queries.ts'
import classes from './templates.module.css'

const width = 190

/** The first page of a sample in a design, small. */
export const PaperThumbnail = ({ design, label }: { readonly design: TemplateDesign; readonly label: string }) => {
  const pdf = useApiQuery('documentTemplates', 'preview', { design }).data?.pdf
  const [opened, setOpened] = useState<(OpenPdf & { readonly ratio: number }) | null>(null)
  useEffect(() => {
    if (pdf === undefined) return
    let isLatest = true
    const open = async () => {
      const file = await openPdf(pdf)
      const { width: wide, height } = (await file.document.getPage(1)).getViewport({ scale: 1 })
      if (isLatest) setOpened({ ...file, ratio: height / wide })
      else file.close()
    }
    void open()
    return () => {
      isLatest = false
    }
  }, [pdf])
  useEffect(() => () => opened?.close(), [opened])
  return (
    <span className={classes['sheet']}>
      {opened !== null && (
        <PdfPage
          document={opened.document}
          number={1}
          width={width}
          ratio={opened.ratio}
          label={label}
          onPainted={undefined}
        />
      )}
    </span>
  )
}
