import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt, root } from './parts.ts'

// `npm run bench`: the measures of tests/bench against the built workers; options are passed on.
await ensureBuilt(['main'])
const bench = join(root, 'tests', 'bench', 'main.ts')
if (existsSync(bench)) await import(bench)
else {
  console.error(`There is no ${bench}.`)
  process.exitCode = 1
}
