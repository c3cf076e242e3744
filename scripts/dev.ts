import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureBuilt, hostFlags, root } from './parts.ts'

// `npm run dev`: the browser host with screens that are built again at each change; reload the page to see it.
await ensureBuilt()
const vite = spawn(
  process.execPath,
  [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--watch', '--config', 'vite.renderer.config.ts'],
  { cwd: root, stdio: 'inherit' },
)
const host = spawn(process.execPath, [...hostFlags, join(root, 'out/main/web-host.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
const stop = () => {
  vite.kill()
  host.kill('SIGTERM')
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
host.on('exit', (code) => {
  vite.kill()
  process.exitCode = code ?? 0
})
