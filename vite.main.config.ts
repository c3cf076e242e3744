import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { recordPackages } from './scripts/bundled-packages.ts'
import { startChunks } from './scripts/start-chunks.ts'
import { rights } from './shared/rights.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

const workers = {
  'pdf-worker': './electron/pdf/worker.ts',
  'import-worker': './electron/importers/worker.ts',
  'reading-worker': './electron/reading/worker.ts',
  'backup-worker': './electron/backup/worker.ts',
  'check-worker': './electron/backup/check-worker.ts',
}

const entries = {
  main: './electron/main.ts',
  'web-host': './electron/web-host.ts',
  cli: './electron/cli.ts',
  ...workers,
}

// Native, or starting workers from its own folder. All else is bundled: one file is read faster than a thousand.
const external = ['electron', 'better-sqlite3', 'tinypool', '@node-rs/argon2']

// pdfkit asks for its standard fonts through a require of its own, which the bundler cannot see into.
const standardFonts = {
  name: 'pdfkit-standard-fonts',
  transform(code: string, id: string) {
    if (!/node_modules\/pdfkit\/js\/[\w.]+$/.test(id)) return null
    const own = 'const require$1 = createRequire(import.meta.url);'
    if (!code.includes(own)) throw new Error(`${id} changed: its standard fonts would be missing from the bundle.`)
    return { code: code.replace(own, '').replaceAll('require$1(', 'require('), map: null }
  },
}

// Worked out here, the table is a few kilobytes; worked out in the app, it would be the whole contract, for good.
const rightsWorkedOut = {
  name: 'rights-worked-out',
  transform: (_code: string, id: string) =>
    id.endsWith('/shared/rights.ts') ? { code: `export const rights = ${JSON.stringify(rights)}`, map: null } : null,
}

// A file with a single letter beyond Latin-1 is kept in memory at two bytes a letter, all of it.
const inOneByte = (code: string, name: string): string => {
  if (/\\[\u0100-\uffff]|\braw`[^`]*[\u0100-\uffff]/.test(code))
    throw new Error(`${name} has a letter that cannot be escaped.`)
  return code.replace(/[\u0100-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

type Bundle = Record<string, { readonly type: 'asset' } | { readonly type: 'chunk'; code: string }>

const oneByteLetters = {
  name: 'one-byte-letters',
  generateBundle: (_: unknown, bundle: Bundle) => {
    for (const [name, part] of Object.entries(bundle)) if (part.type === 'chunk') part.code = inOneByte(part.code, name)
  },
}

export default defineConfig({
  root: path('.'),
  plugins: [recordPackages('main'), standardFonts, rightsWorkedOut, oneByteLetters],
  publicDir: false,
  ssr: { noExternal: true, external, target: 'node' },
  build: {
    ssr: true,
    outDir: path('./out/main'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: Object.fromEntries(
        Object.entries(entries)
          .map(([name, file]): [string, string] => [name, path(file)])
          .filter(([, file]) => existsSync(file)),
      ),
      external,
      // A slice of the contract is read at its first call, and by `cli procedures` with all others.
      checks: { ineffectiveDynamicImport: false },
      output: {
        format: 'es',
        comments: { annotation: false, jsdoc: false },
        entryFileNames: '[name].js',
        // Beside the entries, so that `import.meta.url` names the same folder everywhere.
        chunkFileNames: '[name]-[hash].js',
        codeSplitting: {
          groups: startChunks(path('./electron/start-core.ts'), Object.values(workers).map(path)),
        },
      },
    },
  },
})
