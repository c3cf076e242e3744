import { Select, type SelectProps } from '@mantine/core'
import { useState } from 'react'
import { commonTerms } from '../../shared/documents/terms.ts'
import { WholeNumberField } from './number-fields.tsx'
import classes from './terms-field.module.css'

/** Payment terms in words: `Due on receipt`, `30 days`. */
export const termsText = (days: number): string =>
  days === 0 ? 'Due on receipt' : days === 1 ? '1 day' : `${days} days`

type Props = Omit<SelectProps, 'data' | 'value' | 'onChange'> & {
  /** Days; null is the inherited choice. */
  readonly value: number | null
  readonly onChange: (days: number | null) => void
  /** What null means, such as `As in settings (30 days)`; without it null cannot be chosen. */
  readonly inherited?: string
}

const other = 'other'
const inherit = 'inherit'

/** Due on receipt, the usual numbers of days, or any number. */
export const TermsField = ({ value, onChange, inherited, error, label, ...rest }: Props) => {
  const isCommon = value === null || commonTerms.some((terms) => terms.days === value)
  const [typing, setTyping] = useState(false)
  const custom = typing || !isCommon
  const choose = (choice: string | null) => {
    setTyping(choice === other)
    if (choice === inherit) onChange(null)
    else if (choice !== other && choice !== null) onChange(Number(choice))
  }
  return (
    <div className={classes['terms']}>
      <Select
        {...rest}
        label={label}
        error={custom ? undefined : error}
        data={[
          ...(inherited === undefined ? [] : [{ value: inherit, label: inherited }]),
          ...commonTerms.map(({ days }) => ({ value: String(days), label: termsText(days) })),
          { value: other, label: 'Other number of days' },
        ]}
        value={custom ? other : value === null ? inherit : String(value)}
        onChange={choose}
      />
      {custom && <WholeNumberField label="Days" value={value} onChange={onChange} error={error} />}
    </div>
  )
}
