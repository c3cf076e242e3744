import type { RowColumns } from './row.ts'

export type MailAccountTable = RowColumns & {
  fromName: string
  fromAddress: string
  replyTo: string | null
  host: string
  port: number
  security: 'tls' | 'starttls' | 'none'
  userName: string | null
}
