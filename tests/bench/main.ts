import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { measureBackup } from './backup.ts'
import type { Measure } from './compare.ts'
import { measureEncryption } from './encryption.ts'
import { measureImports } from './imports.ts'
import { measureIssue } from './issue.ts'
import { measureKeystroke } from './keystroke.ts'
import { measureLedger } from './ledger.ts'
import { measureList } from './list.ts'
import { measureMemory } from './memory.ts'
import { measurePdf } from './pdf.ts'
import { measureRecurring } from './recurring.ts'
import { measureRpc } from './rpc.ts'
import { measureSearch } from './search.ts'
import { measureStart } from './start.ts'
import { measureTaxes } from './taxes.ts'

const benches: readonly (readonly [string, () => Promise<readonly Measure[]>])[] = [
  ['issue', async () => [await measureIssue()]],
  ['imports', measureImports],
  ['list', measureList],
  ['search', measureSearch],
  ['rpc', measureRpc],
  ['pdf', measurePdf],
  ['taxes', measureTaxes],
  ['ledger', measureLedger],
  ['keystroke', measureKeystroke],
  ['recurring', measureRecurring],
  ['start', measureStart],
  ['backup', measureBackup],
  ['encryption', measureEncryption],
  ['memory', measureMemory],
]

const line = (measure: Measure) =>
  `${measure.reached ? 'reached' : 'MISSED '}  ${measure.ratio.toFixed(2)}x (${measure.target}; ${measure.lowest.toFixed(2)}-${measure.highest.toFixed(2)}, ` +
  `self ${measure.selfRatio?.toFixed(2) ?? 'none'})  ${measure.oursMilliseconds.toFixed(3)} / ${measure.theirsMilliseconds.toFixed(3)} ms  p99 ${measure.p99?.toFixed(2) ?? '-'}  ${measure.name}`

const wanted = process.argv.slice(2)
const measures: Measure[] = []
for (const [name, run] of benches) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  for (const measure of await run()) {
    measures.push(measure)
    console.log(line(measure))
    if (measure.note !== undefined) console.log(`         ${measure.note}`)
  }
}
if (wanted.length === 0) {
  const folder = join(import.meta.dirname, '../../docs/bench')
  mkdirSync(folder, { recursive: true })
  const report = { processor: cpus()[0]?.model, cores: cpus().length, node: process.version, measures }
  writeFileSync(join(folder, 'latest.json'), `${JSON.stringify(report, null, 2)}\n`)
}
