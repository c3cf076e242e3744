import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Samples of e-invoices that lie beside the project; they are never part of it. */
export const sampleRoot = join(fileURLToPath(new URL('../../..', import.meta.url)), 'shared/data/eu')
export const samplesAreHere = existsSync(sampleRoot)

/** The XML files of a folder of samples, sorted by name. */
export const sampleNames = (folder: string): string[] =>
  readdirSync(join(sampleRoot, folder))
    .filter((name) => /\.xml$/i.test(name))
    .sort()

export const readSample = (folder: string, name: string): Uint8Array => readFileSync(join(sampleRoot, folder, name))

/** Says once that what needs the samples is not tested. */
export function tellMissingSamples(what: string): void {
  if (!samplesAreHere) process.stderr.write(`SKIPPED ${what}: there are no samples at ${sampleRoot}\n`)
}
