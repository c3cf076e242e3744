import { z } from 'zod'
import { dropKept, keep, keptNames, ownName, readKept } from '../../kept-store.ts'
import type { DocumentContent } from '../document-content.ts'
import type { DocumentKind } from '../document-kind.ts'

/** A draft as this browser keeps it until the core has acknowledged it. */
export type KeptDraft = {
  readonly id: string
  /** The version that it was written on; null where the core has none yet. */
  readonly version: number | null
  /** Whether anybody wrote on it. */
  readonly touched: boolean
  readonly content: DocumentContent
  /** The save whose answer has not come yet; repeated with its key it is done once, whether it had arrived or not. */
  readonly unanswered: Unanswered | null
}

type Unanswered = {
  readonly version: number | null
  readonly key: string
  /** null: the content above. */
  readonly content: DocumentContent | null
}

/** Where drafts of one kind are kept. */
type Kept = DocumentKind['kept']

const keyOf = ({ prefix }: Kept, organizationId: string, id: string) => ownName(prefix, `${organizationId}.${id}`)

const keptSchema = (content: Kept['content']) =>
  z.object({
    id: z.string(),
    version: z.int().nullable(),
    touched: z.boolean(),
    content,
    unanswered: z.object({ version: z.int().nullable(), key: z.string(), content: content.nullable() }).nullable(),
  })

// JSON has no bigint: they are written as { $: "123" }.
const pack = (_: string, value: unknown) => (typeof value === 'bigint' ? { $: value.toString() } : value)

const unpack = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && '$' in value && typeof value.$ === 'string' && /^-?\d+$/.test(value.$)
    ? BigInt(value.$)
    : value

/** Keeps a draft in this browser, where it survives a kill; false where the browser has no room. */
export const keepDraft = (kept: Kept, organizationId: string, draft: KeptDraft): boolean =>
  keep(keyOf(kept, organizationId, draft.id), JSON.stringify(draft, pack))

const read = (kept: Kept, key: string): KeptDraft | null => {
  const text = readKept(key)
  if (text === null) return null
  try {
    const parsed = keptSchema(kept.content).safeParse(JSON.parse(text, unpack))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** The draft that this browser keeps, or null. */
export const keptDraft = (kept: Kept, organizationId: string, id: string): KeptDraft | null =>
  read(kept, keyOf(kept, organizationId, id))

/** Lets go of a draft that is stored. */
export const dropDraft = (kept: Kept, organizationId: string, id: string): void =>
  dropKept(keyOf(kept, organizationId, id))

/** Drafts that whoever is at the screen wrote on and that never reached the core. */
export const strandedDrafts = (kept: Kept, organizationId: string): readonly KeptDraft[] =>
  keptNames(ownName(kept.prefix, `${organizationId}.`)).flatMap((key) => {
    const draft = read(kept, key)
    return draft?.touched ? [draft] : []
  })

const lockOf = (id: string) => `counterfoil.draft.${id}`

/** Marks a draft as open for writing, in this and every other window; gives the function that lets go. */
export const holdDraft = (id: string): (() => void) => {
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  void navigator.locks.request(lockOf(id), () => held)
  return release
}

/** Does something with a draft unless a window has it open for writing. */
export const whileUnheld = (id: string, act: () => Promise<void>): Promise<void> =>
  navigator.locks.request(lockOf(id), { ifAvailable: true }, async (lock) => {
    if (lock !== null) await act()
  })
