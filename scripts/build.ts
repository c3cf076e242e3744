import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt, root } from './parts.ts'

// `npm run build`: what changed; `npm run build -- --force`: everything.
if (process.argv.includes('--force')) rmSync(join(root, 'out', '.stamps'), { recursive: true, force: true })
const started = performance.now()
const built = await ensureBuilt()
const seconds = ((performance.now() - started) / 1000).toFixed(1)
console.log(built.length === 0 ? 'Nothing to build.' : `Built ${built.join(', ')} in ${seconds} s.`)
