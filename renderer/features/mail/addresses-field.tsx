import { TagsInput } from '@mantine/core'
import { emailField } from '../../../shared/contract/fields.ts'
import classes from './send.module.css'

type Props = {
  readonly label: string
  readonly value: readonly string[]
  readonly onChange: (addresses: string[]) => void
  readonly onBlur?: () => void
  readonly placeholder?: string
  readonly required?: boolean
  readonly error?: string | undefined
  readonly autoFocus?: boolean
}

const problemOf = (addresses: readonly string[]): string | undefined => {
  const wrong = addresses.find((address) => !emailField.safeParse(address).success)
  return wrong === undefined ? undefined : `“${wrong}” is no e-mail address.`
}

/** E-mail addresses as chips: Enter, comma, semicolon, space or a paste ends one, Backspace takes the last away. */
export const AddressesField = ({ value, onChange, error, autoFocus = false, placeholder, ...rest }: Props) => (
  <TagsInput
    {...rest}
    size="sm"
    data={[]}
    value={[...value]}
    onChange={(next) => onChange(next.map((address) => address.trim()).filter((address) => address !== ''))}
    splitChars={[',', ';', ' ']}
    acceptValueOnBlur
    error={problemOf(value) ?? error}
    inputMode="email"
    classNames={{ inputField: classes['address-input'] }}
    autoComplete="off"
    spellCheck={false}
    {...(value.length === 0 && placeholder !== undefined ? { placeholder } : {})}
    {...(autoFocus ? { 'data-autofocus': true } : {})}
  />
)
