import { Select } from '@mantine/core'
import { useState } from 'react'

type Series = { readonly id: string; readonly code: string; readonly nextNumber: string; readonly isDefault: boolean }
type Props = {
  /** The default one first. */
  readonly series: readonly Series[]
  readonly onChange: (id: string) => void
}

/** Which of several series numbers the document, with the number that each gives next. */
export const SeriesChoice = ({ series, onChange }: Props) => {
  const [chosen, setChosen] = useState(series[0]?.id ?? null)
  return (
    <Select
      mt={12}
      label="Series"
      data={series.map(({ id, code, nextNumber, isDefault }) => ({
        value: id,
        label: `${code}: ${nextNumber}${isDefault ? ', as usual' : ''}`,
      }))}
      value={chosen}
      onChange={(id) => {
        if (id === null) return
        setChosen(id)
        onChange(id)
      }}
    />
  )
}
