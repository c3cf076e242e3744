import { PasswordInput } from '@mantine/core'
import { judgePassword } from '../../shared/people/passwords.ts'
import classes from './new-password-field.module.css'

type Props = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error?: string | undefined
  /** Name, address and business of the person: what the password must not be made of. */
  readonly own?: readonly (string | null)[]
  readonly autoFocus?: boolean
}

const steps = [1, 2, 3, 4] as const

/** A new password with what it is worth, as it is typed; pasting and managers work. */
export const NewPasswordField = ({ label, value, onChange, error, own = [], autoFocus = false }: Props) => {
  const { strength, sentence } = judgePassword(value, own)
  return (
    <div className={classes['field']}>
      <PasswordInput
        label={label}
        description="At least 10 characters. A few words that do not belong together are easiest to remember."
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
        autoComplete="new-password"
        data-autofocus={autoFocus || undefined}
        autoFocus={autoFocus}
        visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
      />
      <div className={classes['meter']} data-strength={value === '' ? 0 : strength} aria-hidden="true">
        {steps.map((step) => (
          <span key={step} data-on={(value !== '' && strength >= step) || undefined} />
        ))}
      </div>
      <p className={classes['sentence']} aria-live="polite">
        {value === '' ? '' : sentence}
      </p>
    </div>
  )
}
