import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listBackups } from '../../electron/backup/place.ts'
import { makeDraft, makeInvoice, makeQuote } from '../support/factories.ts'
import { openTestGate, type TestGate } from '../support/gate.ts'
import type { Workspace } from '../support/workspace.ts'

type Report = {
  readonly code: string
  readonly firstNumber: string | null
  readonly lastNumber: string | null
  readonly count: number
  readonly gaps: readonly { from: number; to: number; cause: string; detail: string }[]
}[]

let it: TestGate
/** The factories only call. */
let desk: Workspace
let client = ''
let backup = ''
let business = ''

beforeEach(async () => {
  it = await openTestGate()
  desk = it as unknown as Workspace
  await it.makeBusiness()
  client = (await it.call<{ id: string }>('clients.create', { kind: 'company', name: 'Before Ltd' })).id
  await makeInvoice(desk, client)
  const { organizations } = await it.call<{ organizations: { id: string }[] }>('setup.state')
  business = organizations[0]?.id ?? ''
  await backUp()
})
afterEach(() => it.close())

const backUp = async () => {
  it.clock.advance(60_000)
  await it.call('backups.create')
  backup = listBackups(join(it.directory, 'backups'))[0]?.file ?? ''
  it.clock.advance(60_000)
}
const series = (code: string, pattern: string) =>
  it.call<{ id: string }>('numberSeries.create', { documentKind: 'invoice', code, pattern })
const issue = async (seriesId: string) => {
  const draft = await makeDraft(desk, client)
  return (await it.call<{ number: string }>('invoices.issue', { ...draft, seriesId })).number
}
const listed = () =>
  it.call<{ id: string; version: number; code: string; nextNumber: string; documentKind: string }[]>(
    'numberSeries.list',
  )
const byCode = async (code: string) => {
  const found = (await listed()).find((row) => row.code === code)
  if (found === undefined) throw new Error(`No series ${code}`)
  return found
}
const isWhole = async () => {
  expect(await it.call('audit.verify')).toMatchObject({ ok: true, problems: [] })
  expect(await it.call('integrity.check')).toMatchObject({ differences: [] })
}

describe.each(['all of a backup', 'one business of a backup'])('after going back to %s', (what) => {
  const goBack = async () => {
    it.clock.advance(60_000)
    await it.call('recovery.restore', {
      file: backup,
      ...(what === 'all of a backup' ? {} : { organizationId: business }),
    })
  }

  test('a series that was made since and is made again goes on after what it gave', async () => {
    const { id } = await series('SHOP', 'SHOP-{0000}')
    expect([await issue(id), await issue(id)]).toEqual(['SHOP-0001', 'SHOP-0002'])
    await goBack()
    expect((await listed()).map(({ code }) => code)).not.toContain('SHOP')
    const again = await series('SHOP', 'SHOP-{0000}')
    expect((await byCode('SHOP')).nextNumber).toBe('SHOP-0003')
    expect(await issue(again.id)).toBe('SHOP-0003')
    // Whatever its code is: what counts is what is printed.
    await goBack()
    const other = await series('S2', 'SHOP-{0000}')
    expect(await issue(other.id)).toBe('SHOP-0004')
    await isWhole()
  })

  test('the usual series of a kind that was first numbered since goes on', async () => {
    const { number } = await makeQuote(desk, client)
    await goBack()
    const { number: next } = await makeQuote(desk, client)
    expect([number, next].map((it) => Number(it.slice(-4)))).toEqual([1, 2])
    await isWhole()
  })

  test('what was given by another pattern since is not given by a new series', async () => {
    const { id, version } = await byCode('INV')
    await it.call('numberSeries.update', { id, version, pattern: 'R-{0000}' })
    expect((await makeInvoice(desk, client)).number).toBe('R-0001')
    await goBack()
    expect((await makeInvoice(desk, client)).number).toBe('INV-2026-0002')
    expect(await issue((await series('RETAIL', 'R-{0000}')).id)).toBe('R-0002')
    await goBack()
    expect((await makeInvoice(desk, client)).number).toBe('INV-2026-0003')
    await isWhole()
  })

  test('a series of then that was removed and made again since goes on', async () => {
    await series('SHOP', 'SHOP-{0000}')
    await backUp()
    const { id, version } = await byCode('SHOP')
    await it.call('numberSeries.delete', { id, version })
    const again = await series('SHOP', 'SHOP-{0000}')
    expect(await issue(again.id)).toBe('SHOP-0001')
    await goBack()
    expect(await issue((await byCode('SHOP')).id)).toBe('SHOP-0002')
    await isWhole()
  })

  test('a series of a branch that was made since goes on', async () => {
    const branch = () =>
      it.call<{ id: string }>('branches.create', { code: 'NORTH', name: 'North', timezone: 'Europe/London' })
    const ofBranch = async () =>
      it.call<{ id: string }>('numberSeries.create', {
        documentKind: 'invoice',
        code: 'N',
        pattern: '{BRANCH}-{000}',
        branchId: (await branch()).id,
      })
    expect(await issue((await ofBranch()).id)).toBe('NORTH-001')
    await goBack()
    expect(await issue((await ofBranch()).id)).toBe('NORTH-002')
    await isWhole()
  })

  test('the report for an auditor says what went, in the middle and at the end of a run', async () => {
    const { id: since } = await series('SHOP', 'SHOP-{0000}')
    await issue(since)
    for (let count = 0; count < 3; count += 1) await makeInvoice(desk, client)
    await goBack()
    const report = async () => {
      const rows = await it.call<Report>('numberSeries.report', { documentKind: 'invoice' })
      return rows.map(({ code, firstNumber, lastNumber, count, gaps }) => ({
        code,
        numbers: [firstNumber, lastNumber, count],
        gaps: gaps.map(({ from, to, cause }) => [from, to, cause]),
      }))
    }
    expect(await report()).toEqual([
      { code: 'INV', numbers: ['INV-2026-0001', 'INV-2026-0001', 1], gaps: [[2, 4, 'restored']] },
      { code: 'SHOP', numbers: [null, null, 0], gaps: [[1, 1, 'restored']] },
    ])
    const [first] = await it.call<Report>('numberSeries.report', { documentKind: 'invoice' })
    expect(first?.gaps[0]?.detail).toBe(
      what === 'all of a backup'
        ? 'Counted when everything went back to the backup of 2026-11-21 on 2026-11-21 by Ada Linden: it had come to 1, the data that was put aside to 4. What was numbered between went with that data; no number is given again.'
        : 'Given to documents that went when this business was brought back from the backup of 2026-11-21 on 2026-11-21 by Ada Linden. They are not given again.',
    )
    await makeInvoice(desk, client)
    await issue((await series('SHOP', 'SHOP-{0000}')).id)
    await goBack()
    await makeInvoice(desk, client)
    expect(await report()).toEqual([
      {
        code: 'INV',
        numbers: ['INV-2026-0001', 'INV-2026-0006', 2],
        gaps:
          what === 'all of a backup'
            ? [[2, 5, 'restored']]
            : [
                [2, 4, 'restored'],
                [5, 5, 'restored'],
              ],
      },
      {
        code: 'SHOP',
        numbers: [null, null, 0],
        gaps:
          what === 'all of a backup'
            ? [[1, 2, 'restored']]
            : [
                [1, 1, 'restored'],
                [2, 2, 'restored'],
              ],
      },
    ])
  })
})
