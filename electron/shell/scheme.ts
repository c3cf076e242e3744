/** The product's own scheme and the one origin on it. */
export const scheme = 'app'
export const appHost = 'counterfoil'
export const appOrigin = `${scheme}://${appHost}`

/** Whether an address belongs to the product's page; false for anything that is no address. */
export const isAppUrl = (address: string): boolean => {
  try {
    const url = new URL(address)
    return url.protocol === `${scheme}:` && url.host === appHost
  } catch {
    return false
  }
}
