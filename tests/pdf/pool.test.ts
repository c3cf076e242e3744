import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LogoError } from '../../electron/pdf/logo.ts'
import { createPdfPool, type PdfPool } from '../../electron/pdf/pool.ts'
import { renderDocumentPdf } from '../../electron/pdf/render.ts'
import { fontDirectory, useFonts } from './fonts.ts'
import { longInvoice, mixedInvoice, usualInvoice } from './printables.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
let folder = ''
let pool: PdfPool
const workerUrl = () => pathToFileURL(join(folder, 'pdf-worker.mjs'))

beforeAll(async () => {
  useFonts()
  // Inside the project, so that what stays outside the bundle is found.
  folder = await mkdtemp(join(root, 'node_modules', '.pdf-worker-'))
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'electron/pdf/worker.ts'),
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'pdf-worker.mjs' } },
    },
  })
  pool = createPdfPool({ workerUrl: workerUrl(), fontDirectory })
})

afterAll(async () => {
  await pool?.close()
  await rm(folder, { recursive: true, force: true })
})

describe('the worker pool', () => {
  test('renders in its threads what the same code renders here, byte for byte', async () => {
    const documents = [usualInvoice(), mixedInvoice(), longInvoice(80), usualInvoice({ language: 'fr-FR' })]
    const made = await Promise.all(documents.map((document) => pool.render(document)))
    for (const [index, document] of documents.entries()) {
      expect(made[index]).toEqual(await renderDocumentPdf(document))
    }
  })

  test('a process that never rendered anything else gives the same bytes', async () => {
    const script = `
      import { createHash } from 'node:crypto'
      import { renderTask } from ${JSON.stringify(workerUrl().href)}
      const text = process.argv[1].replace(/"(-?\\d+)n"/g, '{"__big":"$1"}')
      const document = JSON.parse(text, (_, value) => (value && value.__big ? BigInt(value.__big) : value))
      const { bytes } = await renderTask({ document, fontDirectory: process.argv[2] })
      process.stdout.write(createHash('sha256').update(bytes).digest('hex'))`
    const document = mixedInvoice()
    const json = JSON.stringify(document, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
    const run = promisify(execFile)
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script, json, fontDirectory])
    const here = await crypto.subtle.digest('SHA-256', new Uint8Array(await renderDocumentPdf(document)))
    expect(stdout).toBe(Buffer.from(here).toString('hex'))
  })

  test('keeps the class of errors', async () => {
    const logo = Buffer.from('not a picture')
    const document = usualInvoice({ branding: { logo, accentColor: '#1f4e5f' } })
    await expect(pool.render(document)).rejects.toThrow(LogoError)
    await expect(pool.render(usualInvoice({ issuedOn: 'soon' }))).rejects.toThrow(RangeError)
  })

  test('a render can be cancelled, before and while it runs, and the next one works', async () => {
    await expect(pool.render(usualInvoice(), AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
    const controller = new AbortController()
    const running = pool.render(longInvoice(3_000), controller.signal)
    setTimeout(() => controller.abort(), 30)
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
    expect((await pool.render(usualInvoice())).length).toBeGreaterThan(5_000)
  })

  test('that did not start is started with the next document, and ended as if nothing was', async () => {
    let asked = 0
    const late = createPdfPool({
      fontDirectory,
      get workerUrl() {
        asked += 1
        return asked === 1 ? new URL('nowhere:') : workerUrl()
      },
    })
    await expect(late.render(usualInvoice())).rejects.toMatchObject({ code: 'ERR_INVALID_URL_SCHEME' })
    expect((await late.render(usualInvoice())).length).toBeGreaterThan(1000)
    await late.close()
    expect(asked).toBe(2)
  })

  test('goes on through the replacement of its workers and is refused after its end', async () => {
    const short = createPdfPool({ workerUrl: workerUrl(), fontDirectory, recycleAfter: 2, workers: 2 })
    const made = await Promise.all(Array.from({ length: 7 }, () => short.render(usualInvoice())))
    expect(new Set(made.map((bytes) => Buffer.from(bytes).toString('latin1'))).size).toBe(1)
    await short.close()
    await expect(short.render(usualInvoice())).rejects.toThrow(/closed/)
  })
})
