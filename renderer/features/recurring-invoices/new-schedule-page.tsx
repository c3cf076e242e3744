import { useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { addMonths } from '../../../shared/dates.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { useToday } from '../../app/organization.ts'
import { useApiQuery } from '../../app/queries.ts'
import { beginContent } from '../../documents/editor/begin-content.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { recurringKind } from './recurring-kind.tsx'
import { ScheduleEditor } from './schedule-editor.tsx'
import { contentFromInvoice, newFields, type ScheduleDraft } from './schedule-values.ts'

type Origin = { readonly clientId: string | null; readonly invoiceId: string | null; readonly today: string }

const begin = async ({ clientId, invoiceId, today }: Origin): Promise<ScheduleDraft> => {
  if (invoiceId === null) {
    return { fields: newFields(today, ''), content: await beginContent(recurringKind(null, today), clientId) }
  }
  const { content, state } = await api.invoices.get({ id: invoiceId })
  const repeated = contentFromInvoice(content)
  // An invoice that went out stands for its own period: the next is a month later, never in the past.
  const next = state === 'draft' ? content.issuedOn : addMonths(content.issuedOn, 1)
  const name = repeated.lines[0]?.name.replace(/\s*\{[A-Z]+\}/g, '').trim() ?? ''
  return { fields: newFields(next < today ? today : next, name.slice(0, 120)), content: repeated }
}

/** A schedule that is not there yet: from nothing, for a client, or from an invoice that shall repeat. */
export const NewSchedulePage = () => {
  const { clientId = null, invoiceId = null } = useSearch({ from: '/recurring/new' })
  const today = useToday()
  const organization = useApiQuery('organizations', 'get', {})
  const rates = useApiQuery('taxRates', 'list', {})
  const [start, setStart] = useState<ScheduleDraft | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks for another try
  useEffect(() => {
    if (today === '') return
    let isWanted = true
    setStart(null)
    const read = async () => {
      try {
        const begun = await begin({ clientId, invoiceId, today })
        if (isWanted) setStart(begun)
      } catch (thrown) {
        if (isWanted) setError(thrown)
      }
    }
    void read()
    return () => {
      isWanted = false
    }
  }, [clientId, invoiceId, today, turn])
  if (start !== null && organization.data !== undefined && rates.data !== undefined) {
    return (
      <ScheduleEditor
        key={`${clientId} ${invoiceId}`}
        start={start}
        schedule={null}
        organization={organization.data}
        rates={rates.data}
      />
    )
  }
  const problem = error ?? organization.error ?? rates.error
  const retry = () => {
    setError(null)
    setTurn(turn + 1)
  }
  return (
    <Page title="New recurring invoice">
      {problem === null ? (
        <Skeleton lines={10} label="Beginning the schedule" />
      ) : (
        <ErrorPanel {...describeError(problem)} onRetry={retry} />
      )}
    </Page>
  )
}
