import { useEffect, useState } from 'react'
import type { TemplateKind } from '../../../shared/contract/document-templates.ts'
import type { TemplateDesign } from '../../../shared/documents/template-design.ts'
import { templateDesignSchema } from '../../../shared/documents/template-design.ts'
import { api } from '../../api.ts'
import { toAppError } from '../../app/errors.ts'

export type SampleAsked = {
  readonly design: TemplateDesign
  readonly kind: TemplateKind
  readonly language: string | null
  readonly lines: number
}

const restFor = 250

/** The PDF of a sample document, a moment after the last change; an older request is cancelled by a newer one. */
export const useSample = ({ design, kind, language, lines }: SampleAsked) => {
  const [pdf, setPdf] = useState<Uint8Array | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBehind, setBehind] = useState(true)
  useEffect(() => {
    // What is half typed stays unasked; the fields themselves say what is wrong.
    if (!templateDesignSchema.safeParse(design).success) return
    const stop = new AbortController()
    setBehind(true)
    const timer = setTimeout(async () => {
      try {
        const answer = await api.documentTemplates.preview({ design, kind, language, lines }, { signal: stop.signal })
        if (stop.signal.aborted) return
        setPdf(answer.pdf)
        setProblem(null)
        setBehind(false)
      } catch (thrown) {
        if (!stop.signal.aborted) setProblem(toAppError(thrown).message)
      }
    }, restFor)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [design, kind, language, lines])
  return { pdf, problem, isBehind }
}
