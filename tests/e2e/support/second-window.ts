import { StandardRPCJsonSerializer } from '@orpc/client/standard'
import type { Page } from '@playwright/test'
import { v7 } from 'uuid'
import type { contract, Input } from '../../../shared/contract/index.ts'

type SavedDraft = Input<(typeof contract)['invoices']['saveDraft']>

/**
 * Saves a draft through a line of its own to the running host, as a second window would, and gives the answer as text.
 * The page that is open learns of it by nothing but the host.
 */
export const saveDraftElsewhere = (page: Page, organizationId: string, input: SavedDraft): Promise<string> => {
  const [json, meta] = new StandardRPCJsonSerializer().serialize({ organizationId, idempotencyKey: v7(), input })
  return page.evaluate(
    async ({ body, id }) => {
      const token = sessionStorage.getItem('counterfoil.token')
      if (token !== null) {
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
        const answer = await fetch('/rpc/invoices/saveDraft', { method: 'POST', headers, body: JSON.stringify(body) })
        return `${answer.status} ${await answer.text()}`
      }
      const { port1, port2 } = new MessageChannel()
      const answered = new Promise<string>((resolve) => {
        const text = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)
        port1.onmessage = (event) => resolve(JSON.stringify(event.data, text))
      })
      window.postMessage('counterfoil:port', location.origin, [port2])
      port1.postMessage(JSON.stringify({ i: id, p: { u: 'http://orpc/invoices/saveDraft', b: body } }))
      return await answered
    },
    { body: { json, meta }, id: '1' },
  )
}

/** Goes to an address of the app in the page that is open. */
export const goTo = (page: Page, path: string): Promise<void> =>
  page.evaluate((hash) => {
    location.hash = hash
  }, path)
