import { useEffect, useState } from 'react'
import { toAppError } from '../../app/errors.ts'
import { PdfView } from '../../app/pdf-view.tsx'
import type { DocumentContent } from '../document-content.ts'
import type { PaperKind } from '../document-kind.ts'
import { dueDate, withoutBlankLines } from './draft-edits.ts'
import type { DraftStore } from './draft-store.ts'

const restFor = 250

const printed = (content: DocumentContent): DocumentContent => ({
  ...withoutBlankLines(content),
  ...(content.dueOn === undefined ? {} : { dueOn: dueDate(content) }),
})

/** The PDF of what is written, a moment after the last key; an older request is cancelled by a newer one. */
const usePreviewPdf = ({ procedures }: PaperKind, store: DraftStore) => {
  const [pdf, setPdf] = useState<Uint8Array | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBehind, setBehind] = useState(true)
  useEffect(() => {
    let stop = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const render = async () => {
      stop.abort()
      stop = new AbortController()
      const { signal } = stop
      try {
        const answer = await procedures.preview(printed(store.getState().content), { signal })
        if (signal.aborted) return
        setPdf(answer.pdf)
        setProblem(null)
        setBehind(false)
      } catch (thrown) {
        if (!signal.aborted) setProblem(toAppError(thrown).message)
      }
    }
    const unsubscribe = store.subscribe((state, before) => {
      if (state.content === before.content) return
      setBehind(true)
      clearTimeout(timer)
      timer = setTimeout(() => void render(), restFor)
    })
    void render()
    return () => {
      unsubscribe()
      clearTimeout(timer)
      stop.abort()
    }
  }, [procedures, store])
  return { pdf, problem, isBehind }
}

type Props = { readonly kind: PaperKind; readonly store: DraftStore }

/** The document beside the editor, rendered by the template that prints and sends it. */
export const DraftPreview = ({ kind, store }: Props) => {
  const { pdf, problem, isBehind } = usePreviewPdf(kind, store)
  const note = problem === null ? (isBehind && pdf !== null ? 'Updating…' : '') : `As it was before: ${problem}`
  return (
    <PdfView
      bytes={pdf}
      label="Preview"
      note={note}
      problem={pdf === null && problem !== null ? new Error(problem) : null}
      widest={720}
    />
  )
}
