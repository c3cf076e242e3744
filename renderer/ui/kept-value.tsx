import { Button, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './kept-value.module.css'

type Props = {
  /** What is kept: `tax number`. */
  readonly noun: string
  /** What is wrong with the value; null where nothing is. */
  readonly problem: string | null
  /** Why it is kept as it is; undefined while nobody said so. */
  readonly reason: string | undefined
  readonly onChange: (reason: string | undefined) => void
}

/** Under a value that fails its check: what is wrong, and the way to keep it with a reason. */
export const KeptValue = ({ noun, problem, reason, onChange }: Props) => {
  const [asking, setAsking] = useState(false)
  if (problem === null) return null
  if (reason === undefined && !asking) {
    return (
      <p className={classes['problem']} role="status">
        <IconAlertTriangle size={14} aria-hidden="true" />
        <span>{problem}</span>
        <Button variant="subtle" size="compact-xs" onClick={() => setAsking(true)}>
          Keep it anyway
        </Button>
      </p>
    )
  }
  return (
    <div className={classes['kept']}>
      <IconCircleCheck size={14} aria-hidden="true" />
      <TextInput
        size="xs"
        aria-label={`Why this ${noun} is kept`}
        placeholder="Why it is kept, such as: applied for, as on the certificate"
        value={reason ?? ''}
        onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
        maxLength={200}
        data-autofocus
        ref={(input) => {
          if (asking && reason === undefined) input?.focus()
        }}
      />
      <Button
        variant="subtle"
        size="compact-xs"
        onClick={() => {
          setAsking(false)
          onChange(undefined)
        }}
      >
        Check again
      </Button>
    </div>
  )
}
