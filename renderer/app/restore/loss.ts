import type { BackupPreview } from '../../../shared/contract/backups.ts'

/** Whether anything of what is counted would be gone. */
export const hasAny = (lost: NonNullable<BackupPreview['lost']>): boolean =>
  lost.documents + lost.payments + lost.clients + lost.other > 0

/** Whether nothing is here that a backup could take the place of: a fresh computer, or a business that is not here. */
export const isAdded = ({ present }: BackupPreview): boolean => present?.organizations.length === 0

/** Whether going back takes anything away that is known of. */
export const losesSomething = (preview: BackupPreview): boolean => {
  const { lost, present, replayable } = preview
  if (isAdded(preview)) return false
  if (lost === null && present === null) return replayable !== null && replayable.stop !== null
  return lost === null || hasAny(lost)
}

/** The series to be asked for: none where the log of what was here tells all that was done since. */
export const openSeriesOf = ({ series, replayable }: BackupPreview): BackupPreview['series'] =>
  replayable !== null && replayable.stop === null ? [] : series
