import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { describeError } from '../../app/errors.ts'
import { newId } from '../../ids.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { DocumentKind } from '../document-kind.ts'
import { beginContent } from './begin-content.ts'
import { keepDraft } from './kept-drafts.ts'

const begin = async (kind: DocumentKind, organizationId: string, clientId: string | null): Promise<string> => {
  const content = await beginContent(kind, clientId)
  const id = newId()
  keepDraft(kind.kept, organizationId, { id, version: null, touched: false, unanswered: null, content })
  return id
}

type Props = { readonly kind: DocumentKind; readonly organizationId: string }

/** Begins a document and goes to its own address, which holds through a restart. */
export const NewDocument = ({ kind, organizationId }: Props) => {
  const navigate = useNavigate()
  const { history } = useRouter()
  const clientId = useSearch({ strict: false }).clientId ?? null
  const [error, setError] = useState<unknown>(null)
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks for another try
  useEffect(() => {
    let isWanted = true
    const { href } = history.location
    const start = async () => {
      try {
        const id = await begin(kind, organizationId, clientId)
        // This page stands until the next one is there: whoever went on meanwhile is not called back.
        if (isWanted && history.location.href === href)
          await navigate({ to: kind.paths.one, params: { id }, replace: true })
      } catch (thrown) {
        if (isWanted) setError(thrown)
      }
    }
    void start()
    return () => {
      isWanted = false
    }
  }, [kind, organizationId, clientId, navigate, history, turn])
  const retry = () => {
    setError(null)
    setTurn(turn + 1)
  }
  return (
    <Page title={`New ${kind.words.one}`}>
      {error === null ? (
        <Skeleton lines={9} label={`Beginning the ${kind.words.one}`} />
      ) : (
        <ErrorPanel {...describeError(error)} onRetry={retry} />
      )}
    </Page>
  )
}
