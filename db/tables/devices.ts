import type { WorkspaceRowColumns } from './row.ts'

export type DeviceTable = WorkspaceRowColumns & {
  name: string
  code: string
}
