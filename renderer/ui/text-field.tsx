import {
  Textarea as LibraryTextarea,
  TextInput as LibraryTextInput,
  type TextareaProps,
  type TextInputProps,
} from '@mantine/core'

type Bound = {
  readonly value: string | null | undefined
  readonly onChange: (value: string) => void
}

/** One line of text; shows null as empty. */
export const TextField = ({ value, onChange, ...rest }: Omit<TextInputProps, 'value' | 'onChange'> & Bound) => (
  <LibraryTextInput value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value)} {...rest} />
)

/** Several lines of text that grow with what is typed; shows null as empty. */
export const LongTextField = ({ value, onChange, ...rest }: Omit<TextareaProps, 'value' | 'onChange'> & Bound) => (
  <LibraryTextarea value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value)} {...rest} />
)
