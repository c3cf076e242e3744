import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createWindowStorage } from '../../electron/shell/window-storage.ts'

// That the browser's files are empty then is shown by tests/e2e/electron-shell.spec.ts.
test('the window begins its storage anew once the data is encrypted, and again after it was in the clear', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-window-'))
  let cleared = 0
  const open = () =>
    createWindowStorage(folder, () => ({
      clearStorageData: () => {
        cleared += 1
        return Promise.resolve()
      },
    }))
  await open().follow(false)
  expect(cleared).toBe(0)
  await open().follow(true)
  await open().follow(true)
  expect(cleared).toBe(1)
  await open().follow(false)
  await open().follow(true)
  expect(cleared).toBe(2)
  rmSync(folder, { recursive: true })
})
