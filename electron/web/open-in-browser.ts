import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const opener = (platform: NodeJS.Platform): readonly [string, ...string[]] => {
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return ['xdg-open']
}

const hasScreen = (): boolean =>
  process.platform === 'darwin' ||
  process.platform === 'win32' ||
  Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])

const folderOf = (directory: string) => join(directory, 'web-open')

const pageFor = (address: string) => `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${address}">
<title>Counterfoil</title>
<a href="${address}">Open Counterfoil</a>
`

const writePage = (directory: string, address: string): string => {
  const folder = folderOf(directory)
  mkdirSync(folder, { mode: 0o700 })
  const page = join(folder, 'counterfoil.html')
  writeFileSync(page, pageFor(address), { mode: 0o600, flag: 'wx' })
  return page
}

/** Removes the page that leads a browser to the host, once it was used or is of no use. */
export const removePage = (directory: string): void => {
  try {
    rmSync(folderOf(directory), { recursive: true, force: true })
  } catch {
    // Its token ends with this run.
  }
}

/**
 * Tries to open an address with a token in the user's browser; where that fails, the printed address is what there is.
 * Every user of a computer can read what programs are started with, so the browser is given a page in the data folder
 * that leads there, and that its owner alone can read.
 */
export const openInBrowser = (address: string, directory: string): void => {
  if (!hasScreen()) return
  try {
    removePage(directory)
    const page = writePage(directory, address)
    const [command, ...leading] = opener(process.platform)
    const child = spawn(command, [...leading, pathToFileURL(page).href], { stdio: 'ignore', detached: true })
    child.on('error', () => removePage(directory))
    child.unref()
  } catch {
    // A disk that is full or read-only.
    removePage(directory)
  }
}
