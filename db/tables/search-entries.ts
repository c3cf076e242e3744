import type { Generated } from 'kysely'

export type SearchEntryTable = {
  id: Generated<number>
  organizationId: string
  kind: string
  entityId: string
  title: string
  subtitle: string
  body: string
}
