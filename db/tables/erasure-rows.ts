export type ErasureRowTable = {
  erasureId: string
  tableName: string
  rowId: string
  fate: 'erased' | 'kept' | 'expired'
  /** The file that the row named. */
  sha256: string | null
}
