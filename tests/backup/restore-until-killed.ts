import { restoreBackup } from '../../electron/backup/restore.ts'

const [directory = '', source = '', key = '', killAt = ''] = process.argv.slice(2)

await restoreBackup(
  {
    directory,
    source,
    key: key === '' ? null : Buffer.from(key, 'hex'),
    keys: { kind: 'keep' },
    at: '2026-11-21T13:00:00.000Z',
  },
  (step) => {
    if (step === killAt) process.kill(process.pid, 'SIGKILL')
  },
  (step) => {
    if (step === killAt) process.kill(process.pid, 'SIGKILL')
  },
)
