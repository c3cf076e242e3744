import { IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, memo, useId, useState } from 'react'
import type { Item } from '../../../shared/contract/items.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { useMayCall } from '../../app/me.ts'
import { useFormats } from '../../ui/locale.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { DocumentLine } from '../document-content.ts'
import { changeLine, lineField, lineForm } from './draft-edits.ts'
import { useContent, useEditor, useProblem } from './editor-context.ts'
import classes from './item-cell.module.css'
import { useItemSearch } from './item-search.ts'
import paper from './paper.module.css'

type Props = { readonly line: DocumentLine; readonly position: number }

/** Puts an item on a line, or keeps what the line says as a new item. */
const useItemChoice = (line: DocumentLine) => {
  const { store, taxesOf } = useEditor()
  const pick = (item: Item) => {
    store.edit(
      null,
      changeLine(line.id, {
        itemId: item.id,
        code: item.code,
        name: item.name,
        description: item.description,
        classification: item.classification,
        unit: item.unit,
        priceE6: item.priceE6,
        taxes: [...taxesOf(item.taxRateId, item.kind === 'product' ? 'goods' : 'services')],
      }),
    )
    store.focusOn({ lineId: line.id, field: 'quantity' })
  }
  const make = async () => {
    const name = line.name.trim()
    try {
      const { id } = await api.items.create({
        name,
        unit: line.unit,
        priceE6: line.priceE6,
        description: line.description,
        taxRateId: line.taxes[0]?.taxRateId ?? null,
      })
      store.edit(null, changeLine(line.id, { itemId: id }))
      showToast({ message: `“${name}” is kept as an item.` })
    } catch (thrown) {
      showToast({ message: `“${name}” was not kept as an item: ${describeError(thrown).message}`, tone: 'problem' })
    }
  }
  return { pick, make }
}

const useSuggestions = (line: DocumentLine) => {
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const found = useItemSearch(line.name, open)
  const wanted = line.name.trim()
  const mayMake = useMayCall()('items.create')
  const canMake =
    mayMake && open && wanted !== '' && !found.some((item) => item.name.toLowerCase() === wanted.toLowerCase())
  const count = found.length + (canMake ? 1 : 0)
  const show = (next: boolean) => {
    setOpen(next)
    setActive(-1)
  }
  return { open: open && count > 0, show, active, setActive, found, canMake, count }
}

/** What a line is for: free text, an item as one types, or a new item of what was typed. */
export const ItemCell = memo(({ line, position }: Props) => {
  const { store } = useEditor()
  const formats = useFormats()
  const id = useId()
  const currency = useContent((content) => content.currency)
  const field = lineField(line.id, 'name')
  const problem = useProblem(field)
  const { open, show, active, setActive, found, canMake, count } = useSuggestions(line)
  const { pick, make } = useItemChoice(line)

  const choose = (index: number) => {
    show(false)
    const item = found[index]
    if (item !== undefined) pick(item)
    else if (canMake) void make()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open || event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'ArrowDown') setActive((active + 1) % count)
    else if (event.key === 'ArrowUp') setActive(active <= 0 ? count - 1 : active - 1)
    else if (event.key === 'Enter' && active >= 0) choose(active)
    else if (event.key === 'Escape') {
      event.stopPropagation()
      show(false)
    } else return
    event.preventDefault()
  }
  return (
    <div className={classes['place']}>
      <input
        className={paper['input']}
        role="combobox"
        form={lineForm(line.id)}
        aria-label={`Item of line ${position}`}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={open ? `${id}-list` : undefined}
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        aria-invalid={problem !== undefined || undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        data-field={field}
        placeholder="Item or what it is for"
        autoComplete="off"
        maxLength={300}
        value={line.name}
        onChange={(event) => {
          show(true)
          const name = event.currentTarget.value
          // The catalogue's code belongs to the item; other words make it a line of its own.
          store.edit(field, changeLine(line.id, name === '' ? { name, itemId: null, code: null } : { name }))
        }}
        onClick={() => show(line.name === '')}
        onBlur={() => show(false)}
        onKeyDown={onKeyDown}
      />
      {problem !== undefined && (
        <p id={`${id}-problem`} className={paper['problem']}>
          {problem}
        </p>
      )}
      {open && (
        <div role="listbox" id={`${id}-list`} aria-label="Items" tabIndex={-1} className={classes['list']}>
          {found.map((item, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: see the list
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
            <div
              key={item.id}
              role="option"
              id={`${id}-${index}`}
              aria-selected={index === active}
              className={classes['option']}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(index)}
            >
              <span className={classes['name']}>{item.name}</span>
              <span className={classes['price']}>{formats.price(item.priceE6, currency)}</span>
            </div>
          ))}
          {canMake && (
            // biome-ignore lint/a11y/useFocusableInteractive: see the list
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
            <div
              role="option"
              id={`${id}-${found.length}`}
              aria-selected={found.length === active}
              className={classes['option']}
              data-make
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(found.length)}
            >
              <IconPlus size={14} aria-hidden="true" /> Create item “{line.name.trim()}”
            </div>
          )}
        </div>
      )}
    </div>
  )
})
