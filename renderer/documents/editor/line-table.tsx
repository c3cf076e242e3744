import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import {
  type ClipboardEvent,
  type CSSProperties,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useStore } from 'zustand'
import { useFormats } from '../../ui/locale.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { DocumentLine } from '../document-content.ts'
import type { Figures } from './document-totals.ts'
import { lineField } from './draft-edits.ts'
import { useContent, useEditor, useProblem } from './editor-context.ts'
import { addLine, pasteTable } from './line-actions.ts'
import { LineRow } from './line-row.tsx'
import classes from './line-table.module.css'
import paper from './paper.module.css'
import { isTable } from './paste-lines.ts'

const rowHeight = 37

/** How far below the top of the desk the lines begin, kept up to date as what stands above them grows. */
const useListTop = () => {
  const { desk } = useEditor()
  const list = useRef<HTMLTableSectionElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const scroller = desk.current
    const sheet = scroller?.firstElementChild
    if (!scroller || !sheet) return
    const measure = () => {
      if (list.current === null) return
      const distance = list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top
      setTop(Math.round(distance + scroller.scrollTop))
    }
    const watcher = new ResizeObserver(measure)
    watcher.observe(sheet)
    measure()
    return () => watcher.disconnect()
  }, [desk])
  return { list, top }
}

/** The lines that are near enough to be drawn; the one that is edited stays drawn wherever one scrolls. */
const useLineWindow = (lines: readonly DocumentLine[], top: number) => {
  const { desk } = useEditor()
  const [edited, setEdited] = useState<string | null>(null)
  const editedAt = edited === null ? -1 : lines.findIndex((line) => line.id === edited)
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range)
      return editedAt < 0 || indexes.includes(editedAt) ? indexes : [...indexes, editedAt].toSorted((a, b) => a - b)
    },
    [editedAt],
  )
  // The same key function as long as the lines are the same ones: another one makes it measure all of them anew.
  const joined = lines.map((line) => line.id).join(' ')
  const getItemKey = useMemo(() => {
    const ids = joined.split(' ')
    return (index: number) => ids[index] ?? index
  }, [joined])
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => desk.current,
    estimateSize: () => rowHeight,
    overscan: 4,
    scrollMargin: top,
    getItemKey,
    rangeExtractor,
    initialRect: { width: 800, height: 900 },
  })
  return { virtual, setEdited }
}

/** Goes to the field that an action asked for, as soon as its line is drawn. */
const useFocusRequests = (lines: readonly DocumentLine[], scrollToIndex: (index: number) => void) => {
  const { store, desk } = useEditor()
  const focus = useStore(store, (state) => state.focus)
  useEffect(() => {
    if (focus === null) return
    const selector = `[data-field="${lineField(focus.lineId, focus.field)}"]`
    let tries = 0
    let frame = 0
    const seek = () => {
      const target = desk.current?.querySelector<HTMLElement>(selector)
      if (target) {
        target.focus()
        target.scrollIntoView({ block: 'nearest' })
        store.focusOn(null)
      } else if (tries < 20) {
        if (tries === 0) scrollToIndex(lines.findIndex((line) => line.id === focus.lineId))
        tries += 1
        frame = requestAnimationFrame(seek)
      }
    }
    seek()
    return () => cancelAnimationFrame(frame)
  }, [focus, lines, scrollToIndex, store, desk])
}

const Heads = () => {
  const includesTax = useContent((content) => content.pricesIncludeTax)
  const heads = ['No.', 'Description', 'Quantity', 'Unit', includesTax ? 'Price incl. tax' : 'Price', 'Tax', 'Amount']
  return (
    <thead>
      <tr aria-rowindex={1} className={classes['heads']}>
        {heads.map((head) => (
          <th scope="col" key={head}>
            {head}
          </th>
        ))}
        <th scope="col">
          <span className="visually-hidden">More</span>
        </th>
      </tr>
    </thead>
  )
}

type Props = { readonly figures: Figures }

/** The lines of the document: typed, pasted from a spreadsheet, reordered; a thousand of them stay fluid. */
export const LineTable = ({ figures }: Props) => {
  const editor = useEditor()
  const { store, newLine } = editor
  const { numberFormat } = useFormats()
  const lines = useContent((content) => content.lines)
  const problem = useProblem('lines')
  const { list, top } = useListTop()
  const { virtual, setEdited } = useLineWindow(lines, top)
  const scrollToIndex = useCallback((index: number) => virtual.scrollToIndex(index, { align: 'center' }), [virtual])
  useFocusRequests(lines, scrollToIndex)

  // A custom property of our own, which the style object's type does not list.
  const style = { '--digits': String(lines.length).length } as CSSProperties
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain')
    const place = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-line]') : null
    const onId = place?.dataset['line']
    if (onId === undefined || event.target instanceof HTMLTextAreaElement || !isTable(text)) return
    event.preventDefault()
    showToast({ message: pasteTable(store, onId, text, { ...editor, numberFormat }), undo: store.undo })
  }
  return (
    <section aria-label="Lines" className={classes['section']} style={style}>
      <table className={classes['table']} aria-label="Lines" aria-rowcount={lines.length + 1} onPaste={onPaste}>
        <Heads />
        <tbody ref={list} className={classes['lines']} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const line = lines[item.index]
            return line === undefined ? null : (
              <LineRow
                key={line.id}
                line={line}
                index={item.index}
                isLast={item.index === lines.length - 1}
                netE4={figures.totals === null ? null : figures.netOf(item.index)}
                top={item.start - top}
                measure={virtual.measureElement}
                onEdit={setEdited}
              />
            )
          })}
        </tbody>
      </table>
      {problem !== undefined && <p className={paper['problem']}>{problem}</p>}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} />}
        onClick={() => addLine(store, null, newLine)}
      >
        Add line
      </Button>
    </section>
  )
}
