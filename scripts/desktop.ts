import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './parts.ts'

const executables: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/** Electron's executable where one is on this machine: the one named by the environment, or the package's own; else null. */
export const electronExecutable = (): string | null => {
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const folder = named ?? join(root, 'node_modules', 'electron', 'dist')
  const file = join(folder, executables[process.platform] ?? 'electron')
  return existsSync(file) ? file : null
}

/** Whether a window has somewhere to be. */
export const hasDisplay = (): boolean =>
  process.platform === 'darwin' ||
  process.platform === 'win32' ||
  Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])

/** Chromium's own sandbox refuses to run as root; nobody but a container or a CI does that. */
export const rootArguments = (): readonly string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : [])
