import { describeError } from '../../app/errors.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { BackupCard } from './backup-card.tsx'
import { RestoredLine } from './restored-line.tsx'
import { SecondPlace } from './second-place.tsx'
import { useBackups } from './use-backups.ts'

/** Backups in the settings: where they stand, where they go, and the way back. */
export const BackupsSection = () => {
  const backups = useBackups()
  const { data, error, refetch } = backups.query
  if (data === undefined && error !== null) {
    return <ErrorPanel {...describeError(error)} onRetry={() => void refetch()} />
  }
  if (data === undefined) return <Skeleton lines={6} label="Loading backups" />
  return (
    <div>
      <RestoredLine />
      <BackupCard status={data} backups={backups} />
      <SecondPlace key={data.second?.folder ?? ''} status={data} backups={backups} />
    </div>
  )
}
