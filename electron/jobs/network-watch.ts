import { networkInterfaces } from 'node:os'

// Cheap to ask, and soon enough after a laptop is opened.
const everyMilliseconds = 10_000

/** The addresses under which this computer is in a network; empty where it is in none. */
export const currentNetwork = (): string =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((one) => !one.internal)
    .map((one) => one.address)
    .sort()
    .join(' ')

/** Calls `onBack` each time this computer joins a network that it was not in before; returns what stops it. */
export const watchNetwork = (onBack: () => void, network: () => string = currentNetwork): (() => void) => {
  let before = network()
  const timer = setInterval(() => {
    const now = network()
    if (now !== before && now !== '') onBack()
    before = now
  }, everyMilliseconds)
  timer.unref()
  return () => clearInterval(timer)
}
