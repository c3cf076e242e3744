import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { recordPackages } from './scripts/bundled-packages.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

export default defineConfig({
  root: path('./renderer'),
  // Relative addresses, so that app:// and loopback serve the same files.
  base: './',
  plugins: [recordPackages('renderer'), react()],
  build: {
    outDir: path('./out/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    // The content security policy allows no data: scripts, styles or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    sourcemap: false,
  },
})
