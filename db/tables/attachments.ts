import type { RowColumns } from './row.ts'

export type AttachmentTable = RowColumns & {
  sha256: string
  size: number
  mediaType: string
  fileName: string
  entity: string
  entityId: string
}
