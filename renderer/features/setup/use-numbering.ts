import { useState } from 'react'
import { useWatch } from 'react-hook-form'
import { formatNumber, validatePattern } from '../../../shared/documents/numbering.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { showToast } from '../../ui/toast.tsx'
import type { Country } from './country-guess.ts'
import type { SetupForm } from './setup-form.ts'

// The codes that a new business begins with.
const series = 'INV'
const branch = 'MAIN'

export type Numbering = {
  readonly pattern: string
  readonly setPattern: (pattern: string) => void
  readonly problem: string | undefined
  /** The first number, or nothing while the pattern cannot be used. */
  readonly first: string | undefined
  /** Gives the new business the pattern, where another than the country's was written. */
  readonly keep: () => Promise<void>
}

/** The pattern of invoice numbers: the country's, until another one is written. */
export const useNumbering = (form: SetupForm, country: Country | undefined, today: string): Numbering => {
  const [typed, setTyped] = useState<string | null>(null)
  const fiscalYearStart = useWatch({ control: form.control, name: 'fiscalYearStart' }) ?? '01-01'
  const usual = country?.numberPattern ?? ''
  const pattern = typed ?? usual
  const [problem] = country === undefined ? [] : validatePattern(pattern, { country: country.code, series, branch })
  const known = country !== undefined && today !== '' && problem === undefined
  const keep = async () => {
    if (pattern === usual) return
    try {
      const invoices = (await api.numberSeries.list({})).find((it) => it.documentKind === 'invoice')
      if (invoices !== undefined) await api.numberSeries.update({ id: invoices.id, version: invoices.version, pattern })
    } catch (thrown) {
      showToast({ message: `The invoice numbers were not changed: ${describeError(thrown).message}`, tone: 'problem' })
    }
  }
  return {
    pattern,
    setPattern: setTyped,
    problem: problem === undefined ? undefined : `${problem.message}.`,
    first: known ? formatNumber(pattern, { counter: 1, issuedOn: today, fiscalYearStart, series, branch }) : undefined,
    keep,
  }
}
