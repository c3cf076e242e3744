import { appOrigin, isAppUrl } from './scheme.ts'

// Official help that screens link to. Never an address from the user's data.
const helpHosts: ReadonlySet<string> = new Set(['ec.europa.eu', 'www.gov.uk'])

/** The address to hand to the system's browser or mail program, or null where it is not one that we open. */
export const openableUrl = (address: string): string | null => {
  try {
    const url = new URL(address)
    if (url.protocol === 'https:') {
      return helpHosts.has(url.host) && url.username === '' && url.password === '' ? url.href : null
    }
    return url.protocol === 'mailto:' && !/[\r\n]|%0[ad]/i.test(address) ? url.href : null
  } catch {
    return null
  }
}

/** Whether a frame may go to an address: our page at the top, our page or its own blob (a PDF) inside. */
export const mayNavigate = (address: string, isMainFrame: boolean): boolean =>
  isAppUrl(address) || (!isMainFrame && address.startsWith(`blob:${appOrigin}/`))
