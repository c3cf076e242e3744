/** Which entry of the record stands for what was removed up to and with a command. */
export type RecordCheckpointTable = {
  deviceId: string
  entrySeq: number
  commandSeq: number
  at: string
  /** Set while the removal runs; nothing can be committed with it. */
  opened: string | null
}
