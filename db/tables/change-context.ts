export type ChangeContextTable = {
  id: number
  commandSeq: number | null
}
