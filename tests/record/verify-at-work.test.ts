import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { verifyFolder } from '../../electron/cli/verify.ts'
import { openWorkspace } from '../support/workspace.ts'

test('the record is checked as it was at one moment, however much is saved meanwhile', async () => {
  const workspace = await openWorkspace()
  try {
    let isOver = false
    const working = (async () => {
      for (let count = 0; !isOver; count += 1) {
        await workspace.call('clients.create', { name: `Client ${count}` })
        await setTimeout(2)
      }
    })()
    const problems: unknown[] = []
    for (let round = 0; round < 15; round += 1) {
      const { ok, first } = await workspace.call('audit.verify', { head: null })
      if (!ok) problems.push(first)
      const folder = await verifyFolder(workspace.directory, { head: null, keys: [] })
      if (folder?.ok !== true) problems.push(folder?.first)
    }
    isOver = true
    await working
    expect(problems).toEqual([])
  } finally {
    await workspace.close()
  }
})
