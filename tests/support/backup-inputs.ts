import { join } from 'node:path'
import type { Workspace } from './workspace.ts'

type Make = (workspace: Workspace) => object | Promise<object>

const backup = async (workspace: Workspace) => {
  const { main } = await workspace.call('backups.create', {})
  return { file: main.last?.file ?? '' }
}

/** An input that works for each procedure of backups. */
export const backupInputs: Readonly<Record<string, Make>> = {
  'backups.status': () => ({}),
  'backups.list': async (workspace) => {
    await backup(workspace)
    return { path: join(workspace.directory, 'backups') }
  },
  'backups.preview': backup,
  'backups.create': () => ({}),
  'backups.verify': backup,
  'backups.drill': async (workspace) => {
    await backup(workspace)
    return {}
  },
  'backups.takeOver': () => ({}),
  'backups.beginAnew': () => ({}),
  'backups.setSettings': () => ({ automatic: true, secondPlace: null }),
}
