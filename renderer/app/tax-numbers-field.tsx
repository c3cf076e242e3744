import { Input } from '@mantine/core'
import { type LabelledValue, LabelledValues } from '../ui/labelled-values.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useApiQuery } from './queries.ts'
import { taxNumberProblem } from './tax-number-problem.ts'
import classes from './tax-numbers-field.module.css'

type RowProblems = { readonly label?: { readonly message?: string }; readonly value?: { readonly message?: string } }

type Props = {
  readonly value: readonly LabelledValue[] | undefined
  readonly onChange: (value: LabelledValue[]) => void
  /** Whose labels are offered first; null while no country is chosen. */
  readonly country: string | null | undefined
  /** By whose rules a number is checked, where its label names no country. */
  readonly checkedAs?: string | null | undefined
  /** What the form found wrong, row by row. */
  readonly problems: { readonly [row: number]: RowProblems | undefined } | undefined
}

/** The tax numbers of a business or a client, each under the label of its country, checked as they are typed. */
export const TaxNumbersField = ({ value = [], onChange, country, checkedAs = country, problems }: Props) => {
  const { data, isPending } = useApiQuery('setup', 'countries', {})
  // A number is checked by its label: one typed before the country's own label is there would not be.
  if (isPending) {
    return (
      <Input.Wrapper label="Tax numbers" labelElement="div" className={classes['pending']}>
        <Skeleton lines={1} label="Loading the kinds of tax numbers" />
      </Input.Wrapper>
    )
  }
  const labels = data?.find((it) => it.code === country)?.taxIdLabels ?? ['Tax number']
  return (
    <LabelledValues
      // The row that waits to be typed in begins with the label of the country that is chosen.
      key={labels[0]}
      label="Tax numbers"
      noun="tax number"
      value={value}
      onChange={onChange}
      suggestions={labels}
      problemOf={(row) => taxNumberProblem(row.label, checkedAs ?? null, row.value)}
      errors={value.map((_, index) => problems?.[index]?.value?.message ?? problems?.[index]?.label?.message)}
    />
  )
}
