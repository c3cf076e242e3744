import { Select, type SelectProps } from '@mantine/core'
import { useApiQuery } from './queries.ts'

type Props = Omit<SelectProps, 'data' | 'value' | 'onChange'> & {
  readonly value: string | null
  readonly onChange: (planId: string | null) => void
}

/** The reminder plan of a client, where the business has any; null takes the default one. */
export const ReminderPlanField = ({ value, ...rest }: Props) => {
  const plans = useApiQuery('reminders', 'plans', {}).data ?? []
  if (plans.length === 0) return null
  const usual = plans.find(({ isDefault }) => isDefault)
  return (
    <Select
      {...rest}
      label="Reminders"
      placeholder={usual === undefined ? 'None' : `As in settings (${usual.name})`}
      clearable
      value={value}
      data={plans.map(({ id, name, isAutomatic }) => ({
        value: id,
        label: isAutomatic ? `${name}, goes by itself` : `${name}, asks first`,
      }))}
    />
  )
}
