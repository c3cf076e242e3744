import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { canonicalJson } from '../../db/record/canonical-json.ts'
import type { Entry, Signer } from '../../db/record/entry.ts'
import { rawRows } from '../features/raw-rows.ts'
import type { Db } from '../rpc/handles.ts'
import type { StoredCommand } from './stored-changes.ts'
import { erasedRows } from './verify-effects.ts'

/** What the last line of a record file says of it: what is in it, and what of it only stands as a hash. */
export type FileStatement = {
  readonly entries: number
  readonly head: string | null
  readonly shown: number
  /** By device the commands that stand there as a hash alone, as numbers of entries and ranges of them: `3,5-9`. */
  readonly hidden: { readonly [device: string]: string }
  /** Rows, as table and id, that an erasure found which is not shown in this file. */
  readonly erased: readonly string[]
  /** Restores of this business, by the number of their command, that are not shown in this file. */
  readonly restores: readonly number[]
  /** SHA-256 over all lines before. */
  readonly lines: string
}

/** Whether something stands as erased: its commitment is kept, its salt gone. */
export const isSealed = (it: { readonly salt: Uint8Array | null; readonly commitment: Uint8Array | null }): boolean =>
  it.salt === null && it.commitment !== null

/** Numbers that come in their order, as `3,5-9`. */
export const rangesOf = () => {
  let text = ''
  let from = 0
  let to = 0
  const written = () => (from === 0 ? text : `${text}${text === '' ? '' : ','}${from === to ? from : `${from}-${to}`}`)
  return {
    add: (seq: number) => {
      if (from !== 0 && seq !== to + 1) {
        text = written()
        from = seq
      } else if (from === 0) from = seq
      to = seq
    },
    text: written,
  }
}

const restoresOf = (db: Db, organizationId: string) =>
  rawRows(
    db,
    sql<{ seq: number }>`SELECT seq FROM commands WHERE procedure = 'recovery.restoreBusiness'
      AND organization_id = ${organizationId} ORDER BY seq`,
  )

/** Gathers the lines of a record file, and what its last line says of them. */
export const createStatement = (organizationId: string) => {
  const chunks: Buffer[] = []
  const lines = createHash('sha256')
  const hidden = new Map<string, ReturnType<typeof rangesOf>>()
  const sealed = new Set<string>()
  const erasures = new Set<string>()
  const restores = new Set<number>()
  let entries = 0
  let shown = 0
  let isWithdrawn = false
  const close = async (db: Db, head: string | null) => {
    const known = sealed.size === 0 ? new Map<string, string>() : await erasedRows(db)
    const end: FileStatement = {
      entries,
      head,
      shown,
      hidden: Object.fromEntries([...hidden].map(([device, ranges]) => [device, ranges.text()])),
      erased: [...sealed].filter((row) => !erasures.has(row) && known.has(row)).sort(),
      restores: isWithdrawn
        ? (await restoresOf(db, organizationId)).map(({ seq }) => seq).filter((seq) => !restores.has(seq))
        : [],
      lines: lines.digest('hex'),
    }
    return { bytes: Buffer.concat(chunks), end, entries, shown, head }
  }
  return {
    put: (line: string) => {
      const bytes = Buffer.from(`${line}\n`)
      lines.update(bytes)
      chunks.push(bytes)
    },
    /** The command where the entry is shown with what it did. */
    entry: ({ deviceId, seq, kind }: Entry, command: StoredCommand | null) => {
      entries += 1
      if (command !== null) {
        shown += 1
        if (command.procedure === 'recovery.restoreBusiness') restores.add(command.seq)
      } else if (kind === 'command') {
        const ranges = hidden.get(deviceId) ?? rangesOf()
        hidden.set(deviceId, ranges)
        ranges.add(seq)
      }
    },
    /** What an entry did that is shown, line by line. */
    line: (it: {
      readonly isWithdrawn?: boolean
      readonly sealed?: string | undefined
      readonly erased?: readonly string[]
    }) => {
      if (it.isWithdrawn === true) isWithdrawn = true
      if (it.sealed !== undefined) sealed.add(it.sealed)
      for (const row of it.erased ?? []) erasures.add(row)
    },
    close,
  }
}

type Unsigned = { readonly bytes: Uint8Array; readonly end: FileStatement }

/** What a device signs for a file of the record: words first, so that no signature of ours can be taken for another. */
const statementText = (said: string): Buffer =>
  Buffer.from(`counterfoil file 1\n${createHash('sha256').update(said).digest('hex')}`)

/** The whole file of a record, its last line signed by the device: nothing can be taken out of it or emptied unseen. */
export const signRecordFile = ({ bytes, end }: Unsigned, signer: Signer): Uint8Array => {
  const said = { ...end, publicKey: signer.publicKey }
  const signature = Buffer.from(signer.sign(statementText(canonicalJson(said)))).toString('base64')
  return Buffer.concat([bytes, Buffer.from(`${canonicalJson({ end: said, signature })}\n`)])
}
