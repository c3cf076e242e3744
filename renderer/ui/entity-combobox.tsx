import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import classes from './entity-combobox.module.css'

export type Choice = {
  readonly id: string
  readonly label: string
  /** A quiet second line or figure. */
  readonly hint?: string
}

type Props<C extends Choice> = {
  readonly label?: ReactNode
  readonly 'aria-label'?: string
  readonly placeholder?: string
  /** What is chosen now; its label fills the field. */
  readonly value: C | null
  readonly onChange: (choice: C | null) => void
  /** Finds choices for a text, the empty one too; called as one types. */
  readonly search: (text: string, signal: AbortSignal) => Promise<readonly C[]>
  /** Makes a new one of what was typed; offered whenever no choice has that very name. */
  readonly onCreate?: (text: string) => void
  /** `client`: the offer reads “Create client “Foo””. */
  readonly noun: string
  /** Free text that is no choice is kept and told here (an item's name on a line). */
  readonly onText?: (text: string) => void
  readonly error?: ReactNode
  readonly required?: boolean
  readonly disabled?: boolean
  readonly autoFocus?: boolean
  readonly onBlur?: () => void
  readonly className?: string | undefined
  readonly variant?: 'default' | 'unstyled'
}

const createOption = ' create'

const unanswered = { text: null, found: [] }

const useSearch = <C extends Choice>(open: boolean, text: string, search: Props<C>['search']) => {
  const [answer, setAnswer] = useState<{ readonly text: string | null; readonly found: readonly C[] }>(unanswered)
  const [busy, setBusy] = useState(false)
  const latest = useRef(search)
  latest.current = search
  useEffect(() => {
    if (!open) return
    const stop = new AbortController()
    const slow = setTimeout(() => setBusy(true), 300)
    const ask = async () => {
      try {
        const found = await latest.current(text, stop.signal)
        if (!stop.signal.aborted) setAnswer({ text, found })
      } catch {
        // A search that fails offers nothing; creating and typing on still work.
        if (!stop.signal.aborted) setAnswer({ text, found: [] })
      } finally {
        clearTimeout(slow)
        if (!stop.signal.aborted) setBusy(false)
      }
    }
    void ask()
    return () => {
      clearTimeout(slow)
      stop.abort()
    }
  }, [open, text])
  return { found: answer.found, isAnswered: answer.text === text, busy }
}

/** Choose one by typing, or create it in place; keyboard alone suffices and nothing typed is lost. */
export const EntityCombobox = <C extends Choice>({
  value,
  onChange,
  search,
  onCreate,
  noun,
  onText,
  error,
  onBlur,
  className,
  ...field
}: Props<C>) => {
  const [typed, setTyped] = useState<string | null>(null)
  const [open, setOpen] = useState(false)
  const combobox = useCombobox({
    opened: open,
    onOpenedChange: setOpen,
    onDropdownClose: () => combobox.resetSelectedOption(),
  })
  const text = typed ?? value?.label ?? ''
  const query = typed ?? ''
  const { found, isAnswered, busy } = useSearch(open, query, search)
  const entered = useRef(false)
  const wanted = query.trim()
  const canCreate =
    onCreate !== undefined &&
    isAnswered &&
    wanted !== '' &&
    !found.some((it) => it.label.toLowerCase() === wanted.toLowerCase())
  const leftOver = typed !== null && wanted !== '' && onText === undefined && !open
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first option is marked anew whenever the options change
  useEffect(() => {
    if (open && typed !== null) combobox.selectFirstOption()
  }, [found, open, typed])

  const choose = (id: string) => {
    entered.current = false
    setOpen(false)
    if (id === createOption) {
      onCreate?.(wanted)
      return setTyped(null)
    }
    const choice = found.find((it) => it.id === id)
    if (choice !== undefined) onChange(choice)
    setTyped(null)
  }
  const first = found[0]?.id ?? (canCreate ? createOption : undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer
  useEffect(() => {
    if (!entered.current || !isAnswered) return
    if (first !== undefined) choose(first)
  }, [found, isAnswered])

  const type = (next: string) => {
    entered.current = false
    setTyped(next)
    setOpen(true)
    onText?.(next)
    if (next === '') onChange(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // This Enter ends the spelling of a word.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && open && typed !== null && onText === undefined && !isAnswered) {
      // Faster than the answer: what is marked belongs to an earlier text. The choice is made when the answer is there.
      event.preventDefault()
      combobox.resetSelectedOption()
      entered.current = true
      return
    }
    const isUnmarked = combobox.getSelectedOptionIndex() === -1
    if (event.key === 'Enter' && open && typed !== null && onText === undefined && isUnmarked && first !== undefined) {
      // Faster than the list, which is not drawn yet: its first option could not be marked.
      event.preventDefault()
      return choose(first)
    }
    if (event.key !== 'Escape' || !open) return
    // Escape closes the list first, not the dialog around it.
    event.stopPropagation()
    setOpen(false)
  }
  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal>
      <Combobox.Target withExpandedAttribute>
        <TextInput
          {...field}
          role="combobox"
          aria-autocomplete="list"
          className={className}
          value={text}
          autoComplete="off"
          spellCheck={false}
          error={leftOver ? `“${wanted}” is not chosen yet: pick one${onCreate ? ' or create it' : ''}.` : error}
          rightSection={busy ? <Loader size={14} /> : null}
          onChange={(event) => type(event.currentTarget.value)}
          onClick={() => setOpen(true)}
          onKeyDown={onKeyDown}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={() => {
            setOpen(false)
            if (onText !== undefined) setTyped(null)
            onBlur?.()
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={found.length === 0 && !canCreate}>
        <Combobox.Options className={classes['options']} aria-label="Choices">
          {found.map((choice) => (
            <Combobox.Option value={choice.id} key={choice.id} active={choice.id === value?.id}>
              <span className={classes['option']}>
                <span className={classes['label']}>{choice.label}</span>
                {choice.hint !== undefined && <span className={classes['hint']}>{choice.hint}</span>}
              </span>
            </Combobox.Option>
          ))}
          {canCreate && (
            <Combobox.Option value={createOption} className={classes['create']}>
              <IconPlus size={14} aria-hidden="true" /> Create {noun} “{wanted}”
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
