import { type RefObject, useEffect, useRef } from 'react'

// What the library gives its dialogs; its lists and menus lie at 300.
const ground = 200

/** The layers of the dialogs that are open, the one on top last. */
const layers: number[] = []

// The ones below hear the same key, and by then the one on top may be gone.
const answered = new WeakSet<Event>()

const isTop = (layer: number) => layers.at(-1) === layer

// A list that is open inside of the dialog is closed first.
const isForSomethingInside = ({ target }: Event) =>
  target instanceof Element && target.getAttribute('data-mantine-stop-propagation') === 'true'

// A button that is busy loses the focus, and what comes next for Tab would lie behind the dialog.
const isLost = () => document.activeElement === null || document.activeElement === document.body

type Layer = {
  readonly zIndex: number
  /** Where the dialog's content is drawn. */
  readonly content: RefObject<HTMLDivElement | null>
}

/**
 * Puts a dialog above those that were open before it, wherever each stands in the page. Escape closes the one on top
 * alone: a question asked out of a dialog is seen, and answering it leaves the dialog. Tab stays in the one on top.
 */
export const useDialogLayer = (isOpen: boolean, onEscape: (() => void) | null): Layer => {
  const content = useRef<HTMLDivElement>(null)
  const layer = useRef(ground)
  const wasOpen = useRef(false)
  if (isOpen && !wasOpen.current) layer.current = (layers.at(-1) ?? ground - 1) + 1
  wasOpen.current = isOpen
  const latest = useRef(onEscape)
  latest.current = onEscape
  useEffect(() => {
    if (!isOpen) return
    const mine = layer.current
    layers.push(mine)
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Tab' && isTop(mine) && isLost()) content.current?.focus()
      if (event.key !== 'Escape' || event.isComposing || !isTop(mine) || isForSomethingInside(event)) return
      if (answered.has(event)) return
      answered.add(event)
      latest.current?.()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true })
      layers.splice(layers.indexOf(mine), 1)
    }
  }, [isOpen])
  return { zIndex: layer.current, content }
}
