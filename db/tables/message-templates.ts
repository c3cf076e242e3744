import type { RowColumns } from './row.ts'

export type MessageTemplateTable = RowColumns & {
  kind: string
  language: string
  subject: string
  body: string
}
