import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readText, writeDurably } from './durable.ts'

const schema = z.object({ installation: z.string().regex(/^[0-9a-f]{32}$/) })

// Beside the database and never in it: what is in it comes to another computer with a restored backup.
const pathOf = (directory: string) => join(directory, 'installation.json')

const parsed = (text: string | null): string | null => {
  try {
    return text === null ? null : schema.parse(JSON.parse(text)).installation
  } catch {
    return null
  }
}

/**
 * What tells this data folder from others that hold the same data; made at the first use. null where it can be neither
 * read nor kept: then nothing in a place that others use too counts as its own.
 */
export const installationOf = (directory: string): string | null => {
  const path = pathOf(directory)
  const text = readText(path)
  // A disk that does not answer now is no reason to become somebody else.
  if (text === null && existsSync(path)) return null
  const known = parsed(text)
  if (known !== null) return known
  const installation = randomBytes(16).toString('hex')
  try {
    writeDurably(path, `${JSON.stringify({ installation })}\n`)
    return installation
  } catch {
    return null
  }
}
