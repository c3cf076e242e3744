import { Select, type SelectProps } from '@mantine/core'
import type { TaxRate } from '../../../shared/contract/tax-rates.ts'

type Props = Omit<SelectProps, 'data' | 'value' | 'onChange'> & {
  readonly rates: readonly TaxRate[]
  readonly value?: string | null | undefined
  readonly onChange: (id: string | null) => void
}

const asDefault = 'default'

/** The tax that an item puts on a line; without one the line takes the default rate. */
export const TaxRateSelect = ({ rates, value = null, onChange, ...rest }: Props) => {
  const fallback = rates.find((rate) => rate.isDefault)
  return (
    <Select
      {...rest}
      value={value ?? asDefault}
      onChange={(choice) => onChange(choice === asDefault ? null : choice)}
      data={[
        { value: asDefault, label: fallback === undefined ? 'Default rate' : `Default (${fallback.name})` },
        ...rates
          .filter((rate) => rate.status === 'active' || rate.id === value)
          .map((rate) => ({
            value: rate.id,
            label: rate.status === 'archived' ? `${rate.name} (archived)` : rate.name,
          })),
      ]}
    />
  )
}
