/** A link of the record; written by the unit of work, never changed. */
export type ChainEntryTable = {
  deviceId: string
  seq: number
  format: number
  kind: 'genesis' | 'command' | 'key' | 'checkpoint'
  commandSeq: number | null
  at: string
  body: string | null
  effectHash: Uint8Array
  previousHash: Uint8Array | null
  hash: Uint8Array
  signature: Uint8Array
}
