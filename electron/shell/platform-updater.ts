import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import type { AppUpdater, ResolvedUpdateFileInfo, UpdateInfo } from 'electron-updater'
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js'
import { readChannel } from '../updater/channel.ts'
import { handFile } from '../updater/hand-file.ts'
import type { HostUpdater } from '../updater/host-updates.ts'
import type { Handover, UpdaterPort } from '../updater/port.ts'

const infoOf = ({ manifest, file }: Handover): UpdateInfo => ({
  version: manifest.version,
  releaseDate: manifest.releasedAt,
  files: [{ url: file.name, size: file.size, sha512: file.sha512 }],
  path: file.name,
  sha512: file.sha512,
})

/** The updater of the platform, which is told everything and asks nobody. */
const platformUpdater = async (handover: Handover, url: URL): Promise<AppUpdater> => {
  // Loaded when it is needed: hardly any start of the app is followed by an update.
  const { autoUpdater: updater, Provider } = (await import('electron-updater')).default
  const info = infoOf(handover)
  class Verified extends Provider<UpdateInfo> {
    // Electron-updater makes the provider itself, with these three.
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      super({ ...runtime, isUseMultipleRangeRequest: false })
    }
    override getLatestVersion(): Promise<UpdateInfo> {
      return Promise.resolve(info)
    }
    override resolveFiles(): ResolvedUpdateFileInfo[] {
      return info.files.map((file) => ({ url, info: file }))
    }
  }
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  updater.allowDowngrade = false
  updater.disableWebInstaller = true
  updater.disableDifferentialDownload = true
  updater.logger = null
  if (!app.isPackaged) {
    updater.forceDevUpdateConfig = true
    updater.updateConfigPath = join(app.getAppPath(), 'resources', 'updates', 'app-update.yml')
  }
  updater.setFeedURL({ provider: 'custom', updateProvider: Verified })
  return updater
}

const handOver = async (handover: Handover): Promise<void> => {
  const { path, file, restart } = handover
  const handed = await handFile(path, file.name, file.size)
  try {
    const updater = await platformUpdater(handover, handed.url)
    const found = await updater.checkForUpdates()
    if (found?.isUpdateAvailable !== true) throw new Error('The platform does not take the new version.')
    await updater.downloadUpdate()
    // At the very end, when the data is closed.
    app.once('will-quit', () => updater.quitAndInstall(true, restart))
  } finally {
    await handed.close()
  }
}

const port: UpdaterPort = {
  platform: process.platform,
  arch: process.arch,
  handOver,
  // After the answer to the call that asked for it has left.
  quit: () => void setTimeout(() => app.quit(), 300),
}

const canReplaceItself = (): boolean => {
  if (process.platform !== 'linux') return app.isPackaged
  return process.env['APPIMAGE'] !== undefined || existsSync(join(process.resourcesPath, 'package-type'))
}

/** How the desktop app puts a new version in its place; null where it was only unpacked into a folder. */
export const desktopUpdater = (): HostUpdater | null => {
  if (!canReplaceItself()) return null
  const tried = process.env['COUNTERFOIL_UPDATE_CHANNEL']
  // For tests of the whole way; a packaged app knows the channel that it was built with and no other.
  if (tried === undefined || app.isPackaged) return { port }
  return { port, channel: readChannel(JSON.parse(readFileSync(tried, 'utf8')), true) }
}
