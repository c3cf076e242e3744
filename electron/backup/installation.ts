import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { changeDurably, readText, writeDurably } from './durable.ts'

const idSchema = z.string().regex(/^[0-9a-f]{32}$/)
const schema = z.object({
  installation: idSchema,
  /** What it left in places that others use too, a new one for each opening in which it came to one; see visits.ts. */
  visits: z.array(z.string()).default([]),
  /** The data was opened since, and what is left next is a new one. */
  opened: z.boolean().default(false),
  /** What it was called before it met a copy of itself. */
  former: z.array(idSchema).default([]),
})
export type Installation = z.output<typeof schema>

// So many openings in which something was left in a place: a disk that was away for more, while another one was there in
// its place, is taken for one that a copy used. Openings while it is away and no other one is there add nothing.
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
  const made: Installation = { installation: newId(), visits: [], opened: false, former: [] }
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

const change = (directory: string, to: (known: Installation) => Installation | null): Installation | null => {
  if (readInstallation(directory) === null) return null
  try {
    changeDurably(pathOf(directory), (text) => {
      const known = parsed(text)
      const next = known === null ? null : to(known)
      return next === null ? null : textOf(next)
    })
  } catch {
    return null
  }
  return readInstallation(directory)
}

/** Begins an opening of the data: what is left in places from now on was never left before. */
export const beginVisits = (directory: string): void => {
  change(directory, (known) => (known.opened ? null : { ...known, opened: true }))
}

/**
 * What is about to be left in a place in this opening, the last of its visits: made when the place is there and not at
 * the opening, so that a copy of this data folder that was made in between leaves another.
 */
export const takeVisit = (directory: string): Installation | null =>
  change(directory, (known) =>
    known.opened || known.visits.length === 0
      ? { ...known, visits: [...known.visits, newId()].slice(-mostVisits), opened: false }
      : null,
  )

/** Gives this data folder a name of its own: another one goes on with the one that both had. */
export const becomeAnother = (directory: string): Installation | null =>
  change(directory, ({ installation, former }) => ({
    installation: newId(),
    visits: [newId()],
    opened: false,
    former: [...former, installation],
  }))
