import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { recordPackages } from './scripts/bundled-packages.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

const entries = {
  main: './electron/main.ts',
  'web-host': './electron/web-host.ts',
  cli: './electron/cli.ts',
  'pdf-worker': './electron/pdf/worker.ts',
  'import-worker': './electron/importers/worker.ts',
  'reading-worker': './electron/reading/worker.ts',
  'backup-worker': './electron/backup/worker.ts',
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

export default defineConfig({
  root: path('.'),
  plugins: [recordPackages('main'), standardFonts],
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
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        // Beside the entries, so that `import.meta.url` names the same folder everywhere.
        chunkFileNames: '[name]-[hash].js',
      },
    },
  },
})
