import { goodPassword, openTestGate } from '../support/gate.ts'

// Run as a process of its own: turns encryption on, or off where it is on, until it is done or killed.
const [directory = ''] = process.argv.slice(2)
const it = await openTestGate({ directory })
const state = await it.state()
if (state.phase === 'locked') {
  await it.call('access.signIn', { userId: state.people[0]?.id, password: goodPassword })
}
process.stdout.write('begins\n')
await it.call((await it.state()).encrypted ? 'access.turnOffEncryption' : 'access.turnOnEncryption', {
  password: goodPassword,
})
process.stdout.write('done\n')
await it.close()
