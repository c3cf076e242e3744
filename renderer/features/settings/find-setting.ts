const patienceMilliseconds = 2000
const stepMilliseconds = 50

const labels = 'label, legend, h2, [data-setting]'

const focusNear = (label: HTMLElement): void => {
  const named = label instanceof HTMLLabelElement ? label.control : null
  const control =
    named ?? label.closest('section, fieldset, div')?.querySelector<HTMLElement>('input, button, textarea')
  label.scrollIntoView({ block: 'center' })
  control?.focus()
}

/** Brings a setting of the section that is being opened into view and focuses it, once its section has loaded. */
export const showSetting = (name: string): void => {
  const wanted = name.toLowerCase()
  let waited = 0
  const look = () => {
    const found = [...document.querySelectorAll<HTMLElement>(`main :is(${labels})`)].find((label) =>
      (label.textContent ?? '').toLowerCase().startsWith(wanted),
    )
    if (found !== undefined) return focusNear(found)
    waited += stepMilliseconds
    if (waited < patienceMilliseconds) setTimeout(look, stepMilliseconds)
  }
  setTimeout(look, stepMilliseconds)
}
