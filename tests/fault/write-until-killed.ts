import { randomFrom } from '../support/random.ts'
import { doSomething } from '../support/random-work.ts'
import { openWorkspace } from '../support/workspace.ts'

// Run as a process of its own: works on a data directory and says what was acknowledged, line by line, until it is killed.
const [directory = '', seed = '1', key = ''] = process.argv.slice(2)
const workspace = await openWorkspace({
  directory,
  realClock: true,
  ...(key === '' ? {} : { key: Buffer.from(key, 'hex') }),
})
if (workspace.organizationId === '') {
  const { id } = await workspace.call('setup.createOrganization', { legalName: 'Linden Ltd', country: 'GB' })
  workspace.use(id)
  process.stdout.write(`organizations ${id}\n`)
}
const random = randomFrom(Number(seed))
const { rows } = await workspace.call('clients.list', { limit: 200 })
const clients = rows.map(({ id }) => id)
for (;;) {
  const done = await doSomething(workspace, random, clients)
  if (done !== null) process.stdout.write(`${done.what} ${done.id}\n`)
  if (workspace.errors.length > 0) throw new Error(JSON.stringify(workspace.errors[0], null, 2))
}
