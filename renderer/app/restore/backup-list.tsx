import { Radio } from '@mantine/core'
import { IconAlertTriangle, IconDeviceDesktop, IconLock } from '@tabler/icons-react'
import type { FoundBackup } from '../../../shared/contract/backups.ts'
import { sizeText } from '../../ui/files.ts'
import { useFormats } from '../../ui/locale.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { placeWords, titleWords } from './backup-words.ts'
import classes from './restore.module.css'

type Props = {
  readonly backups: readonly FoundBackup[]
  readonly chosen: FoundBackup | null
  readonly onChoose: (backup: FoundBackup) => void
}

/** The backups that were found, one of them chosen. */
export const BackupList = ({ backups, chosen, onChoose }: Props) => {
  const formats = useFormats()
  return (
    <Radio.Group
      aria-label="Backups"
      value={chosen?.file ?? null}
      onChange={(file) => {
        const backup = backups.find((it) => it.file === file)
        if (backup !== undefined) onChoose(backup)
      }}
    >
      <ul className={classes['list']}>
        {backups.map((backup) => (
          <li key={backup.file} data-chosen={backup.file === chosen?.file || undefined}>
            <Radio
              value={backup.file}
              label={titleWords(backup, formats)}
              description={`${placeWords[backup.place]} · ${sizeText(backup.size, formats.locale)}`}
            />
            <span className={classes['marks']}>
              {backup.elsewhere && (
                <StatusChip tone="neutral" icon={IconDeviceDesktop}>
                  Another computer
                </StatusChip>
              )}
              {backup.encrypted && (
                <StatusChip tone="neutral" icon={IconLock}>
                  Encrypted
                </StatusChip>
              )}
              {!backup.sound && (
                <StatusChip tone="negative" icon={IconAlertTriangle}>
                  Damaged
                </StatusChip>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Radio.Group>
  )
}
