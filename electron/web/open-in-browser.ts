import { spawn } from 'node:child_process'

const opener = (platform: NodeJS.Platform): readonly [string, ...string[]] => {
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return ['xdg-open']
}

const hasScreen = (): boolean =>
  process.platform === 'darwin' ||
  process.platform === 'win32' ||
  Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])

/** Tries to open an address in the user's browser; where that fails, the printed address is what there is. */
export const openInBrowser = (address: string): void => {
  if (!hasScreen()) return
  const [command, ...leading] = opener(process.platform)
  const child = spawn(command, [...leading, address], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
