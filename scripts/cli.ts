import module from 'node:module'
import { compileCache, ensureBuilt } from './parts.ts'

// `npm run cli -- …`: the built CLI, built first if its sources changed. Nothing but JSON goes to standard output.
await ensureBuilt(['main'])
module.enableCompileCache(compileCache)
await import(new URL('../out/main/cli.js', import.meta.url).href)
