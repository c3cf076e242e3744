import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { AppError } from '../../shared/errors.ts'
import { dataDirectory } from '../data-directory.ts'
import { openLog } from '../log.ts'
import { ensureDemo, startGate } from '../start-core.ts'
import { openInBrowser, removePage } from './open-in-browser.ts'
import { onPort } from './port.ts'
import { startWebServer, type WebServer } from './server.ts'

const usage = `Counterfoil in the browser, on this computer alone.

  --data DIR   the data folder (default: this user's)
  --port N     the port to listen on (default: a free one)
  --demo       make the demo company if there is none
  --no-open    print the address without opening it
`

const say = (text: string) => process.stdout.write(`${text}\n`)

const fail = (message: string): never => {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

const readOptions = () => {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: 'string' },
        port: { type: 'string', default: '0' },
        demo: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
    if (!(port <= 65_535)) throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`)
    return { ...values, port, directory: dataDirectory(values.data) }
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
  }
}

const inUse = (error: unknown, port: number): string => {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Name another with --port, or leave it out for a free one.`
  if (code === 'EACCES') return `Port ${port} is not open to this user. Name one above 1023, or leave it out.`
  return `The server could not start: ${error instanceof Error ? error.message : String(error)}`
}

// Milliseconds in which jobs look, once for each start, whether there is anything to do.
const jobsOfStart = 2000

const run = async (startIsOver: () => void) => {
  const options = readOptions()
  if (options.help) return say(usage)
  // Bundled, this module lies beside the other entries.
  const rendererDirectory = fileURLToPath(new URL('../renderer', import.meta.url))
  if (!existsSync(rendererDirectory)) fail('The screens are not built yet. Run: npm run build')
  const gate = startGate('web', options.directory)
  let server: WebServer | null = null
  let stopping = false
  const stop = async (code: number) => {
    if (stopping) return
    stopping = true
    await server?.close()
    removePage(options.directory)
    await gate.close()
    process.exit(code)
  }
  process.once('SIGINT', () => void stop(0))
  process.once('SIGTERM', () => void stop(0))
  try {
    await gate.ready
    const problem = gate.problem()
    if (problem !== null) process.stderr.write(`${problem}\n`)
    if (options.demo) {
      startIsOver()
      await ensureDemo(gate)
    }
    const { directory } = options
    // One that was killed may have left it.
    removePage(directory)
    const token = randomBytes(32).toString('base64url')
    const log = openLog({ directory })
    server = await onPort(options, (port) =>
      startWebServer({
        router: gate.router,
        rendererDirectory,
        port,
        token,
        log,
        onEntered: () => removePage(directory),
      }),
    )
  } catch (error) {
    process.stderr.write(`${error instanceof AppError ? error.message : inUse(error, options.port)}\n`)
    return await stop(1)
  }
  say(`Counterfoil is at ${server.address}`)
  say('It answers this computer alone. Stop it with Ctrl+C.')
  if (!options['no-open']) openInBrowser(server.wayIn, options.directory)
  setTimeout(startIsOver, jobsOfStart).unref()
}

/** Runs the web host until it is told to stop; tells when the start is over. */
export const runWebHost = async (startIsOver: () => void): Promise<void> => {
  try {
    await run(startIsOver)
  } catch (error) {
    fail(error instanceof AppError ? error.message : `Counterfoil could not start: ${String(error)}`)
  }
}
