import type { TextInputProps } from '@mantine/core'
import { TextField } from './text-field.tsx'

type Props = Omit<TextInputProps, 'value' | 'onChange' | 'label' | 'description'> & {
  readonly value: string | null | undefined
  readonly onChange: (value: string) => void
  /** What goes for good: the name or code to type. */
  readonly expected: string
}

/** Whether what is to go was typed; blanks around it do not matter. */
export const isTyped = (typed: string | undefined, expected: string): boolean =>
  (typed ?? '').trim() === expected.trim()

/** Asks for the name of what is about to be erased, so that nobody erases in passing. */
export const TypedConfirmation = ({ expected, ...field }: Props) => (
  <TextField
    label={`Type ${expected} to erase`}
    description="This cannot be undone."
    autoComplete="off"
    required
    {...field}
  />
)
