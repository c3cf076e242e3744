import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { documentCalls } from '../app/document-calls.ts'
import { describeError } from '../app/errors.ts'
import { useMayCall, useMe } from '../app/me.ts'
import { useOrganizationId } from '../app/organization.ts'
import { usePast } from '../app/past/past-state.ts'
import { useApiQuery } from '../app/queries.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Page } from '../ui/page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import type { DocumentKind } from './document-kind.ts'
import { DraftToRead } from './draft-then.tsx'
import { DraftEditor } from './editor/draft-editor.tsx'
import { NewDocument } from './editor/new-document.tsx'
import { useOpenDocument } from './editor/open-document.ts'

type Props = {
  readonly kind: DocumentKind
  /** What shows a document that is no draft any more. */
  readonly Issued: ComponentType<{ readonly id: string }>
}

// Without the business and its taxes no paper is drawn to write on.
const drawnWith = ['organizations.get', 'taxRates.list', 'taxSettings.get'] as const

const OneDocument = ({ kind, Issued, organizationId, id }: Props & { organizationId: string; id: string }) => {
  const { state, reload } = useOpenDocument(kind, organizationId, id)
  const isPast = usePast(({ view }) => view !== null)
  const isKnown = useMe() !== undefined
  const mayCall = useMayCall()
  const { save, issue } = documentCalls[kind.name]
  const mayWrite = (mayCall(save) || mayCall(issue)) && mayCall(drawnWith)
  const organization = useApiQuery('organizations', 'get', {}, { enabled: mayWrite })
  const rates = useApiQuery('taxRates', 'list', {}, { enabled: mayWrite })
  const { title, one, many } = kind.words
  if (state.kind === 'failed') {
    return (
      <Page
        title={title}
        actions={<Button renderRoot={(props) => <Link to={kind.paths.list} {...props} />}>All {many}</Button>}
      >
        <ErrorPanel {...describeError(state.error)} onRetry={reload} />
      </Page>
    )
  }
  if (state.kind === 'draft' && (isPast || (isKnown && !mayWrite))) {
    return <DraftToRead kind={kind} content={state.draft.content} isNow={!isPast} />
  }
  if (state.kind === 'issued') return <Issued id={id} />
  const error = organization.error ?? rates.error
  if (error !== null) {
    return (
      <Page title={title}>
        <ErrorPanel {...describeError(error)} onRetry={() => void organization.refetch()} />
      </Page>
    )
  }
  if (state.kind === 'loading' || organization.data === undefined || rates.data === undefined) {
    return (
      <Page title={title}>
        <Skeleton lines={12} label={`Loading the ${one}`} />
      </Page>
    )
  }
  return (
    <DraftEditor
      kind={kind}
      draft={state.draft}
      rounding={state.rounding}
      organization={organization.data}
      rates={rates.data}
      onChanged={reload}
    />
  )
}

/** A document of one kind: a new one, a draft to write on, or the issued document with what became of it. */
export const DocumentPage = ({ kind, Issued }: Props) => {
  const { id } = useParams({ strict: false })
  const organizationId = useOrganizationId()
  if (organizationId === null) return null
  if (id === undefined) {
    return <NewDocument kind={kind} organizationId={organizationId} />
  }
  return <OneDocument key={id} kind={kind} Issued={Issued} organizationId={organizationId} id={id} />
}
