import { spawn } from 'node:child_process'
import { hasDisplay } from '../../scripts/desktop.ts'

export type Display = { readonly environment: Readonly<Record<string, string>>; readonly close: () => void }

/** A screen for windows: the machine's own, or a virtual one (Xvfb); rejects where there is neither. */
export const openDisplay = (): Promise<Display> => {
  if (hasDisplay()) return Promise.resolve({ environment: {}, close: () => undefined })
  return new Promise((resolve, reject) => {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    server.on('error', () => reject(new Error('There is no display and no Xvfb. Install the package xvfb.')))
    server.stdio[3]?.once('data', (chunk: Buffer) => {
      resolve({ environment: { DISPLAY: `:${chunk.toString().trim()}` }, close: () => server.kill() })
    })
  })
}
