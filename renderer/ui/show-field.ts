const patienceMilliseconds = 20_000
const stepMilliseconds = 50

const labels = 'label, legend, h2, [data-setting]'

const heldMilliseconds = 600

// A dialog that is still opening gives the focus to its first field a moment later.
const focusAndHold = (control: HTMLElement): void => {
  const holding = new AbortController()
  const { signal } = holding
  const letGo = () => holding.abort()
  for (const sign of ['keydown', 'pointerdown', 'input']) addEventListener(sign, letGo, { capture: true, signal })
  control.addEventListener('blur', () => setTimeout(() => control.focus()), { signal })
  control.focus()
  setTimeout(letGo, heldMilliseconds)
}

const focusNear = (label: HTMLElement): void => {
  const named = label instanceof HTMLLabelElement ? label.control : null
  const control =
    named ?? label.closest('section, fieldset, div')?.querySelector<HTMLElement>('input, button, textarea')
  label.scrollIntoView({ block: 'center' })
  if (control) focusAndHold(control)
}

/**
 * Looks until what is asked for is drawn, and acts on it; gives up after twenty seconds, and at once when somebody does
 * something else meanwhile.
 */
export const whenDrawn = <T>(find: () => T | null | undefined, act: (found: T) => void): void => {
  const looking = new AbortController()
  const { signal } = looking
  const giveUp = () => looking.abort()
  for (const sign of ['keydown', 'pointerdown']) addEventListener(sign, giveUp, { capture: true, signal })
  let waited = 0
  const look = () => {
    if (signal.aborted) return
    const found = find()
    waited += stepMilliseconds
    if ((found === null || found === undefined) && waited < patienceMilliseconds) {
      setTimeout(look, stepMilliseconds)
      return
    }
    giveUp()
    if (found !== null && found !== undefined) act(found)
  }
  setTimeout(look, stepMilliseconds)
}

/** Brings the field whose label begins so into view and focuses it, once it is drawn. */
export const showField = (name: string, within: 'main' | '[role="dialog"]' = 'main'): void => {
  const wanted = name.toLowerCase()
  whenDrawn(
    () =>
      [...document.querySelectorAll<HTMLElement>(`${within} :is(${labels})`)].find((label) =>
        (label.textContent ?? '').toLowerCase().startsWith(wanted),
      ),
    focusNear,
  )
}
