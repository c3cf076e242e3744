import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The stand-alone verifier, found upwards from a module's address; null where this copy of the program has none. */
export const verifierFile = (moduleUrl: string): Uint8Array | null => {
  const start = dirname(fileURLToPath(moduleUrl))
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, 'resources', 'verifier', 'verify.mjs')
    if (existsSync(candidate)) return readFileSync(candidate)
    if (dirname(folder) === folder) return null
  }
}
