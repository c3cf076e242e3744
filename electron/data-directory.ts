import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** Where the data lives unless told otherwise: the same folder for the desktop app, the web host and the CLI. */
export const defaultDataDirectory = (
  platform: NodeJS.Platform = process.platform,
  environment: Environment = process.env,
  home: string = homedir(),
): string => {
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Counterfoil')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Counterfoil')
  const base = environment['XDG_DATA_HOME']
  // The XDG specification says to ignore a relative path.
  return join(base?.startsWith('/') ? base : join(home, '.local', 'share'), 'counterfoil')
}

/** The data folder that `--data` names, or the default one; absolute. */
export const dataDirectory = (named: string | undefined): string =>
  named === undefined || named === '' ? defaultDataDirectory() : resolve(named)
