import { planFor } from '../support/import-files.ts'
import { openWorkspace } from '../support/workspace.ts'

// Run as a process of its own: imports a file and says what was acknowledged, until it is killed.
const [directory = '', rows = '0', kind = 'clients'] = process.argv.slice(2)

const clients = (count: number) =>
  `Client Name,Email,City\n${Array.from({ length: count }, (_, at) => `Client ${at} Ltd,c${at}@client.example,Bristol`).join('\n')}\n`

const invoices = (count: number) =>
  `Invoice Number,Client,Date,Description,Quantity,Price,Tax Rate,Paid\n${Array.from({ length: count }, (_, at) => `A-${at},Client ${at % 7},2024-02-0${(at % 9) + 1},Work,2,${at + 1}.50,20,1`).join('\n')}\n`

const workspace = await openWorkspace({ directory, realClock: true })
if (workspace.organizationId === '') {
  const { id } = await workspace.call('setup.createOrganization', { legalName: 'Linden Ltd', country: 'GB' })
  workspace.use(id)
}
const content = (kind === 'clients' ? clients : invoices)(Number(rows))
const plan = await planFor(workspace, content)
process.stdout.write('begins\n')
const run = await workspace.call('dataImports.run', plan)
process.stdout.write(`imported ${run.id}\n`)
if (workspace.errors.length > 0) throw new Error(JSON.stringify(workspace.errors[0], null, 2))
await workspace.close()
