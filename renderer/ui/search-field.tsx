import { ActionIcon, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'

type Props = {
  readonly label: string
  readonly value: string
  /** Told a moment after the last key, so that a list is not asked for every letter. */
  readonly onChange: (text: string) => void
  readonly className?: string | undefined
}

const pauseMilliseconds = 120

/** Finds within the list below it; Escape empties it. */
export const SearchField = ({ label, value, onChange, className }: Props) => {
  const [text, setText] = useState(value)
  const [told, setTold] = useState(value)
  const [seen, setSeen] = useState(value)
  const latest = useRef(onChange)
  latest.current = onChange
  if (value !== seen) {
    setSeen(value)
    if (value !== told) {
      // Not our own echo: the address changed from elsewhere, by a saved view or by going back.
      setTold(value)
      setText(value)
    }
  }
  useEffect(() => {
    if (text === told) return
    const timer = setTimeout(() => {
      setTold(text)
      latest.current(text)
    }, pauseMilliseconds)
    return () => clearTimeout(timer)
  }, [text, told])
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && text !== '') {
          event.stopPropagation()
          setText('')
        }
      }}
      leftSection={<IconSearch size={15} aria-hidden="true" />}
      rightSection={
        text === '' ? null : (
          <ActionIcon size={24} aria-label="Empty the search" onClick={() => setText('')}>
            <IconX size={14} />
          </ActionIcon>
        )
      }
      className={className ?? ''}
    />
  )
}
