import { openWorkspace } from '../support/workspace.ts'

// Run as a process of its own, watched by strace: so many commands, one after the other, then the end.
const [directory = '', count = '0', key = ''] = process.argv.slice(2)
const workspace = await openWorkspace({
  directory,
  realClock: true,
  ...(key === '' ? {} : { key: Buffer.from(key, 'hex') }),
})
for (let turn = 0; turn < Number(count); turn += 1) {
  await workspace.call('settings.set', { key: 'theme', value: turn })
}
await workspace.close()
