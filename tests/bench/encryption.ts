import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { convertFile } from '../../electron/keys/convert.ts'
import { hashSecret } from '../../electron/people/passwords.ts'
import { contract } from '../../shared/contract/index.ts'
import { goodPassword, openTestGate } from '../support/gate.ts'
import { compare, type Measure, median } from './compare.ts'
import { openBenchCore } from './core.ts'
import { generate } from './generate.ts'
import { fiveLines, makeDrafts, openSide } from './issue.ts'
import { benchSize } from './list.ts'

const key = createHash('sha256').update('bench').digest()
const target = 1.15

const issuing = async (): Promise<Measure> => {
  const [ours, theirs] = [await openSide(key), await openSide()]
  const count = 15 * 2 * 20 + 600
  const drafts = [await makeDrafts(ours, count), await makeDrafts(theirs, count + 1500)] as const
  const issue =
    ({ core, organizationId }: typeof ours, ids: string[]) =>
    () =>
      core.call('invoices.issue', { organizationId, idempotencyKey: null, input: { id: ids.pop(), version: 1 } })
  const measure = await compare({
    name: 'issue an invoice, encrypted / in the clear',
    target,
    ours: issue(ours, drafts[0]),
    theirs: issue(theirs, drafts[1]),
  })
  for (const side of [ours, theirs]) {
    await side.core.close()
    rmSync(side.directory, { recursive: true, force: true })
  }
  return measure
}

// Pages all over a database that is larger than any cache of ours: most of them are read and decrypted anew.
const reading = async (): Promise<Measure[]> => {
  const { directory, organizationId } = await generate(benchSize)
  const encrypted = mkdtempSync(join(tmpdir(), 'counterfoil-bench-'))
  mkdirSync(encrypted, { recursive: true })
  await convertFile(join(directory, 'counterfoil.db'), join(encrypted, 'counterfoil.db'), { from: null, to: key })
  const clear = mkdtempSync(join(tmpdir(), 'counterfoil-bench-'))
  // A copy: the invoices made below are not part of the data that other measures read.
  cpSync(join(directory, 'counterfoil.db'), join(clear, 'counterfoil.db'))
  const ours = await openBenchCore(encrypted, key)
  const theirs = await openBenchCore(clear)
  const call = (core: typeof ours, name: string, input: unknown) =>
    core.call(name, { organizationId, idempotencyKey: null, input })
  const words = ['amber', 'willow river', 'inv-1234', 'saffron 77', 'zeph', 'grove pe']
  const work = (core: typeof ours) => {
    let turn = 0
    return async () => {
      turn += 1
      await call(core, 'search.find', { text: words[turn % words.length] })
      await call(
        core,
        'invoices.list',
        contract.invoices.list.input.parse({ search: `INV-${100_000 + ((turn * 7919) % 90_000)}` }),
      )
      await call(core, 'clients.list', contract.clients.list.input.parse({ search: words[turn % 2] }))
    }
  }
  const measures = [
    await compare({
      name: 'search, a page of invoices, a page of clients at 200,000 invoices, encrypted / in the clear',
      target,
      ours: work(ours),
      theirs: work(theirs),
    }),
    await compare({
      name: 'where the business stands (home), encrypted / in the clear',
      target,
      ours: () => call(ours, 'home.summary', {}),
      theirs: () => call(theirs, 'home.summary', {}),
    }),
    await compare({
      name: 'an invoice from the search for its client to its page at 200,000 invoices, encrypted / in the clear',
      target,
      ours: anInvoice(ours, organizationId),
      theirs: anInvoice(theirs, organizationId),
    }),
  ]
  await ours.close()
  await theirs.close()
  for (const folder of [encrypted, clear]) rmSync(folder, { recursive: true, force: true })
  return measures
}

const searched = ['amber', 'willow river', 'saffron', 'grove'] as const

/** An invoice as somebody makes it: the client is looked for, the draft kept as it grows, issued and looked at. */
const anInvoice = (core: Awaited<ReturnType<typeof openBenchCore>>, organizationId: string) => {
  const call = (name: string, input: unknown) => core.call(name, { organizationId, idempotencyKey: null, input })
  const page = (input: object) => contract.invoices.list.input.parse(input)
  let turn = 0
  return async () => {
    turn += 1
    // Answers of the pipeline, checked against the contract.
    const found = (await call(
      'clients.list',
      contract.clients.list.input.parse({ search: searched[turn % searched.length] }),
    )) as {
      readonly rows: readonly { readonly id: string }[]
    }
    const clientId = found.rows[turn % found.rows.length]?.id ?? null
    await call('clients.get', { id: clientId })
    const { content } = (await call('invoices.blank', { clientId })) as { content: object }
    const [id, lines] = [v7(), fiveLines()]
    await call('invoices.saveDraft', { id, version: null, content: { ...content, lines: lines.slice(0, 2) } })
    await call('invoices.saveDraft', { id, version: 1, content: { ...content, lines } })
    await call('invoices.issue', { id, version: 2 })
    await call('invoices.get', { id })
    await call('invoices.list', page({}))
    await call('home.summary', {})
  }
}

/** From the password to the first answer, in the clear and encrypted, where the data is opened by it. */
const signingIn = async (encrypted: boolean): Promise<Measure> => {
  const it = await openTestGate()
  await it.makeBusiness()
  await it.call('users.setPassword', { password: goodPassword })
  if (encrypted) await it.call('access.turnOnEncryption', { password: goodPassword })
  const times: number[] = []
  const hashes: number[] = []
  for (let turn = 0; turn < 8; turn += 1) {
    await it.call('access.lock')
    const userId = (await it.state()).people[0]?.id
    const started = performance.now()
    await it.call('access.signIn', { userId, password: goodPassword })
    await it.call('setup.state')
    times.push(performance.now() - started)
    const hashed = performance.now()
    await hashSecret(goodPassword)
    hashes.push(performance.now() - hashed)
  }
  await it.close()
  const ours = median(times.slice(1))
  const theirs = median(hashes.slice(1))
  return {
    name: `from the password to the first answer, ${encrypted ? 'encrypted' : 'in the clear'} / one Argon2id alone`,
    ratio: ours / theirs,
    lowest: Math.min(...times) / theirs,
    highest: Math.max(...times) / theirs,
    oursMilliseconds: ours,
    theirsMilliseconds: theirs,
    p95: null,
    p99: null,
    selfRatio: null,
    target: 'at most 500 ms',
    reached: ours <= 500,
  }
}

/** What encryption costs, and how long it takes to come in. */
export const measureEncryption = async (): Promise<Measure[]> => [
  await issuing(),
  ...(await reading()),
  await signingIn(false),
  await signingIn(true),
]
