import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { coreProcedures } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { prove, withPassword } from '../support/people.ts'
import { peopleLeftOut } from '../support/people-inputs.ts'
import { times } from '../support/scale.ts'
import { validInputs } from '../support/valid-inputs.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'
import { breakage, broken, nonsense, sharp, withEach } from './nonsense.ts'

const seed = Number(process.env['COUNTERFOIL_SEED'] ?? 20261121)

// Left out by name, each with its reason.
const leftOut: Readonly<Record<string, string>> = {
  ...peopleLeftOut,
  'setup.loadDemo': 'takes no input, and plays twelve months of a company; the demo has a test of its own',
  'mail.testAccount': 'goes out to whatever server is named; tests/mail feeds it its nonsense',
  'exchangeRates.fetch': 'goes out to whatever address is set; tests/features/exchange-rates feeds it its nonsense',
  'dataExports.importEverything':
    'takes the books of another workspace whole; tests/features/data-exports feeds it its nonsense',
  'updates.download': 'needs a release; tests/updater has good and bad ones',
  'updates.install': 'needs a release; tests/updater has good and bad ones',
  'changes.watch': 'takes no input, and never ends',
}
// Each valid case draws a PDF or reads everything, which takes its time.
const slow = new Set([
  ...['invoices', 'quotes', 'creditNotes', 'documentTemplates'].flatMap((feature) => [
    `${feature}.preview`,
    `${feature}.pdf`,
  ]),
  'reports.pdf',
  'statements.pdf',
  'statements.send',
  'dataExports.everything',
  'dataExports.workbook',
  'dataExports.bundle',
  // Each reads or writes whole backups.
  'backups.create',
  'backups.verify',
  'backups.drill',
  'backups.preview',
  'audit.verify',
  'audit.rootPdf',
  'audit.mailRoot',
  'audit.exportRecord',
])

let workspace: Workspace
let store: Inspection
beforeAll(async () => {
  workspace = await openWorkspace()
  // What concerns people is there for somebody with a password alone.
  await withPassword(workspace)
  store = inspect(workspace.directory)
})
afterAll(async () => {
  store.close()
  await workspace.close()
})

type Outcome = 'answered' | 'refused'

/** Calls with whatever input; anything but an answer or an expected problem is a failure of the test. */
const outcomeOf = async (name: string, input: unknown): Promise<Outcome> => {
  workspace.clock.advance(1000)
  prove(workspace)
  const before = store.counts()
  const result: unknown = await workspace.callRaw(name, input).then(
    () => 'answered',
    (error: unknown) => error,
  )
  const after = store.counts()
  // What a bug leaves behind says more than the sentence for the person.
  expect(workspace.errors).toEqual([])
  if (result !== 'answered') {
    expect(result).toBeInstanceOf(AppError)
    expect(result).not.toMatchObject({ code: 'UNEXPECTED' })
    expect(String(Reflect.get(Object(result), 'message'))).toMatch(/\S.*[.!]?\S*$/s)
  }
  const procedure = coreProcedures.get(name)
  const made = (after['commands'] ?? 0) - (before['commands'] ?? 0)
  // What is sensitive goes on record when it is read; daily looks once an hour.
  const isRecorded = procedure?.kind === 'command' || (procedure?.kind === 'query' && procedure.sensitive !== undefined)
  const mayBeRecorded = procedure?.kind === 'query' && procedure.discloses !== undefined
  if (result === 'answered' && mayBeRecorded) expect(made).toBeLessThanOrEqual(1)
  else expect(made).toBe(result === 'answered' && isRecorded ? 1 : 0)
  if (made === 0) expect(after).toEqual(before)
  return result === 'answered' ? 'answered' : 'refused'
}

test('every procedure has a valid input to break, or is left out by name with its reason', () => {
  expect([...Object.keys(validInputs), ...Object.keys(leftOut)].sort()).toEqual([...coreProcedures.keys()].sort())
})

describe.each(Object.keys(validInputs))('%s', (name) => {
  const runs = times(slow.has(name) ? 10 : 30)

  test(`answers what is valid, and refuses in words what is not (${runs} breakages, COUNTERFOIL_SEED=${seed})`, async () => {
    const make = validInputs[name]
    if (make === undefined) throw new Error('no input')
    expect(await outcomeOf(name, await make(workspace))).toBe('answered')
    let valid = await make(workspace)
    const work = fc.asyncProperty(breakage, async (how) => {
      const outcome = await outcomeOf(name, broken(valid, how))
      // What went through has used the rows up: the next breakage gets new ones.
      if (outcome === 'answered' && coreProcedures.get(name)?.kind === 'command') valid = await make(workspace)
    })
    await fc.assert(work, { numRuns: runs, seed, endOnFailure: true })
  })

  test('answers or refuses in words what is sharp, at every place', async () => {
    const make = validInputs[name]
    if (make === undefined) throw new Error('no input')
    const valid = await make(workspace)
    for (const [what, value] of sharp) {
      for (const [index, { place, input }] of withEach(valid, value).entries()) {
        if (slow.has(name) && index % 5 !== 0) continue
        const outcome = await outcomeOf(name, input).catch((error: unknown) => error)
        if (outcome instanceof Error) throw new Error(`${what} in ${place}`, { cause: outcome })
      }
    }
  })

  test('refuses nonsense as a whole', async () => {
    const work = fc.asyncProperty(nonsense, async (input) => void (await outcomeOf(name, input)))
    await fc.assert(work, { numRuns: times(8), seed, endOnFailure: true })
  })
})

test('nothing leaked into the objects of the language, and the books are as they should be', async () => {
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
  expect((await workspace.call('integrity.check', {})).differences).toEqual([])
  expect(store.value('PRAGMA integrity_check')).toBe('ok')
  expect(store.rows('PRAGMA foreign_key_check')).toEqual([])
  expect(store.value('SELECT command_seq FROM change_context')).toBeNull()
})
