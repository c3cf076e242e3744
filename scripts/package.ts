import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeBill } from './bill-of-materials.ts'
import { electronExecutable } from './desktop.ts'
import { ensureBuilt, root } from './parts.ts'
import { run } from './run.ts'

// `npm run package`: the desktop app as a folder under dist/, with its bill of materials and licences in it and beside it.
// Installers: add their names (`npm run package -- AppImage`), on a machine that may download electron-builder's tools.
await ensureBuilt()
const legal = join(root, 'out', 'legal')
console.log(`${await writeBill(legal)} parts are on the bill of materials.`)
const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH']
const targets = process.argv.slice(2)
const local = dist !== undefined && existsSync(dist) ? [`-c.electronDist=${dist}`] : []
if (local.length === 0 && electronExecutable() !== null)
  local.push(`-c.electronDist=${dirname(electronExecutable() ?? '')}`)
const { code } = await run('electron-builder', [...(targets.length === 0 ? ['--dir'] : targets), ...local], {
  live: true,
  env: { CSC_IDENTITY_AUTO_DISCOVERY: 'false' },
})
mkdirSync(join(root, 'dist'), { recursive: true })
for (const name of ['sbom.cdx.json', 'licences.txt']) copyFileSync(join(legal, name), join(root, 'dist', name))
process.exitCode = code
