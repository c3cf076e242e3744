import type { BackupPreview } from '../../../shared/contract/backups.ts'

/**
 * The businesses that could be brought back one by one: none where everything is one business, or nothing can be read
 * here. For whoever may not go back to everything, each that they may bring back.
 */
export const scopesOf = ({
  holds,
  present,
  everything,
}: BackupPreview): readonly { readonly id: string; readonly name: string }[] => {
  if (present === null) return []
  const all = new Set([...holds.organizations, ...present.organizations].map(({ id }) => id))
  return all.size > 1 || !everything ? holds.organizations.map(({ id, name }) => ({ id, name })) : []
}

/** A preview of one business alone; of everything for null. */
export const previewOf = (preview: BackupPreview, organizationId: string | null): BackupPreview => {
  if (organizationId === null) return preview
  const only = <T extends BackupPreview['holds']>(held: T): T => ({
    ...held,
    organizations: held.organizations.filter(({ id }) => id === organizationId),
  })
  const present = preview.present === null ? null : only(preview.present)
  return { ...preview, holds: only(preview.holds), present, lost: preview.lostOf[organizationId] ?? null }
}
