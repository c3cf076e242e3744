import type { ReactNode } from 'react'
import type { AppError } from '../../../shared/errors.ts'
import { describeError } from '../../app/errors.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { DocumentWords } from '../document-kind.ts'

type Props<T> = {
  readonly words: DocumentWords
  readonly query: {
    readonly data: T | undefined
    readonly error: AppError | null
    readonly refetch: () => unknown
  }
  readonly children: (document: T) => ReactNode
}

/** An issued document once it is read; while it is not, or cannot be, the page says so. */
export const IssuedPage = <T,>({ words, query, children }: Props<T>) => {
  if (query.data !== undefined) return children(query.data)
  return (
    <Page title={words.title}>
      {query.error === null ? (
        <Skeleton lines={12} label={`Loading the ${words.one}`} />
      ) : (
        <ErrorPanel {...describeError(query.error)} onRetry={() => void query.refetch()} />
      )}
    </Page>
  )
}
