import module from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, protocol } from 'electron'
import { scheme } from './scheme.ts'

// What must be said before Electron is ready. An ES module may load after that moment, so this file is built as
// CommonJS and is the package's entry.
// Chromium has no sandbox for root (containers, CI): whoever starts it there says --no-sandbox, and it would not start
// with both. The window's own preferences hold either way.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
protocol.registerSchemesAsPrivileged([
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
])

// Compiled code is kept from one start to the next; Electron's Node has this from version 22 on.
module.enableCompileCache?.(join(app.getPath('userData'), 'compile-cache'))

import(pathToFileURL(join(__dirname, '..', 'main', 'main.js')).href).catch((error: unknown) => {
  process.stderr.write(`Counterfoil could not start: ${error instanceof Error ? error.stack : String(error)}\n`)
  app.exit(1)
})
