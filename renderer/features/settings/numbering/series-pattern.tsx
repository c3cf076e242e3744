import { Button } from '@mantine/core'
import type { RefObject } from 'react'
import { useToday } from '../../../app/organization.ts'
import { type ApiOutput, useApiQuery } from '../../../app/queries.ts'
import classes from '../settings.module.css'

export type Series = ApiOutput<'numberSeries', 'list'>[number]
export type SeriesKind = 'invoice' | 'quote' | 'credit-note' | 'payment' | 'refund'

/** The kinds of documents that take numbers, as one calls them. */
export const kindTitles: Readonly<Record<SeriesKind, string>> = {
  invoice: 'Invoices',
  quote: 'Quotes',
  'credit-note': 'Credit notes',
  payment: 'Payments',
  refund: 'Refunds',
}

export const seriesKinds: readonly SeriesKind[] = ['invoice', 'quote', 'credit-note', 'payment', 'refund']

const tokens: readonly { readonly token: string; readonly means: string }[] = [
  { token: '{0000}', means: 'the counter, a zero for each digit' },
  { token: '{YYYY}', means: 'the year' },
  { token: '{YY}', means: 'the year in two digits' },
  { token: '{MM}', means: 'the month' },
  { token: '{FY}', means: 'the fiscal year' },
  { token: '{SERIES}', means: 'the code of the series' },
  { token: '{BRANCH}', means: 'the code of the branch' },
  { token: '{CLIENT}', means: 'the code of the client; each client is counted by itself' },
]

type PreviewProps = { readonly pattern: string; readonly startValue: number; readonly code: string }

/** The first numbers that the pattern gives, or what the law or the pattern itself has against it, with every key. */
export const SeriesPreview = ({ pattern, startValue, code }: PreviewProps) => {
  const today = useToday()
  const preview = useApiQuery(
    'numberSeries',
    'preview',
    { pattern, startValue, on: today, ...(code === '' ? {} : { code }) },
    { enabled: today !== '' },
  )
  const { numbers = [], problem = null } = preview.data ?? {}
  return (
    <p className={classes['preview']} role="status" data-problem={problem !== null || undefined}>
      {problem ?? (
        <>
          Gives <strong>{numbers.join(', ')}</strong>…
          {pattern.includes('{CLIENT}') && ' for the client C-0001; each client is counted by itself.'}
        </>
      )}
    </p>
  )
}

type TokensProps = {
  readonly label: string
  readonly pattern: string
  readonly field: RefObject<HTMLInputElement | null>
  readonly onChange: (pattern: string) => void
}

/** The parts of a pattern as buttons that put them where the cursor stands. */
export const PatternTokens = ({ label, pattern, field, onChange }: TokensProps) => {
  const insert = (token: string) => {
    const input = field.current
    const at = input?.selectionStart ?? pattern.length
    onChange(`${pattern.slice(0, at)}${token}${pattern.slice(input?.selectionEnd ?? at)}`)
    requestAnimationFrame(() => {
      input?.focus()
      input?.setSelectionRange(at + token.length, at + token.length)
    })
  }
  return (
    <ul className={classes['tokens']} aria-label={label}>
      {tokens.map(({ token, means }) => (
        <li key={token}>
          <Button variant="default" size="compact-sm" title={means} onClick={() => insert(token)}>
            {token}
            <span className="visually-hidden">, {means}</span>
          </Button>
        </li>
      ))}
    </ul>
  )
}
