import { Button } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { toAppError } from '../app/errors.ts'
import { PdfView } from '../app/pdf-view.tsx'
import { Page } from '../ui/page.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import type { DocumentContent } from './document-content.ts'
import type { DocumentKind } from './document-kind.ts'
import { dueDate, withoutBlankLines } from './editor/draft-edits.ts'

type DraftProps = {
  readonly kind: DocumentKind
  readonly content: DocumentContent
  /** Of now, for somebody whose role includes no writing. */
  readonly isNow?: boolean
}

const printed = (content: DocumentContent): DocumentContent => ({
  ...withoutBlankLines(content),
  ...(content.dueOn === undefined ? {} : { dueOn: dueDate(content) }),
})

const toList = (kind: DocumentKind) => (
  <Button variant="default" renderRoot={(props) => <Link to={kind.paths.list} {...props} />}>
    All {kind.words.many}
  </Button>
)

/** A draft as it is, or was at the moment that is shown: to read, not to write on. */
export const DraftToRead = ({ kind, content, isNow = false }: DraftProps) => {
  const [pdf, setPdf] = useState<Uint8Array | null>(null)
  const [problem, setProblem] = useState<Error | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    kind.procedures
      .preview(printed(content), { signal: stop.signal })
      .then((answer) => setPdf(answer.pdf))
      .catch((thrown: unknown) => {
        if (!stop.signal.aborted) setProblem(toAppError(thrown))
      })
    return () => stop.abort()
  }, [kind, content])
  return (
    <Page
      title={kind.words.title}
      beside={
        <StatusChip tone="neutral" icon={IconPencil}>
          Draft
        </StatusChip>
      }
      actions={toList(kind)}
    >
      <PdfView
        bytes={pdf}
        label={isNow ? 'As it is written so far' : 'As it was written'}
        note=""
        problem={problem}
        widest={820}
      />
    </Page>
  )
}
