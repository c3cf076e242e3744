import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import {
  type Icon,
  IconArrowRight,
  IconBox,
  IconFileDescription,
  IconFileInvoice,
  IconLink,
  IconReceiptRefund,
  IconSearch,
  IconUser,
} from '@tabler/icons-react'
import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { KeyHint } from '../ui/kbd.tsx'
import { type Action, currentActions } from './actions.ts'
import { currentRouter } from './current-router.ts'
import { fuzzyScore } from './fuzzy.ts'
import { closeOverlay, useOverlay } from './overlays.ts'
import classes from './palette.module.css'
import { type ApiOutput, useApiQuery } from './queries.ts'

type Entry = {
  readonly id: string
  readonly title: string
  readonly subtitle: string
  readonly icon: Icon
  readonly shortcut: string | undefined
  readonly run: () => unknown
}

type Found = ApiOutput<'search', 'find'>[number]

const open: Readonly<Record<Found['kind'], { readonly icon: Icon; readonly go: (id: string) => unknown }>> = {
  client: { icon: IconUser, go: (id) => currentRouter().navigate({ to: '/clients/$id', params: { id } }) },
  invoice: { icon: IconFileInvoice, go: (id) => currentRouter().navigate({ to: '/invoices/$id', params: { id } }) },
  quote: { icon: IconFileDescription, go: (id) => currentRouter().navigate({ to: '/quotes/$id', params: { id } }) },
  'credit-note': {
    icon: IconReceiptRefund,
    go: (id) => currentRouter().navigate({ to: '/credit-notes/$id', params: { id } }),
  },
  item: { icon: IconBox, go: (id) => currentRouter().navigate({ to: '/items', search: { item: id } }) },
}

const ofAction = (action: Action): Entry => ({
  id: action.id,
  title: action.title,
  subtitle: action.group,
  icon: IconArrowRight,
  shortcut: action.shortcut,
  run: action.run,
})

const ofFound = (found: Found): Entry => ({
  id: `${found.kind}.${found.id}`,
  title: found.title,
  subtitle: found.subtitle,
  icon: open[found.kind].icon,
  shortcut: undefined,
  run: () => open[found.kind].go(found.id),
})

const groupOrder: Readonly<Record<Action['group'], number>> = {
  'This page': 0,
  Make: 1,
  'Go to': 2,
  App: 3,
  Settings: 4,
}

/** A link to a place of the app that was pasted: `…#/invoices?filter=open`. */
const linkIn = (typed: string): Entry | null => {
  const path = /^\S*#(\/\S*)$/.exec(typed.trim())?.[1]
  return path === undefined
    ? null
    : {
        id: 'link',
        title: 'Open this link',
        subtitle: path.replace(/\?.*/, ''),
        icon: IconLink,
        shortcut: undefined,
        run: () => currentRouter().history.push(path),
      }
}

const matchingActions = (typed: string): Entry[] =>
  currentActions()
    .filter((action) => action.id !== 'search' && action.id !== 'search.slash')
    .map((action) => ({ action, score: fuzzyScore(typed, action.title, `${action.keywords ?? ''} ${action.group}`) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || groupOrder[a.action.group] - groupOrder[b.action.group])
    .map(({ action }) => ofAction(action))

/** Actions that fit, and what the search finds; strong hits of the search come first. */
const useEntries = (typed: string): readonly Entry[] => {
  const [asked] = useDebouncedValue(typed.trim(), 60)
  const found = useApiQuery('search', 'find', { text: asked, limit: 12 }, { enabled: asked.length > 0 })
  return useMemo(() => {
    const link = linkIn(typed)
    if (link !== null) return [link]
    const actions = matchingActions(typed)
    if (typed.trim() === '') return actions
    const hits = (found.data ?? []).filter((it) => !it.approximate).map(ofFound)
    const near = (found.data ?? []).filter((it) => it.approximate).map(ofFound)
    const all = [...actions.slice(0, 2), ...hits, ...actions.slice(2, 8), ...near]
    // What is found in two ways stands once, at its better place.
    return all.filter((entry, place) => all.findIndex((it) => it.id === entry.id) === place)
  }, [typed, found.data])
}

// The library moves the focus a moment later, and keys typed in that moment would be lost.
const focusAtOnce = (input: HTMLInputElement | null) => input?.focus()

const PaletteBody = () => {
  const [typed, setTyped] = useState('')
  const [index, setIndex] = useState(0)
  const listId = useId()
  const entries = useEntries(typed)
  const current = Math.min(index, Math.max(0, entries.length - 1))
  const run = (entry: Entry | undefined) => {
    if (entry === undefined) return
    closeOverlay()
    void entry.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const next = (current + step + entries.length) % Math.max(1, entries.length)
      setIndex(next)
      document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      run(entries[current])
    }
  }
  return (
    <div className={classes['palette']}>
      <div className={classes['search']}>
        <IconSearch size={18} aria-hidden="true" />
        <input
          data-autofocus
          ref={focusAtOnce}
          role="combobox"
          aria-label="Search clients, invoices, items, actions and settings"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={entries.length > 0 ? `${listId}-${current}` : undefined}
          placeholder="Search or do something…"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setIndex(0)
          }}
          onKeyDown={onKeyDown}
        />
        <KeyHint keys="escape" />
      </div>
      <div role="listbox" id={listId} aria-label="Matches" className={classes['list']}>
        {entries.map((entry, position) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text field above keeps the focus and handles the keys
          <div
            key={entry.id}
            id={`${listId}-${position}`}
            role="option"
            tabIndex={-1}
            aria-selected={position === current}
            className={classes['entry']}
            onMouseMove={() => setIndex(position)}
            onClick={() => run(entry)}
          >
            <entry.icon size={16} aria-hidden="true" />
            <span className={classes['title']}>{entry.title}</span>
            <span className={classes['subtitle']}>{entry.subtitle}</span>
            {entry.shortcut !== undefined && <KeyHint keys={entry.shortcut} />}
          </div>
        ))}
      </div>
      {entries.length === 0 && (
        <p role="status" className={classes['nothing']}>
          Nothing is called that. Try a name, a number, or what you want to do.
        </p>
      )}
    </div>
  )
}

// At once: what is typed right after the shortcut must arrive in the field.
const quick = { duration: 0 }

/** Ctrl/Cmd+K: everything that there is and everything that can be done, typos forgiven. */
export const Palette = () => {
  const isOpen = useOverlay((state) => state.open === 'palette')
  return (
    <Modal.Root opened={isOpen} onClose={closeOverlay} size={620} padding={0} radius={10} transitionProps={quick}>
      <Modal.Overlay />
      <Modal.Content aria-label="Search">
        <Modal.Body p={0}>
          <PaletteBody />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
