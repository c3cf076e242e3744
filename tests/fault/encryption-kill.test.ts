import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { freshDirectory } from '../support/database.ts'
import { goodPassword, openTestGate } from '../support/gate.ts'
import { times } from '../support/scale.ts'

const { directory, remove } = freshDirectory()
afterAll(remove)

const script = fileURLToPath(new URL('encrypt-until-killed.ts', import.meta.url))

/** Converts the data in a process of its own and kills it so many milliseconds after it began; tells whether it was done. */
const convertAndKill = (milliseconds: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    let struck = false
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
      if (struck || !output.includes('begins')) return
      struck = true
      setTimeout(() => child.kill('SIGKILL'), milliseconds)
    })
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(output.includes('done'))
      else reject(new Error(`It ended by itself with ${code}: ${output}`))
    })
  })

const open = async () => {
  const it = await openTestGate({ directory })
  const state = await it.state()
  expect(state.problem).toBeNull()
  if (state.person === null) {
    await it.call('access.signIn', { userId: state.people[0]?.id, password: goodPassword })
  }
  const { organizations } = await it.call<{ organizations: { id: string }[] }>('setup.state')
  it.use(organizations[0]?.id ?? '')
  return it
}

test('killed at any moment while it is encrypted or decrypted, the data opens with everything in it', async () => {
  const first = await openTestGate({ directory })
  await first.makeBusiness()
  await first.call('users.setPassword', { password: goodPassword })
  const names: string[] = []
  for (let count = 0; count < 20; count += 1) {
    const name = `Client ${String(count).padStart(2, '0')}`
    const { id } = await first.call<{ id: string }>('clients.create', { kind: 'company', name })
    const content = new TextEncoder().encode(`A letter to ${name}`)
    await first.call('attachments.add', { entity: 'client', entityId: id, fileName: 'letter.txt', content })
    names.push(name)
  }
  await first.close()
  const kills = times(12)
  const outcomes = new Set<string>()
  for (let round = 0; round < kills; round += 1) {
    const done = await convertAndKill((round * 900) / kills)
    const it = await open()
    outcomes.add(`${(await it.state()).encrypted ? 'encrypted' : 'plain'} ${done ? 'done' : 'killed'}`)
    const { rows } = await it.call<{ rows: { id: string; name: string }[] }>('clients.list', { limit: 200 })
    expect(rows.map(({ name }) => name).sort()).toEqual(names)
    for (const { id, name } of rows) {
      const [file] = await it.call<{ id: string }[]>('attachments.list', { entityId: id })
      const { content } = await it.call<{ content: Uint8Array }>('attachments.content', { id: file?.id })
      expect(new TextDecoder().decode(content)).toBe(`A letter to ${name}`)
    }
    await it.close()
  }
  // It was cut off before it was done, or the kills came too late to prove anything.
  expect([...outcomes].some((outcome) => outcome.endsWith('killed'))).toBe(true)
}, 240_000)
