import type { WorkspaceRowColumns } from './row.ts'

export type SettingTable = WorkspaceRowColumns & {
  userId: string | null
  key: string
  value: string
}
