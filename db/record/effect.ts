import { createHash, hash } from 'node:crypto'
import { canonicalJson, type Json } from './canonical-json.ts'
import { committedColumns } from './personal-columns.ts'

/** How entries made now are worked out; an older one is checked the way it was made. */
export const recordFormat = 1

export type CommandHead = {
  readonly id: string
  readonly procedure: string
  readonly organizationId: string | null
  readonly userId: string | null
  readonly deviceId: string
  readonly at: string
}

/** A row of the audit log as it is stored. */
export type StoredChange = {
  readonly seq: number
  readonly organizationId: string | null
  readonly table: string
  readonly rowId: string
  readonly action: string
  readonly oldValues: string | null
  readonly newValues: string
  readonly salt: Uint8Array | null
  readonly commitment: Uint8Array | null
}

type Values = { readonly [key: string]: Json }

/** SHA-256 of parts one after the other. */
export const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const [only] = parts
  const whole = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts.map((part) => Buffer.from(part)))
  // In one call: several times faster for the short texts of the record.
  return hash('sha256', whole, 'buffer')
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Old and new values of a change as canonical JSON: what is hashed in clear, and what of a person as a commitment. */
export type SplitChange = {
  readonly old: string
  readonly new: string
  readonly personal: string | null
}

const nothing: ReadonlySet<string> = new Set()

// The open and the personal part of values, both canonical. Written out for speed: every change of every command
// passes here.
const split = (json: string, committed: ReadonlySet<string>): readonly [string, string] => {
  // Written by the capture triggers (json_object), which SQLite keeps valid.
  const values = JSON.parse(json) as Values
  let open = ''
  let personal = ''
  for (const key of Object.keys(values).sort()) {
    const held = values[key]
    if (held === undefined) continue
    const text = `${JSON.stringify(key)}:${canonicalJson(held)}`
    if (committed.has(key)) personal += personal === '' ? text : `,${text}`
    else open += open === '' ? text : `,${text}`
  }
  return [`{${open}}`, `{${personal}}`]
}

/** Takes a stored change apart; rows without a salt or a commitment hide nothing. */
export const splitChange = (change: StoredChange): SplitChange => {
  const hides = change.salt !== null || change.commitment !== null
  const committed = hides ? committedColumns.get(change.table) : undefined
  const [openOld, personalOld] =
    change.oldValues === null ? ['null', 'null'] : split(change.oldValues, committed ?? nothing)
  const [openNew, personalNew] = split(change.newValues, committed ?? nothing)
  const personal = committed === undefined ? null : `{"new":${personalNew},"old":${personalOld}}`
  return { old: openOld, new: openNew, personal }
}

/** What stands in the record for personal values, given as canonical JSON: without the salt nobody can try them out. */
export const commitTo = (salt: Uint8Array, personal: string): Buffer => sha256(salt, personal)

/** The commitment of a change: the one kept at its erasure, or worked out from its values. */
export const commitmentOf = (change: StoredChange, { personal }: SplitChange): Uint8Array | null => {
  if (personal === null) return null
  if (change.commitment !== null) return change.commitment
  return change.salt === null ? null : commitTo(change.salt, personal)
}

const quoted = (text: string | null) => (text === null ? 'null' : JSON.stringify(text))

/** The line of a change in the effect of its command: canonical JSON, its keys in order. */
export const changeLine = (change: StoredChange): string => {
  const parts = splitChange(change)
  const commitment = commitmentOf(change, parts)
  const personal = commitment === null ? 'null' : `"${hex(commitment)}"`
  return `{"action":"${change.action}","new":${parts.new},"old":${parts.old},"organization":${quoted(change.organizationId)},"personal":${personal},"row":${quoted(change.rowId)},"seq":${change.seq},"table":${quoted(change.table)}}`
}

/** The line of a command itself: who, where, when and what was asked for. */
export const commandLine = (seq: number, head: CommandHead): string =>
  canonicalJson({
    at: head.at,
    command: seq,
    device: head.deviceId,
    id: head.id,
    organization: head.organizationId,
    procedure: head.procedure,
    user: head.userId,
  })

export type DocumentSeal = { readonly table: string; readonly rowId: string; readonly hash: Uint8Array }

/** The line of a document that a command issued. */
export const documentLine = ({ table, rowId, hash }: DocumentSeal): string =>
  canonicalJson({ document: table, hash: hex(hash), row: rowId })

export type ErasedRow = { readonly table: string; readonly rowId: string; readonly fate: string }

/** The line of a row that an erasure found. */
export const erasedLine = ({ table, rowId, fate }: ErasedRow): string =>
  canonicalJson({ erased: table, fate, row: rowId })

export type LineHash = { readonly add: (line: string) => void; readonly end: () => Buffer }

// One call into the hash costs more than the bytes of a line.
const flushAt = 32_768

/** SHA-256 over lines, each ended by a line feed; texts are gathered, so that a large effect is never one string. */
export const lineHash = (): LineHash => {
  const whole = createHash('sha256')
  let waiting = ''
  return {
    add: (line) => {
      waiting += `${line}\n`
      if (waiting.length > flushAt) {
        whole.update(waiting)
        waiting = ''
      }
    },
    end: () => whole.update(waiting).digest(),
  }
}
