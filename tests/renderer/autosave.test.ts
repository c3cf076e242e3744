import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Attempt, createAutosave, type SaveState } from '../../renderer/documents/editor/autosave.ts'
import { AppError } from '../../shared/errors.ts'
import { draftOf } from './draft-content.ts'

// Only the clock is replaced: the queue runs as it is, against a store that answers when the test says so.
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

type Answer = { readonly resolve: () => void; readonly reject: (error: unknown) => void }

const setUp = (options: { version?: number | null; unanswered?: Attempt } = {}) => {
  const calls: Attempt[] = []
  const answers: Answer[] = []
  const states: SaveState['kind'][] = []
  let allSaved = 0
  let keys = 0
  const autosave = createAutosave({
    version: options.version ?? null,
    unanswered: options.unanswered ?? null,
    newKey: () => `key-${++keys}`,
    toError: (thrown) => (thrown instanceof AppError ? thrown : new AppError('UNEXPECTED', String(thrown))),
    onState: (state) => states.push(state.kind),
    onAllSaved: () => {
      allSaved += 1
    },
    save: (attempt) => {
      calls.push(attempt)
      return new Promise((resolve, reject) => {
        answers.push({
          resolve: () => resolve({ version: (attempt.version ?? 0) + 1, savedAt: '2026-03-01T12:04:00.000Z' }),
          reject,
        })
      })
    },
  })
  const settle = (index: number) => {
    answers[index]?.resolve()
    return vi.advanceTimersByTimeAsync(0)
  }
  const fail = (index: number, error: unknown) => {
    answers[index]?.reject(error)
    return vi.advanceTimersByTimeAsync(0)
  }
  return { autosave, calls, states, settle, fail, allSaved: () => allSaved }
}

describe('autosave', () => {
  test('saves within a second of the last key, and only the last content', async () => {
    const { autosave, calls, settle, states } = setUp()
    autosave.change(draftOf('a'))
    await vi.advanceTimersByTimeAsync(300)
    autosave.change(draftOf('ab'))
    await vi.advanceTimersByTimeAsync(599)
    expect(calls).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(401)
    expect(calls.map((call) => call.content.lines[0]?.name)).toEqual(['ab'])
    await settle(0)
    expect(autosave.version()).toBe(1)
    expect(states.at(-1)).toBe('saved')
  })

  test('never has two saves under way; what was written meanwhile goes next, with the new version', async () => {
    const { autosave, calls, settle, allSaved } = setUp({ version: 4 })
    autosave.change(draftOf('a'))
    await vi.advanceTimersByTimeAsync(700)
    autosave.change(draftOf('b'))
    autosave.change(draftOf('c'))
    await vi.advanceTimersByTimeAsync(5000)
    expect(calls).toHaveLength(1)
    await settle(0)
    expect(calls.map((call) => [call.version, call.content.lines[0]?.name])).toEqual([
      [4, 'a'],
      [5, 'c'],
    ])
    expect(allSaved()).toBe(0)
    await settle(1)
    expect(allSaved()).toBe(1)
  })

  test('a lost host is told, and the very same call with its key is repeated', async () => {
    const { autosave, calls, fail, settle, states } = setUp({ version: 1 })
    autosave.change(draftOf('a'))
    await vi.advanceTimersByTimeAsync(600)
    await fail(0, new AppError('STORAGE_UNAVAILABLE', 'No answer.'))
    expect(states.at(-1)).toBe('retrying')
    autosave.change(draftOf('b'))
    await vi.advanceTimersByTimeAsync(2000)
    expect(calls[1]).toEqual(calls[0])
    await settle(1)
    expect(calls[2]?.version).toBe(2)
    expect(calls[2]?.content.lines[0]?.name).toBe('b')
    expect(calls[2]?.key).not.toBe(calls[0]?.key)
  })

  test('a slow answer is told as not saved yet', async () => {
    const { autosave, states, settle } = setUp()
    autosave.change(draftOf('a'))
    await vi.advanceTimersByTimeAsync(600 + 1500)
    expect(states.at(-1)).toBe('retrying')
    await settle(0)
    expect(states.at(-1)).toBe('saved')
  })

  test('a conflict stops everything until it is decided, then goes on from their version', async () => {
    const { autosave, calls, fail, states } = setUp({ version: 2 })
    autosave.change(draftOf('mine'))
    await vi.advanceTimersByTimeAsync(600)
    await fail(0, new AppError('CONFLICT', 'Changed.'))
    autosave.change(draftOf('mine, more'))
    await vi.advanceTimersByTimeAsync(10_000)
    expect(calls).toHaveLength(1)
    expect(states.at(-1)).toBe('conflict')
    expect(await autosave.flush()).toBe(false)
    autosave.resolve(7, draftOf('merged'))
    await vi.advanceTimersByTimeAsync(0)
    expect(calls[1]).toMatchObject({ version: 7, content: { lines: [{ name: 'merged' }] } })
  })

  test('refused content is told once and tried again with the next change', async () => {
    const { autosave, calls, fail, settle, states } = setUp({ version: 1 })
    autosave.change(draftOf('bad'))
    await vi.advanceTimersByTimeAsync(600)
    await fail(0, new AppError('VALIDATION', 'Too long.', { fields: { notes: 'Too long.' } }))
    expect(states.at(-1)).toBe('refused')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(calls).toHaveLength(1)
    autosave.change(draftOf('good'))
    await vi.advanceTimersByTimeAsync(600)
    await settle(1)
    expect(states.at(-1)).toBe('saved')
  })

  test('flush saves at once, waits for what came meanwhile, and says whether all is stored', async () => {
    const { autosave, calls, settle } = setUp()
    expect(await autosave.flush()).toBe(true)
    autosave.change(draftOf('a'))
    const done = autosave.flush()
    await vi.advanceTimersByTimeAsync(0)
    autosave.change(draftOf('b'))
    const both = autosave.flush()
    await settle(0)
    await settle(1)
    expect([await done, await both]).toEqual([true, true])
    expect(calls).toHaveLength(2)
  })

  test('a save whose answer was lost with the window is repeated first, by its own key', async () => {
    const lost: Attempt = { version: 3, key: 'from-before', content: draftOf('old') }
    const { autosave, calls, settle } = setUp({ version: 3, unanswered: lost })
    autosave.change(draftOf('new'))
    await vi.advanceTimersByTimeAsync(600)
    expect(calls[0]).toEqual(lost)
    await settle(0)
    expect(calls[1]).toMatchObject({ version: 4, content: { lines: [{ name: 'new' }] } })
  })

  test('closing saves what waits and is silent afterwards', async () => {
    const { autosave, calls, settle, states } = setUp({ version: 1 })
    autosave.change(draftOf('last words'))
    const over = autosave.close()
    const told = states.length
    await settle(0)
    await over
    expect(calls).toHaveLength(1)
    expect(states).toHaveLength(told)
  })
})
