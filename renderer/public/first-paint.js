// Runs before the first paint, so that a chosen dark theme never shows a white page first.
;(() => {
  const root = document.documentElement
  let chosen = 'auto'
  try {
    chosen = localStorage.getItem('counterfoil.theme') ?? 'auto'
  } catch {
    chosen = 'auto'
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
