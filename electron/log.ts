import { mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { destination, pino, stdSerializers, stdTimeFunctions } from 'pino'
import type { Log } from './rpc/log.ts'

// What must not be in a log even by accident: a handler that logs its input would otherwise write a password.
const secretKeys = ['password', 'pass', 'secret', 'token', 'authorization', 'cookie', 'key', 'iban', 'accountNumber']
const secretPaths = secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`])

const largestFile = 5_000_000

const keepShort = (file: string) => {
  try {
    if (statSync(file).size > largestFile) renameSync(file, file.replace(/\.log$/, '.1.log'))
  } catch {
    // No log yet: the first line makes it.
  }
}

const fileIn = (directory: string): string | number => {
  const folder = join(directory, 'logs')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch {
    // A data folder that cannot be written to is reported by whoever opens it; the log goes to standard error.
    return process.stderr.fd
  }
  const file = join(folder, 'counterfoil.log')
  keepShort(file)
  return file
}

// Bytes that wait for a disk that is full; what comes after them is not written.
const mostWaiting = 1_000_000

// What is done never fails because it cannot be told: on a full disk data would neither open nor close.
const openDestination = (place: string | number) => {
  const open = (dest: string | number) => destination({ dest, sync: true, mode: 0o600, maxLength: mostWaiting })
  try {
    return open(place)
  } catch {
    return open(process.stderr.fd)
  }
}

/** Where log lines go: the data folder's logs/counterfoil.log, standard error, or nowhere (tests). */
export type LogTarget = { readonly directory: string } | 'stderr' | 'none'

/** Opens the log: one JSON object a line, passwords, tokens and bank details left out. */
export const openLog = (target: LogTarget): Log => {
  const options = {
    level: target === 'none' ? 'silent' : 'info',
    base: { pid: process.pid },
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths: secretPaths, censor: '[left out]' },
    serializers: { error: stdSerializers.err },
  }
  const place = typeof target === 'object' ? fileIn(target.directory) : process.stderr.fd
  // Written at once: the line that matters is the one before a crash.
  const written = openDestination(place)
  written.on('error', () => undefined)
  const logger = pino(options, written)
  return {
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  }
}
