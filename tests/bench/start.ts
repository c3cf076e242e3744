import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { compare, type Measure } from './compare.ts'
import { generate } from './generate.ts'
import { benchSize } from './list.ts'

const run = (parameters: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, parameters, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    })
    let error = ''
    child.stderr.on('data', (chunk) => {
      error += String(chunk)
    })
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(error))))
  })

/** Measure 11: from the start of the process to the first answer of a procedure, on the big database. */
export const measureStart = async (): Promise<Measure[]> => {
  const { directory } = await generate(benchSize)
  const root = join(import.meta.dirname, '../..')
  const first = ['--data', directory, 'call', 'setup.state', '{}']
  // The product keeps compiled code between starts: scripts/cli.ts and electron/shell/boot.ts.
  const compiled = { NODE_COMPILE_CACHE: join(root, '.cache/compiled') }
  const bundled = () => run([join(root, 'out/main/cli.js'), ...first], compiled)
  return [
    await compare({
      name: '11 process start to first answer, 200,000 invoices / bare node -e 0',
      target: 3,
      repeat: 2,
      warmUp: 2,
      ours: bundled,
      theirs: () => run(['-e', '0']),
    }),
    await compare({
      name: '11 bundled / unbundled self',
      target: 0.6,
      repeat: 2,
      warmUp: 2,
      pairs: 7,
      ours: bundled,
      theirs: () => run([join(root, 'electron/cli.ts'), ...first], compiled),
    }),
  ]
}
