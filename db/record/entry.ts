import { hex, sha256 } from './effect.ts'

/** A link of the chain: what happened, as a hash, tied to the link before it. */
export type Entry = {
  readonly deviceId: string
  /** Counts from 1 on each device. */
  readonly seq: number
  readonly format: number
  readonly kind: EntryKind
  readonly commandSeq: number | null
  readonly at: string
  /** What an entry says that is no command: canonical JSON. */
  readonly body: string | null
  readonly effectHash: Uint8Array
  readonly previousHash: Uint8Array | null
  readonly hash: Uint8Array
  readonly signature: Uint8Array
}

/**
 * `genesis` begins a chain and says by a hash what was there before; `command` is a command; `key` says that the device
 * signs with another key from here on, or with the same one what security events there are (`event-anchor.ts`);
 * `checkpoint` stands for entries that were past their time and removed.
 */
export type EntryKind = 'genesis' | 'command' | 'key' | 'checkpoint'

type Content = Omit<Entry, 'hash' | 'signature'>

/** The hash of an entry. */
export const entryHash = (entry: Content): Buffer => {
  const previous = entry.previousHash === null ? 'null' : `"${hex(entry.previousHash)}"`
  // Canonical JSON, its keys in order; written out, as one is made for every command.
  return sha256(
    `{"at":${JSON.stringify(entry.at)},"command":${entry.commandSeq ?? 'null'},"device":${JSON.stringify(entry.deviceId)},` +
      `"effect":"${hex(entry.effectHash)}","format":${entry.format},"kind":"${entry.kind}","previous":${previous},"seq":${entry.seq}}`,
  )
}

/** What a device signs for an entry: words first, so that no signature of ours can be taken for another. */
export const signedText = (hash: Uint8Array): Buffer => Buffer.from(`counterfoil record 1\n${hex(hash)}`)

/**
 * What a key signs for the one that takes over from it, after the entry with the given hash. That names the device, and the
 * place in its chain.
 */
export const handOverText = (previousHash: Uint8Array, publicKey: string): Buffer =>
  Buffer.from(`counterfoil hand-over 1\n${hex(previousHash)}\n${publicKey}`)

/** Signs for this device; the public key as base64 of its SPKI form. */
export type Signer = {
  readonly publicKey: string
  readonly sign: (message: Uint8Array) => Uint8Array
}
