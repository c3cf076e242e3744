import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { changeDurably, readText, writeDurably } from './durable.ts'

const idSchema = z.string().regex(/^[0-9a-f]{32}$/)
const schema = z.object({
  installation: idSchema,
  /** What it left in places that others use too, a new one for each opening of the data; see visits.ts. */
  visits: z.array(z.string()).default([]),
  /** What it was called before it met a copy of itself. */
  former: z.array(idSchema).default([]),
})
export type Installation = z.output<typeof schema>

// A year or more: a disk that was away for longer is taken for one that a copy used.
const mostVisits = 2000

// Beside the database and never in it: what is in it comes to another computer with a restored backup.
const pathOf = (directory: string) => join(directory, 'installation.json')

const parsed = (text: string | null): Installation | null => {
  try {
    return text === null ? null : schema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

const textOf = (installation: Installation) => `${JSON.stringify(installation)}\n`
const newId = () => randomBytes(16).toString('hex')

/** What is kept of this data folder as an installation, made at the first use; null where it can be neither read nor kept. */
export const readInstallation = (directory: string): Installation | null => {
  const path = pathOf(directory)
  const text = readText(path)
  // A disk that does not answer now is no reason to become somebody else.
  if (text === null && existsSync(path)) return null
  const known = parsed(text)
  if (known !== null) return known
  const made: Installation = { installation: newId(), visits: [], former: [] }
  try {
    writeDurably(path, textOf(made))
    return made
  } catch {
    return null
  }
}

/**
 * What tells this data folder from others that hold the same data. null where it can be neither read nor kept: then
 * nothing in a place that others use too counts as its own.
 */
export const installationOf = (directory: string): string | null => readInstallation(directory)?.installation ?? null

const change = (directory: string, to: (known: Installation) => Installation): Installation | null => {
  if (readInstallation(directory) === null) return null
  try {
    changeDurably(pathOf(directory), (text) => {
      const known = parsed(text)
      return known === null ? null : textOf(to(known))
    })
  } catch {
    return null
  }
  return readInstallation(directory)
}

/** Begins an opening of the data: what is left in places from now on was never left before. */
export const beginVisits = (directory: string): Installation | null =>
  change(directory, (known) => ({ ...known, visits: [...known.visits, newId()].slice(-mostVisits) }))

/** Gives this data folder a name of its own: another one goes on with the one that both had. */
export const becomeAnother = (directory: string): Installation | null =>
  change(directory, ({ installation, former }) => ({
    installation: newId(),
    visits: [newId()],
    former: [...former, installation],
  }))
