import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

const entries = {
  main: './electron/main.ts',
  'web-host': './electron/web-host.ts',
  cli: './electron/cli.ts',
  'pdf-worker': './electron/pdf/worker.ts',
  'import-worker': './electron/importers/worker.ts',
}

// Native, told where its own files are (tinypool), or larger bundled than read from its own folder (react-pdf).
const external = ['electron', 'better-sqlite3', 'tinypool', /^@react-pdf\//]

export default defineConfig({
  root: path('.'),
  publicDir: false,
  ssr: { noExternal: true, external: external.filter((name) => typeof name === 'string'), target: 'node' },
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
