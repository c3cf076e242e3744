import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { recordPackages } from './scripts/bundled-packages.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** The two files that Electron reads as CommonJS: the package's entry and the sandboxed preload. */
export default defineConfig({
  root: path('.'),
  publicDir: false,
  plugins: [recordPackages('shell')],
  ssr: { noExternal: true, external: ['electron'], target: 'node' },
  build: {
    ssr: true,
    outDir: path('./out/shell'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: { boot: path('./electron/shell/boot.ts'), preload: path('./electron/preload.ts') },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
})
