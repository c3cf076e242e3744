/** The hash of an issued document as it was when it was issued. */
export type ChainDocumentTable = {
  tableName: string
  rowId: string
  commandSeq: number
  format: number
  hash: Uint8Array
  salt: Uint8Array | null
  commitment: Uint8Array | null
}
