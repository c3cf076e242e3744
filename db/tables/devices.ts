import type { Generated } from 'kysely'
import type { WorkspaceRowColumns } from './row.ts'

export type DeviceTable = WorkspaceRowColumns & {
  name: string
  code: string
  /** Ed25519, base64 of its SPKI form: what the record's signatures are checked against. */
  publicKey: Generated<string | null>
}
