import { ActionIcon, Autocomplete, Button, Input, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { KeptValue } from './kept-value.tsx'
import classes from './labelled-values.module.css'

export type LabelledValue = {
  readonly label: string
  readonly value: string
  /** Why a value that fails its check is kept. */
  readonly keptReason?: string | undefined
}

type Props = {
  readonly label: string
  /** What one of them is: `tax number`. */
  readonly noun: string
  readonly description?: string
  readonly value: readonly LabelledValue[]
  readonly onChange: (value: LabelledValue[]) => void
  /** Labels to choose from; any other can be typed. */
  readonly suggestions?: readonly string[]
  readonly errors?: readonly (string | undefined)[]
  /** What is wrong with a row as typed; null where nothing is. Such a row can be kept with a reason. */
  readonly problemOf?: (row: LabelledValue) => string | null
}

const noProblem = () => null

/** A short list of values, each under a label of its own, such as tax numbers. Rows without a value are left out. */
export const LabelledValues = (props: Props) => {
  const { label, noun, description, value, onChange, suggestions = [], errors = [], problemOf = noProblem } = props
  // Half a number is no mistake while it is typed.
  const [typing, setTyping] = useState<number | null>(null)
  // The row at the end that is not part of the value yet; null when none is shown.
  const [draft, setDraft] = useState<string | null>(value.length === 0 ? (suggestions[0] ?? '') : null)
  const rows = draft === null ? value : [...value, { label: draft, value: '' }]
  const change = (index: number, next: LabelledValue) => {
    if (index < value.length) return onChange(value.map((it, at) => (at === index ? next : it)))
    if (next.value === '') return setDraft(next.label)
    setDraft(null)
    onChange([...value, next])
  }
  const remove = (index: number) => {
    if (index < value.length) onChange(value.filter((_, at) => at !== index))
    else setDraft(null)
  }
  const unused = suggestions.find((it) => !value.some((row) => row.label === it)) ?? ''
  return (
    <Input.Wrapper label={label} description={description} labelElement="div">
      <fieldset className={classes['rows']} aria-label={label}>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; it keeps the focus while it becomes real
          <div key={index} className={classes['row']}>
            <Autocomplete
              aria-label={`Kind of ${noun} ${index + 1}`}
              data={[...suggestions]}
              value={row.label}
              onChange={(text) => change(index, { ...row, label: text })}
              maxLength={30}
              className={classes['name']}
            />
            <TextInput
              aria-label={`${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${index + 1}`}
              value={row.value}
              onChange={(event) => change(index, { label: row.label, value: event.currentTarget.value })}
              onFocus={() => setTyping(index)}
              onBlur={() => {
                setTyping(null)
                if (index < value.length && row.value.trim() === '') remove(index)
              }}
              error={problemOf(row) === null || typing === index ? errors[index] : undefined}
              className={classes['value']}
              maxLength={60}
            />
            <ActionIcon
              aria-label={`Remove ${noun} ${index + 1}`}
              onClick={() => remove(index)}
              className={classes['remove']}
            >
              <IconTrash size={15} />
            </ActionIcon>
            {index < value.length && typing !== index && (
              <div className={classes['kept']}>
                <KeptValue
                  noun={noun}
                  problem={problemOf(row)}
                  reason={row.keptReason}
                  onChange={(keptReason) =>
                    change(index, {
                      label: row.label,
                      value: row.value,
                      ...(keptReason === undefined ? {} : { keptReason }),
                    })
                  }
                />
              </div>
            )}
          </div>
        ))}
        {draft === null && rows.length < 10 && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => setDraft(unused)}
            className={classes['add']}
          >
            Add {noun}
          </Button>
        )}
      </fieldset>
    </Input.Wrapper>
  )
}
