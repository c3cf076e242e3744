import type { Generated } from 'kysely'

/** The columns that every entity table has. */
export type RowColumns = {
  id: string
  organizationId: string
  createdAt: string
  updatedAt: string
  deletedAt: Generated<string | null>
  version: Generated<number>
}

/** The same for rows of the whole workspace, which may belong to no organization. */
export type WorkspaceRowColumns = Omit<RowColumns, 'organizationId'> & { organizationId: string | null }
