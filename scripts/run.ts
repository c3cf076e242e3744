import { spawn } from 'node:child_process'
import { root } from './parts.ts'

export type Outcome = { readonly code: number; readonly output: string; readonly seconds: number }
export type RunOptions = {
  readonly env?: Readonly<Record<string, string>>
  /** Print what it prints as it comes; else only keep it. */
  readonly live?: boolean
}

/** Runs a program from the project's root to its end; never rejects: a program that is not there ends with code 127. */
export const run = (command: string, parameters: readonly string[], options: RunOptions = {}): Promise<Outcome> =>
  new Promise((resolve) => {
    const started = performance.now()
    const chunks: Buffer[] = []
    const child = spawn(command, parameters, {
      cwd: root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const end = (code: number, more = '') =>
      resolve({
        code,
        output: Buffer.concat(chunks).toString('utf8') + more,
        seconds: (performance.now() - started) / 1000,
      })
    const take = (target: NodeJS.WriteStream) => (chunk: Buffer) => {
      chunks.push(chunk)
      if (options.live === true) target.write(chunk)
    }
    child.stdout.on('data', take(process.stdout))
    child.stderr.on('data', take(process.stderr))
    child.on('error', (error) => end(127, String(error)))
    child.on('close', (code) => end(code ?? 1))
  })
