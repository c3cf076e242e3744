import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api } from '../../../api.ts'
import { describeError } from '../../../app/errors.ts'
import { newId } from '../../../ids.ts'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { Page } from '../../../ui/page.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { blankLine } from './draft-edits.ts'
import { lineTaxOf } from './editor-context.ts'
import { keepDraft } from './kept-drafts.ts'

const begin = async (organizationId: string, clientId: string | null): Promise<string> => {
  const { content } = await api.invoices.blank({ clientId })
  const rates = await api.taxRates.list({ on: content.issuedOn })
  const taxes = rates.filter((rate) => rate.isDefault).map(lineTaxOf)
  const id = newId()
  keepDraft(organizationId, {
    id,
    version: null,
    touched: false,
    unanswered: null,
    content: { ...content, lines: [blankLine(newId(), taxes)] },
  })
  return id
}

/** Begins an invoice and goes to its own address, which holds through a restart. */
export const NewInvoice = ({ organizationId }: { readonly organizationId: string }) => {
  const navigate = useNavigate()
  const clientId = useSearch({ strict: false }).clientId ?? null
  const [error, setError] = useState<unknown>(null)
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks for another try
  useEffect(() => {
    let isWanted = true
    const start = async () => {
      try {
        const id = await begin(organizationId, clientId)
        if (isWanted) await navigate({ to: '/invoices/$id', params: { id }, replace: true })
      } catch (thrown) {
        if (isWanted) setError(thrown)
      }
    }
    void start()
    return () => {
      isWanted = false
    }
  }, [organizationId, clientId, navigate, turn])
  const retry = () => {
    setError(null)
    setTurn(turn + 1)
  }
  return (
    <Page title="New invoice">
      {error === null ? (
        <Skeleton lines={9} label="Beginning the invoice" />
      ) : (
        <ErrorPanel {...describeError(error)} onRetry={retry} />
      )}
    </Page>
  )
}
