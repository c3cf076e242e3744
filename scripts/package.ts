import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { electronExecutable } from './desktop.ts'
import { ensureBuilt } from './parts.ts'
import { run } from './run.ts'

// `npm run package`: the desktop app as a folder under dist/. Installers: add their names (`npm run package -- AppImage`),
// on a machine that may download electron-builder's tools.
await ensureBuilt()
const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH']
const targets = process.argv.slice(2)
const local = dist !== undefined && existsSync(dist) ? [`-c.electronDist=${dist}`] : []
if (local.length === 0 && electronExecutable() !== null)
  local.push(`-c.electronDist=${dirname(electronExecutable() ?? '')}`)
const { code } = await run('electron-builder', [...(targets.length === 0 ? ['--dir'] : targets), ...local], {
  live: true,
  env: { CSC_IDENTITY_AUTO_DISCOVERY: 'false' },
})
process.exitCode = code
