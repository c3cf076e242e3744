import { ActionIcon, Checkbox } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './templates.module.css'

type Props<K extends string> = {
  readonly label: string
  readonly all: readonly K[]
  /** What is shown, in order. */
  readonly shown: readonly K[]
  /** What cannot be left out. */
  readonly fixed: readonly K[]
  readonly texts: Readonly<Record<K, string>>
  readonly onChange: (shown: readonly K[]) => void
  /** Beside a shown entry. */
  readonly beside?: (key: K) => ReactNode
}

const moved = <K extends string>(keys: readonly K[], from: number, to: number): readonly K[] => {
  const next = [...keys]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}

/** An entry that is ticked comes behind the last shown one that usually stands before it. */
const withEntry = <K extends string>(shown: readonly K[], all: readonly K[], key: K): readonly K[] => {
  const before = new Set(all.slice(0, all.indexOf(key)))
  const at = shown.findLastIndex((it) => before.has(it)) + 1
  return [...shown.slice(0, at), key, ...shown.slice(at)]
}

/** Entries that are shown in an order of one's own: ticked ones first, moved by their arrows. */
export const OrderList = <K extends string>({ label, all, shown, fixed, texts, onChange, beside }: Props<K>) => {
  const hidden = all.filter((key) => !shown.includes(key))
  return (
    <ul className={classes['order']} aria-label={label}>
      {shown.map((key, index) => (
        <li key={key}>
          <Checkbox
            checked
            disabled={fixed.includes(key)}
            label={texts[key]}
            onChange={() => onChange(shown.filter((it) => it !== key))}
          />
          {beside?.(key)}
          <ActionIcon
            size={24}
            aria-label={`Move ${texts[key]} up`}
            disabled={index === 0}
            onClick={() => onChange(moved(shown, index, index - 1))}
          >
            <IconArrowUp size={14} />
          </ActionIcon>
          <ActionIcon
            size={24}
            aria-label={`Move ${texts[key]} down`}
            disabled={index === shown.length - 1}
            onClick={() => onChange(moved(shown, index, index + 1))}
          >
            <IconArrowDown size={14} />
          </ActionIcon>
        </li>
      ))}
      {hidden.map((key) => (
        <li key={key} data-hidden>
          <Checkbox checked={false} label={texts[key]} onChange={() => onChange(withEntry(shown, all, key))} />
        </li>
      ))}
    </ul>
  )
}
