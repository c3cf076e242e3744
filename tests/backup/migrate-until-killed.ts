import { migrateData } from '../../electron/backup/migrate-data.ts'

const [directory = '', key = '', killAt = ''] = process.argv.slice(2)
let step = 0

migrateData({ directory, key: key === '' ? null : Buffer.from(key, 'hex'), left: new Int32Array(1) }, () => {
  if (step === Number(killAt)) process.kill(process.pid, 'SIGKILL')
  step += 1
})
