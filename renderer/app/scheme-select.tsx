import { Select, type SelectProps } from '@mantine/core'
import type { Scheme } from '../../shared/documents/einvoice-schemes.ts'

type Props = Omit<SelectProps, 'data' | 'value'> & {
  readonly value?: string | null | undefined
  readonly schemes: readonly Scheme[]
}

/** What register or network a number is of, by its name; the value is its code. */
export const SchemeSelect = ({ value = null, schemes, ...rest }: Props) => {
  const listed = schemes.map(([code, name]) => ({ value: code, label: `${name} · ${code}` }))
  const isListed = value === null || listed.some((it) => it.value === value)
  return (
    <Select
      searchable
      clearable
      nothingFoundMessage="No kind of this name"
      {...rest}
      value={value}
      data={isListed ? listed : [...listed, { value, label: value }]}
    />
  )
}
