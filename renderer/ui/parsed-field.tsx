import { TextInput, type TextInputProps } from '@mantine/core'
import { useMergedRef } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { afterPointer } from './after-pointer.ts'
import classes from './parsed-field.module.css'

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string }

export type ParsedFieldProps<T> = Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> & {
  readonly value: T | null | undefined
  /** The value of what is typed, with each key; null while it is empty or cannot be read. */
  readonly onChange: (value: T | null) => void
}

type Props<T> = ParsedFieldProps<T> & {
  readonly parse: (text: string) => Parsed<T>
  /** The text of a value when the field is left. */
  readonly format: (value: T) => string
}

/**
 * A text that stands for a value. What is typed stays as typed until the field is left; what cannot be read stays too,
 * with the reason below it, and keeps its form from being submitted.
 */
export const ParsedField = <T,>({
  value,
  onChange,
  parse,
  format,
  error,
  onBlur,
  onFocus,
  onKeyDown,
  className,
  ref,
  ...rest
}: Props<T>) => {
  const known = value ?? null
  const [typed, setTyped] = useState<string | null>(null)
  const [emitted, setEmitted] = useState<T | null>(null)
  const [seen, setSeen] = useState<T | null>(known)
  // While one types, half a number is no mistake; once it is left or sent off, it says so until it is typed on.
  const [isTyping, setTyping] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  // The form focuses the field through its own ref when the value is refused.
  const merged = useMergedRef(input, ref)
  if (known !== seen) {
    setSeen(known)
    // Not our own echo: someone else set the value, and what was typed before no longer says it.
    if (known !== emitted) setTyped(null)
  }
  const parsed = typed === null || typed.trim() === '' ? null : parse(typed)
  const problem = parsed !== null && !parsed.ok ? parsed.problem : null
  const text = typed ?? (known === null ? '' : format(known))

  useEffect(() => input.current?.setCustomValidity(problem ?? ''), [problem])

  const change = (next: string) => {
    setTyping(true)
    setTyped(next)
    const result = next.trim() === '' ? null : parse(next)
    const read = result?.ok ? result.value : null
    setEmitted(read)
    onChange(read)
  }

  return (
    <TextInput
      {...rest}
      ref={merged}
      className={className}
      classNames={{ input: classes['input'] }}
      value={text}
      error={(isTyping ? null : problem) ?? error}
      autoComplete="off"
      onChange={(event) => change(event.currentTarget.value)}
      onFocus={(event) => {
        event.currentTarget.select()
        onFocus?.(event)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') setTyping(false)
        onKeyDown?.(event)
      }}
      onBlur={(event) => {
        afterPointer(() => setTyping(false))
        if (problem === null) setTyped(null)
        onBlur?.(event)
      }}
    />
  )
}
