import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DatabaseFacts } from '../../db/facts.ts'
import type { DataKey } from '../../db/key.ts'
import { bringBackup } from './bring.ts'
import { hasKept } from './kept-files.ts'

export type DrillInput = { readonly directory: string; readonly source: string; readonly key: DataKey }

export type DrillResult = {
  readonly facts: DatabaseFacts
  /** How long a restore takes, in milliseconds. */
  readonly milliseconds: number
  readonly missing: number
}

/** Restores a backup into a scratch folder as a restore would, checks all of it, and takes it away again. */
export const drillBackup = ({ directory, source, key }: DrillInput): DrillResult => {
  const started = performance.now()
  const scratch = join(directory, 'drill')
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch)
  try {
    const { facts, manifest } = bringBackup(source, key, join(scratch, 'counterfoil.db'))
    const missing = (manifest?.kept ?? []).filter((path) => !hasKept(dirname(source), path)).length
    return { facts, missing, milliseconds: Math.round(performance.now() - started) }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
