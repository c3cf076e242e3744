import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { chromium } from '@playwright/test'
import { findChromium } from '../support/browser.ts'
import { expect, test } from './support/app.ts'

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

test('a foreign page in a real browser reaches nothing, not even with the token', async ({ app }) => {
  const own = await app.open()
  await own.getByRole('heading').first().waitFor()
  const target = new URL(own.url()).origin
  const token = await own.evaluate(() => sessionStorage.getItem('counterfoil.token'))
  expect(token).toMatch(/^[\w-]{43}$/)

  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<h1>Foreign</h1>'),
  )
  const port = await listen(server)
  const executablePath = findChromium()
  // Names that an attacker's own DNS would make point here.
  const browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: ['--host-resolver-rules=MAP evil.example 127.0.0.1'],
  })
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${port}/`)
    const reached = await page.evaluate(
      async ({ target, token }) => {
        const attempt = async (options: RequestInit) => {
          try {
            const response = await fetch(`${target}/rpc/setup/state`, { method: 'POST', ...options })
            return response.type === 'opaque' ? 'opaque' : response.status
          } catch {
            return 'refused'
          }
        }
        const body = '{"json":{"organizationId":null,"idempotencyKey":null,"input":{}}}'
        const script = document.createElement('script')
        script.src = `${target}/first-paint.js`
        const loaded = await new Promise((resolve) => {
          script.onload = () => resolve('loaded')
          script.onerror = () => resolve('refused')
          document.body.append(script)
        })
        return {
          withToken: await attempt({
            body,
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          }),
          simple: await attempt({ body, headers: { 'content-type': 'text/plain' } }),
          script: loaded,
        }
      },
      { target, token },
    )
    expect(reached).toEqual({ withToken: 'refused', simple: 'refused', script: 'refused' })

    const rebound = await page.goto(`http://evil.example:${new URL(target).port}/`)
    expect(rebound?.status()).toBe(403)
    const call = await page.evaluate(async (token) => {
      const response = await fetch('/rpc/setup/state', {
        method: 'POST',
        body: '{}',
        headers: { authorization: `Bearer ${token}` },
      })
      return response.status
    }, token)
    expect(call).toBe(403)

    await page.goto(`http://127.0.0.1:${port}/`)
    await page.evaluate(async (address) => {
      const frame = document.createElement('iframe')
      frame.src = address
      document.body.append(frame)
      await new Promise((resolve) => frame.addEventListener('load', resolve))
    }, target)
    expect(page.frames().map((frame) => frame.url())[1]).toMatch(/^chrome-error:/)
  } finally {
    await browser.close()
    server.close()
  }
})
