const stop = ['a[href]', 'button', 'input', 'select', 'textarea', 'summary', '[tabindex]']
  .map((it) => `${it}:not(:disabled, [tabindex="-1"], [type="hidden"])`)
  .join()

const stopsIn = (part: Element) =>
  [...part.querySelectorAll<HTMLElement>(stop)].filter((element) => element.checkVisibility())

/** Where the focus was: the element, the parts of the page around it from the inside out, and what stood before and after. */
export type FocusPlace = {
  readonly element: HTMLElement
  readonly around: readonly Element[]
  readonly before: readonly Element[]
  readonly after: readonly Element[]
  /** In the page, not in a dialog, a menu, a message or the frame of the window. */
  readonly isOfPage: boolean
}

/** Remembers where an element stands, for the time when it is gone. */
export const placeOf = (element: HTMLElement): FocusPlace => {
  const whole = element.closest('main, [role="dialog"]')
  const around: Element[] = []
  // What holds the title is the page itself: nothing in it is nearer than the title.
  for (let part = element.parentElement; part !== null && whole?.contains(part); part = part.parentElement) {
    if (part.tagName === 'MAIN' || part.querySelector('h1') !== null) break
    around.push(part)
  }
  // What of it is seen is asked when it is needed: this is done at each step of the focus.
  const others = [...(whole?.querySelectorAll(stop) ?? [])].filter((other) => other !== element)
  const follows = (other: Element) => (element.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  const at = others.findIndex(follows)
  const end = at === -1 ? others.length : at
  return {
    element,
    around,
    before: others.slice(0, end),
    after: others.slice(end),
    isOfPage: whole?.matches('main') === true,
  }
}

const isNamed = (part: Element) =>
  part.matches('section, form, aside, [role="dialog"]') && part.hasAttribute('aria-label')

/** Makes a part of the page able to take the focus by itself, though no stop of Tab. */
export const named = (part: Element | null): HTMLElement | null => {
  if (!(part instanceof HTMLElement)) return null
  if (!part.hasAttribute('tabindex')) part.tabIndex = -1
  return part
}

/**
 * What stands nearest to a place now: the element itself, what came after it in the smallest part that is still there,
 * what came before, or the named part that held it; null where all of that went, and while it is at work.
 */
export const nearest = ({ element, around, before, after }: FocusPlace): HTMLElement | null => {
  if (element.isConnected && element.matches('[data-loading]')) return null
  if (element.isConnected && !element.matches(':disabled') && element.checkVisibility()) return element
  for (const part of around) {
    if (!part.isConnected) continue
    const here = stopsIn(part)
    const isHere = (it: Element) => here.some((other) => other === it)
    const next = after.find(isHere) ?? before.findLast(isHere) ?? here[0]
    if (next instanceof HTMLElement) return next
    if (isNamed(part)) return named(part)
  }
  return null
}
