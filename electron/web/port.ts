import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'

const remembered = (file: string): number => {
  try {
    const port = Number(readFileSync(file, 'utf8'))
    return Number.isInteger(port) && port > 1023 && port <= 65_535 ? port : 0
  } catch {
    return 0
  }
}

/**
 * Starts a server on the given port; with port 0 on the one of the last time if it is free, else on any. A browser keeps
 * what a page remembers (theme, columns) by its address, the port included.
 */
export const onPort = async <T extends { readonly port: number }>(
  { directory, port }: { readonly directory: string; readonly port: number },
  start: (port: number) => Promise<T>,
): Promise<T> => {
  if (port !== 0) return await start(port)
  const file = join(directory, 'web-port')
  const last = remembered(file)
  const server = await start(last).catch((error: unknown) => {
    if (last !== 0 && isTaken(error)) return start(0)
    throw error
  })
  try {
    writeFileSync(file, `${server.port}\n`, { mode: 0o600 })
  } catch {
    // Another port the next time is all that comes of it.
  }
  return server
}
