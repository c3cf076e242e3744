import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { electronExecutable, hasDisplay, rootArguments } from './desktop.ts'
import { compileCache, ensureBuilt, hostFlags, root } from './parts.ts'

// `npm start`: the desktop window where Electron can run, the same app in the browser where it cannot.
const built = await ensureBuilt()
if (built.length > 0) console.log(`Built ${built.join(', ')}.`)

const passedOn = process.argv.slice(2).filter((argument) => argument !== '--web')
const electron = process.argv.includes('--web') ? null : electronExecutable()
const onDesktop = electron !== null && hasDisplay()
if (!onDesktop && !process.argv.includes('--web')) {
  const why = electron === null ? 'Electron is not on this machine' : 'there is no display'
  console.log(`The desktop window cannot open (${why}), so Counterfoil starts in the browser.`)
}

const child = onDesktop
  ? spawn(electron, [...rootArguments(), root, ...passedOn], { stdio: 'inherit' })
  : spawn(process.execPath, [...hostFlags, join(root, 'out', 'main', 'web-host.js'), ...passedOn], {
      stdio: 'inherit',
      env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    })

// Ctrl+C reaches the child by itself; a signal to this process alone is passed on.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 0 : 1)
})
