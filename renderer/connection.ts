import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { create } from 'zustand'
import { httpWire, portWire } from '../shared/contract/wire.ts'
import { AppError } from '../shared/errors.ts'

/** `refused`: this page has no valid token, and only the address printed by the host helps. */
export type ConnectionState = 'live' | 'reconnecting' | 'refused'

export type Link = {
  readonly call: (
    path: readonly string[],
    input: unknown,
    options: { signal?: AbortSignal; context: object },
  ) => Promise<unknown>
}

/** Whether calls reach the core; shown in the header. */
export const useConnection = create<{ readonly state: ConnectionState }>(() => ({ state: 'live' }))

/** Sets the state of the connection; a refusal stays until the page is opened anew. */
export const setConnection = (state: ConnectionState): void => {
  if (useConnection.getState().state !== 'refused') useConnection.setState({ state })
}

const isDesktop = location.protocol === 'app:'
const tokenKey = 'counterfoil.token'

/** Takes the token out of the address at once, so that it is in no history, bookmark or screenshot. */
const readToken = (): string | null => {
  const url = new URL(location.href)
  const given = url.searchParams.get('token')
  if (given === null) return sessionStorage.getItem(tokenKey)
  sessionStorage.setItem(tokenKey, given)
  url.searchParams.delete('token')
  history.replaceState(history.state, '', url)
  return given
}

const token = isDesktop ? null : readToken()

const loopbackLink = (): Link =>
  new FetchLink({
    url: `${location.origin}/rpc`,
    headers: () => (token === null ? {} : { authorization: `Bearer ${token}` }),
    ...httpWire,
    fetch: async (request, init) => {
      const response = await fetch(request, init)
      if (response.status !== 401) return response
      useConnection.setState({ state: 'refused' })
      throw new AppError(
        'UNAUTHENTICATED',
        'This page has no key to the app. Open the address printed in the terminal.',
      )
    },
  })

const portLink = (onClose: () => void): Link => {
  const { port1, port2 } = new MessageChannel()
  const link = new PortLink({ port: port1, ...portWire })
  port1.addEventListener('close', onClose)
  port1.start()
  window.postMessage('counterfoil:port', location.origin === 'null' ? '*' : location.origin, [port2])
  return link
}

let current: Link | null = null

/** The link to the core; a port that closed is replaced at the next call. */
export const currentLink = (): Link => {
  current ??= isDesktop ? portLink(() => (current = null)) : loopbackLink()
  return current
}
