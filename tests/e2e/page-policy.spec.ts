import { createServer } from 'node:http'
import { expect, test } from './support/app.ts'
import { forgetProvoked } from './support/problems.ts'

// What a page could still do if markup of somebody else got into it: nothing. Runs on both hosts.

test('markup and scripts that get into the page run nothing', async ({ app }) => {
  const page = await app.open()
  await page.getByRole('heading').first().waitFor()
  const outcome = await page.evaluate(async () => {
    Reflect.set(globalThis, 'ran', [])
    const tried: Record<string, string> = {}
    const attempt = (name: string, work: () => unknown) => {
      try {
        work()
        tried[name] = 'taken'
      } catch (error) {
        tried[name] = error instanceof Error ? error.name : 'refused'
      }
    }
    const place = document.createElement('div')
    document.body.append(place)
    attempt('img onerror', () => {
      place.innerHTML = '<img src=x onerror="ran.push(1)">'
    })
    attempt('svg onload', () => place.insertAdjacentHTML('beforeend', '<svg onload="ran.push(2)"></svg>'))
    attempt('document.write', () => document.write('<script>ran.push(3)</script>'))
    attempt('another policy', () => {
      // Not in the DOM's types of every version.
      const types = Reflect.get(globalThis, 'trustedTypes')
      types.createPolicy('evil', { createHTML: (text: string) => text })
    })
    // Later, in a task of the page itself: what the debugger runs is let off the rule about code from text.
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        attempt('eval', () => Reflect.get(globalThis, 'eval')('ran.push(4)'))
        attempt('a function of text', () => new Function('ran.push(5)')())
        resolve()
      })
    })
    const script = document.createElement('script')
    attempt('script text', () => {
      script.text = 'ran.push(6)'
      document.body.append(script)
    })
    attempt('script elsewhere', () => {
      const foreign = document.createElement('script')
      foreign.src = 'https://evil.example/x.js'
    })
    attempt('script of data', () => {
      const data = document.createElement('script')
      data.src = 'data:text/javascript,ran.push(7)'
    })
    const image = document.createElement('img')
    attempt('handler as attribute', () => image.setAttribute('onerror', 'ran.push(8)'))
    image.src = 'data:image/png;base64,x'
    document.body.append(image)
    const link = document.createElement('a')
    attempt('link of a script', () => {
      link.setAttribute('href', 'javascript:ran.push(9)')
      document.body.append(link)
      link.click()
    })
    const frame = document.createElement('iframe')
    frame.src = 'data:text/html,<script>parent.postMessage("ran","*")</script>'
    document.body.append(frame)
    const quiet = document.createElement('iframe')
    attempt('srcdoc', () => {
      quiet.srcdoc = '<script>parent.ran.push(10)</script>'
      document.body.append(quiet)
    })
    const base = document.createElement('base')
    base.href = 'https://evil.example/'
    document.head.append(base)
    const worker = await new Promise((resolve) => {
      try {
        new Worker('data:text/javascript,postMessage(1)').onerror = () => resolve('refused')
      } catch {
        resolve('refused')
      }
      setTimeout(() => resolve('no answer'), 500)
    })
    await new Promise((resolve) => setTimeout(resolve, 500))
    const address = document.baseURI
    for (const added of [place, script, image, link, frame, quiet, base]) added.remove()
    return { ran: Reflect.get(globalThis, 'ran'), tried, worker, address }
  })
  expect(outcome.ran).toEqual([])
  expect(outcome.tried).toMatchObject({
    'img onerror': 'TypeError',
    'svg onload': 'TypeError',
    'document.write': 'TypeError',
    'another policy': 'TypeError',
    eval: 'EvalError',
    'a function of text': 'EvalError',
    'script text': 'TypeError',
    'script elsewhere': 'TypeError',
    'script of data': 'TypeError',
    srcdoc: 'TypeError',
  })
  expect(outcome.worker).not.toBe('ran')
  expect(outcome.address).not.toContain('evil')
  // The page said each of it, so a page that does such a thing by mistake fails its test.
  await expect.poll(() => app.problems.filter(({ kind }) => kind === 'policy').length).toBeGreaterThan(4)
  const said = app.problems.map(({ text }) => text).join('\n')
  for (const directive of ['script-src', 'base-uri', 'trusted-types']) expect(said).toContain(directive)
  await forgetProvoked(page, app.problems)
})

test('nothing leaves the page', async ({ app }) => {
  let reached = 0
  const elsewhere = createServer((_request, response) => {
    reached += 1
    response.setHeader('access-control-allow-origin', '*').end('x')
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  const address = elsewhere.address()
  const target = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`
  const page = await app.open()
  await page.getByRole('heading').first().waitFor()
  const outcome = await page.evaluate(async (target) => {
    const attempt = async (work: () => Promise<unknown>) =>
      work().then(
        () => 'left',
        () => 'refused',
      )
    const image = new Image()
    image.src = `${target}image.png`
    const style = document.createElement('link')
    style.rel = 'stylesheet'
    style.href = `${target}style.css`
    const prefetch = document.createElement('link')
    prefetch.rel = 'prefetch'
    prefetch.href = `${target}prefetch`
    const font = new FontFace('evil', `url(${target}font.woff2)`)
    const form = document.createElement('form')
    form.action = `${target}form`
    form.method = 'post'
    const frame = document.createElement('iframe')
    frame.src = `${target}frame`
    document.body.append(image, form, frame)
    document.head.append(style, prefetch)
    form.submit()
    const socket = await attempt(
      () =>
        new Promise((resolve, reject) => {
          const line = new WebSocket(target.replace('http', 'ws'))
          line.onopen = resolve
          line.onerror = reject
        }),
    )
    const result = {
      fetch: await attempt(() => fetch(target)),
      opaque: await attempt(() => fetch(target, { mode: 'no-cors' })),
      socket,
      font: await attempt(() => font.load()),
      events: await attempt(
        () =>
          new Promise((resolve, reject) => {
            const line = new EventSource(target)
            line.onopen = resolve
            line.onerror = reject
          }),
      ),
    }
    navigator.sendBeacon(`${target}beacon`, 'x')
    await new Promise((resolve) => setTimeout(resolve, 500))
    for (const added of [image, form, frame, style, prefetch]) added.remove()
    return result
  }, target)
  elsewhere.closeAllConnections()
  elsewhere.close()
  expect(outcome).toEqual({
    fetch: 'refused',
    opaque: 'refused',
    socket: 'refused',
    font: 'refused',
    events: 'refused',
  })
  expect(reached).toBe(0)
  await forgetProvoked(page, app.problems)
})

test('the token is nowhere to be stolen from', async ({ app }) => {
  const page = await app.open()
  await page.getByRole('heading').first().waitFor()
  const seen = await page.evaluate(() => ({
    address: location.href,
    referrer: document.referrer,
    history: history.length,
    cookie: document.cookie,
    local: JSON.stringify({ ...localStorage }),
    names: Object.keys(sessionStorage),
  }))
  expect(seen.address).not.toContain('token')
  expect(seen.referrer).toBe('')
  expect(seen.cookie).toBe('')
  expect(seen.local).not.toMatch(/token/i)
  if (app.host === 'electron') expect(seen.names).not.toContain('counterfoil.token')
  // What goes back in the history names it no more than what is shown.
  await page.goto(page.url())
  await page.goBack().catch(() => null)
  expect(page.url()).not.toContain('token')
})
