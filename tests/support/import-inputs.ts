import { exchangeRateOf } from '../../shared/money/decimal-string.ts'
import { importFile, planFor } from './import-files.ts'
import type { Workspace } from './workspace.ts'

type Make = (workspace: Workspace) => object | Promise<object>

const followed = '0197c0de-0000-7000-8000-000000000077'

let files = 0
const csv = () => {
  files += 1
  return `Client Name,Email,City\nImported ${files},a${files}@client.example,Leeds\n`
}

const plan: Make = async (workspace) => ({
  ...(await planFor(workspace, csv())),
  duplicates: { number: 'skip', 'tax-id': 'update', email: 'skip', name: 'create', 'in-file': 'skip' },
  differences: 'refuse',
  rates: [{ currency: 'USD', rateE10: exchangeRateOf('0.8') }],
  progressId: followed,
})

/** A valid input for each procedure of imports. */
export const importInputs: Readonly<Record<string, Make>> = {
  'dataImports.inspect': () => ({
    fileName: 'a.csv',
    file: new TextEncoder().encode(csv()),
    sheet: null,
    encoding: 'utf-8',
    separator: ',',
    headerRow: 1,
    entity: 'clients',
    dateOrder: 'dmy',
  }),
  'dataImports.dryRun': plan,
  'dataImports.run': async (workspace) => ({ ...(await plan(workspace)), leaveOutRefused: true }),
  'dataImports.progress': () => ({ progressId: followed }),
  'dataImports.cancel': () => ({ progressId: followed }),
  'dataImports.undo': async (workspace) => ({ id: (await importFile(workspace, csv())).run.id }),
  'dataImports.list': () => ({ cursor: null, limit: 20 }),
}
