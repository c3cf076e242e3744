import type { Log } from './rpc/log.ts'

/**
 * Writes what nobody caught to the log and goes on: a desktop app that shows a stack and dies helps nobody, and no
 * transaction is ever left open by it.
 */
export const logUnexpected = (log: Log): void => {
  process.on('uncaughtException', (error) => log.error({ error }, 'an error that nobody caught'))
  process.on('unhandledRejection', (error) => log.error({ error }, 'a rejection that nobody caught'))
}
