import { join } from 'node:path'
import { type Core, openCore } from '../../electron/core.ts'
import { createFileSecretStore } from '../../electron/mail/file-secrets.ts'
import { findFontDirectory } from '../../electron/pdf/font-directory.ts'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** A core on a folder with the real clock and no jobs. */
export const openBenchCore = (directory: string, key?: Uint8Array): Promise<Core> =>
  openCore({
    directory,
    ...(key === undefined ? {} : { key }),
    host: 'test',
    version: '0.0.0-bench',
    deviceName: 'Bench',
    secrets: createFileSecretStore(join(directory, 'secrets')),
    fontDirectory: findFontDirectory(import.meta.url),
    pdfWorkerUrl: new URL('../../out/main/pdf-worker.js', import.meta.url).href,
    importWorkerUrl: new URL('../../out/main/import-worker.js', import.meta.url).href,
    readingWorkerUrl: new URL('../../out/main/reading-worker.js', import.meta.url).href,
    log: silent,
    jobs: false,
  })
