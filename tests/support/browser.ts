import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

// The shell is the same engine without a window of its own, and spares a fifth of the work.
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
]
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** The Chromium of this machine: the one that CHROMIUM names, or the first found; null where there is none. */
export const findChromium = (): string | null => {
  const named = process.env['CHROMIUM']
  if (named !== undefined && existsSync(named)) return named
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...found, ...places].find((file) => existsSync(file)) ?? null
}

/** Installs Debian packages where this is a Debian that we may change; tells whether it worked. */
export const installDebianPackages = (packages: readonly string[]): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  const apt = (...parameters: readonly string[]) =>
    spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...parameters], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: 600_000,
    }).status === 0
  return apt('update') && apt('install', '-y', '--no-install-recommends', ...packages)
}

/** The Chromium of this machine, installed first where that is possible; null where there is none to be had. */
export const ensureChromium = (): string | null => {
  const found = findChromium()
  if (found !== null) return found
  return installDebianPackages(['chromium-headless-shell', 'fonts-noto-core']) ? findChromium() : null
}
