import { expect, test } from './support/app.ts'

test('opens a window with a title, a heading and no violation of its policy', async ({ app }) => {
  const page = await app.open()
  await expect(page).toHaveTitle(/Counterfoil/)
  await expect(page.getByRole('heading').first()).toBeVisible()
  expect(new URL(page.url()).searchParams.has('token')).toBe(false)
  // Loaded once more, so that nothing said before the listeners were there is missed.
  await page.reload()
  await expect(page.getByRole('heading').first()).toBeVisible()
  expect(app.problems).toEqual([])
})

test('runs no script that was injected into the page, and reaches nothing outside', async ({ app }) => {
  const page = await app.open()
  await page.getByRole('heading').first().waitFor()
  const outcome = await page.evaluate(async () => {
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective))
    const attempt = (work: () => unknown) => {
      try {
        work()
        return 'done'
      } catch (error) {
        return error instanceof Error ? error.name : String(error)
      }
    }
    const script = () => {
      const element = document.createElement('script')
      element.append('globalThis.injected = true')
      document.body.append(element)
    }
    const handler = () => {
      const image = document.createElement('img')
      image.setAttribute('onerror', 'globalThis.injected = true')
      image.src = '/does-not-exist.png'
      document.body.append(image)
    }
    const markup = () => {
      document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="globalThis.injected = true">')
    }
    const attempts = [attempt(script), attempt(handler), attempt(markup)]
    const outside = await fetch('https://example.com/').then(
      () => 'reached',
      () => 'refused',
    )
    await new Promise((resolve) => setTimeout(resolve, 300))
    return { attempts, outside, violations, injected: Reflect.get(globalThis, 'injected') === true }
  })
  expect(outcome.injected).toBe(false)
  expect(outcome.outside).toBe('refused')
  expect(outcome.violations).toContain('connect-src')
  expect(outcome.attempts.filter((attempt) => attempt === 'done').length).toBeLessThan(outcome.attempts.length)
  // Provoked above.
  app.problems.length = 0
})

test('comes back after a kill with the same data folder', async ({ app }) => {
  await app.open()
  await app.page.getByRole('heading').first().waitFor()
  await app.kill()
  const page = await app.open()
  await expect(page.getByRole('heading').first()).toBeVisible()
})

test('gives a page nothing of Node or Electron', async ({ app }) => {
  const page = await app.open()
  const reachable = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', 'global'].filter(
      (name) => name in globalThis,
    ),
  )
  expect(reachable).toEqual([])
})
