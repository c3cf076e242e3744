import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { amountOf, exchangeRateOf } from '../../shared/money/decimal-string.ts'
import { makeCreditDraft } from '../support/credit-inputs.ts'
import { type Inspection, inspect } from '../support/database.ts'
import {
  contentFor,
  line,
  makeClient,
  makeDraft,
  makeInvoice,
  makePayment,
  makeQuote,
  makeQuoteDraft,
  quoteLine,
} from '../support/factories.ts'
import { planFor } from '../support/import-files.ts'
import { makePerson } from '../support/person-inputs.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let store: Inspection
let clientId: string
// The fault to come: after so many statements of the command. None while it is infinite.
let left = Number.POSITIVE_INFINITY
let count = 0

const faults = [
  { code: 'SQLITE_FULL', expected: 'STORAGE_FULL' },
  { code: 'SQLITE_IOERR_WRITE', expected: 'STORAGE_UNAVAILABLE' },
  { code: undefined, expected: 'UNEXPECTED' },
] as const
let fault: (typeof faults)[number] = faults[0]

const afterStatement = () => {
  count += 1
  left -= 1
  if (left !== 0) return
  throw Object.assign(new Error('injected'), fault.code === undefined ? {} : { code: fault.code })
}

beforeAll(async () => {
  workspace = await openWorkspace({ storage: { afterStatement } })
  store = inspect(workspace.directory)
  clientId = await makeClient(workspace)
})
afterAll(async () => {
  store.close()
  await workspace.close()
})
beforeEach(() => workspace.clock.advance(1000))
afterEach(() => {
  left = Number.POSITIVE_INFINITY
})

/** Every row of every table, and of the search index. */
const everything = () =>
  JSON.stringify(
    [...Object.keys(store.counts()), 'search_words', 'search_trigrams'].map((table) => [
      table,
      store.rows(`SELECT * FROM ${table}`),
    ]),
    (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  )

/** Runs the command with a fault after its first statement, its second, and so on, until it gets through; how many there were. */
const failEverywhere = async (command: () => Promise<unknown>): Promise<number> => {
  for (let index = 1; ; index += 1) {
    fault = faults[index % faults.length] ?? faults[0]
    const before = everything()
    left = index
    count = 0
    const error = await command().then(
      () => null,
      (thrown: unknown) => thrown,
    )
    left = Number.POSITIVE_INFINITY
    if (error === null) {
      // All its statements ran, so the fault was never reached.
      expect(count).toBeLessThan(index)
      expect(everything()).not.toBe(before)
      return index - 1
    }
    expect(error).toMatchObject({ code: fault.expected })
    expect(everything()).toBe(before)
  }
}

const counterOf = (number: string) => Number(/(\d+)$/.exec(number)?.[1])

describe('an error after each statement leaves all or nothing', () => {
  test('invoices.issue', async () => {
    const before = await makeInvoice(workspace, clientId)
    const draft = await makeDraft(workspace, clientId, {
      lines: [line(), line({ rate: '5' }), line({ rate: '0' })],
      adjustments: [
        {
          id: v7(),
          kind: 'charge',
          reason: 'Postage',
          amountE4: amountOf('5'),
          percentE6: null,
          baseE4: null,
          taxes: null,
        },
      ],
    })
    const statements = await failEverywhere(() => workspace.call('invoices.issue', draft))
    expect(statements).toBeGreaterThanOrEqual(8)
    const issued = await workspace.call('invoices.get', { id: draft.id })
    expect(counterOf(issued.number ?? '')).toBe(counterOf(before.number) + 1)
    const next = await makeInvoice(workspace, clientId)
    expect(counterOf(next.number)).toBe(counterOf(before.number) + 2)
  })

  test('payments.create over three invoices', async () => {
    const invoices = [
      await makeInvoice(workspace, clientId),
      await makeInvoice(workspace, clientId),
      await makeInvoice(workspace, clientId),
    ]
    const before = await makePayment(workspace, clientId, '1')
    const statements = await failEverywhere(() =>
      makePayment(
        workspace,
        clientId,
        '300',
        invoices.map(({ id }) => ({ invoiceId: id, amount: '90' })),
      ),
    )
    expect(statements).toBeGreaterThanOrEqual(12)
    const { rows } = await workspace.call('payments.list', { clientId })
    expect(rows.map(({ number }) => counterOf(number)).sort()).toEqual([
      counterOf(before.number),
      counterOf(before.number) + 1,
    ])
    for (const { id } of invoices) expect((await workspace.call('invoices.get', { id })).paidE4).toBe(amountOf('90'))
  })

  test('payments.setStatus, which takes allocations back', async () => {
    const invoice = await makeInvoice(workspace, clientId)
    const { id } = await makePayment(workspace, clientId, '120', [{ invoiceId: invoice.id, amount: '120' }])
    const bounce = { id, version: 1, status: 'bounced' as const, on: '2026-11-22', reason: 'No cover' }
    expect(await failEverywhere(() => workspace.call('payments.setStatus', bounce))).toBeGreaterThanOrEqual(4)
    expect((await workspace.call('invoices.get', { id: invoice.id })).paymentState).toBe('unpaid')
  })

  test('invoices.void', async () => {
    const { id, version } = await makeInvoice(workspace, clientId)
    const work = () => workspace.call('invoices.void', { id, version, reason: 'Wrong client' })
    expect(await failEverywhere(work)).toBeGreaterThanOrEqual(3)
  })

  test('invoices.saveDraft, which changes, adds and removes lines', async () => {
    const [one, two] = [line(), line()]
    const { id, version } = await makeDraft(workspace, clientId, { lines: [one, two] })
    const content = await contentFor(workspace, clientId, { lines: [{ ...two, name: 'Changed' }, line()] })
    const work = () => workspace.call('invoices.saveDraft', { id, version, content })
    expect(await failEverywhere(work)).toBeGreaterThanOrEqual(6)
    expect((await workspace.call('invoices.get', { id })).content.lines.map(({ name }) => name)).toEqual([
      'Changed',
      'Consulting',
    ])
  })

  test('invoices.duplicate, in another currency', async () => {
    const euro = { currency: 'EUR', exchangeRateE10: exchangeRateOf('0.9') }
    const { id } = await makeInvoice(workspace, clientId, euro)
    const newId = v7()
    expect(await failEverywhere(() => workspace.call('invoices.duplicate', { id, newId }))).toBeGreaterThanOrEqual(5)
  })

  const seen = async (invoiceId: string) => ({
    invoiceId,
    invoiceVersion: (await workspace.call('invoices.get', { id: invoiceId })).version,
  })
  const on = '2026-11-22'

  test('creditNotes.creditInvoice, which also uses the credit', async () => {
    const { id } = await makeInvoice(workspace, clientId, { lines: [line(), line({ rate: '5' })] })
    const input = { id: v7(), ...(await seen(id)), issuedOn: on, reason: 'Returned' }
    const work = () =>
      workspace.call('creditNotes.creditInvoice', { ...input, scope: { kind: 'amount', amountE4: amountOf('100') } })
    expect(await failEverywhere(work)).toBeGreaterThanOrEqual(10)
    expect((await workspace.call('invoices.get', { id })).creditedE4).toBe(amountOf('100'))
  })

  test('creditNotes.correctInvoice, which credits, makes and issues', async () => {
    const { id } = await makeInvoice(workspace, clientId)
    const input = { ...(await seen(id)), reason: 'Wrong', creditNoteId: v7(), newInvoiceId: v7(), issue: true }
    const work = () => workspace.call('creditNotes.correctInvoice', input)
    expect(await failEverywhere(work)).toBeGreaterThanOrEqual(18)
    expect((await workspace.call('invoices.get', { id })).creditNotes).toHaveLength(1)
  })

  test('creditNotes.apply over two invoices, unapply and void', async () => {
    const invoices = [await makeInvoice(workspace, clientId), await makeInvoice(workspace, clientId)]
    const issued = await workspace.call('creditNotes.issue', await makeCreditDraft(workspace, clientId))
    const { id } = issued
    const applications = invoices.map((it) => ({ invoiceId: it.id, amountE4: amountOf('30') }))
    const apply = () => workspace.call('creditNotes.apply', { id, version: issued.version, on, applications })
    expect(await failEverywhere(apply)).toBeGreaterThanOrEqual(5)
    for (const one of (await workspace.call('creditNotes.get', { id })).applications) {
      const { version } = await workspace.call('creditNotes.get', { id })
      const unapply = () => workspace.call('creditNotes.unapply', { id, version, applicationId: one.id })
      expect(await failEverywhere(unapply)).toBeGreaterThanOrEqual(3)
    }
    const { version } = await workspace.call('creditNotes.get', { id })
    const undo = () => workspace.call('creditNotes.void', { id, version, reason: 'Not given' })
    expect(await failEverywhere(undo)).toBeGreaterThanOrEqual(2)
  })

  test('quotes.issue, accept with other lines, and reopen', async () => {
    const optional = quoteLine({ choice: 'optional', isChosen: false })
    const draft = await makeQuoteDraft(workspace, clientId, { lines: [quoteLine(), optional] })
    expect(await failEverywhere(() => workspace.call('quotes.issue', draft))).toBeGreaterThanOrEqual(5)
    const { id } = draft
    const seenNow = async () => ({ id, version: (await workspace.call('quotes.get', { id })).version })
    const decision = { ...(await seenNow()), on: '2026-11-21', by: 'Ann', chosenLineIds: [optional.id] }
    expect(await failEverywhere(() => workspace.call('quotes.accept', decision))).toBeGreaterThanOrEqual(3)
    expect((await workspace.call('quotes.get', { id })).totals.payableE4).toBe(amountOf('240'))
    const back = await seenNow()
    expect(await failEverywhere(() => workspace.call('quotes.reopen', back))).toBeGreaterThanOrEqual(3)
    const newId = v7()
    const revise = () => workspace.call('quotes.duplicate', { id, newId, revise: true })
    expect(await failEverywhere(revise)).toBeGreaterThanOrEqual(5)
    const revision = () => workspace.call('quotes.issue', { id: newId, version: 1 })
    expect(await failEverywhere(revision)).toBeGreaterThanOrEqual(7)
    expect((await workspace.call('quotes.get', { id })).state).toBe('void')
  })

  test('quotes.toInvoice, and the share that a deleted draft gives back', async () => {
    const quote = await makeQuote(workspace, clientId)
    const { version } = await workspace.call('quotes.accept', { ...quote, on: '2026-11-21', by: 'Ann' })
    const invoiceId = v7()
    const convert = () =>
      workspace.call('quotes.toInvoice', { id: quote.id, version, invoiceId, conversion: { kind: 'final' } })
    expect(await failEverywhere(convert)).toBeGreaterThanOrEqual(6)
    const invoicedOf = async () => (await workspace.call('quotes.get', { id: quote.id })).invoicedE4
    expect(await invoicedOf()).toBe(amountOf('120'))
    const remove = () => workspace.call('invoices.deleteDraft', { id: invoiceId, version: 1 })
    expect(await failEverywhere(remove)).toBeGreaterThanOrEqual(4)
    expect(await invoicedOf()).toBe(0n)
    expect(
      await failEverywhere(() => workspace.call('invoices.restoreDraft', { id: invoiceId })),
    ).toBeGreaterThanOrEqual(4)
    expect(await invoicedOf()).toBe(amountOf('120'))
  })

  test('refunds.create and cancel', async () => {
    const payment = await makePayment(workspace, clientId, '50')
    const work = () =>
      workspace.call('refunds.create', { paymentId: payment.id, refundedOn: on, amountE4: amountOf('20') })
    expect(await failEverywhere(work)).toBeGreaterThanOrEqual(3)
    const [refund] = (await workspace.call('refunds.list', { clientId })).rows
    const cancel = { id: refund?.id ?? '', version: 1, on, reason: 'Refused' }
    expect(await failEverywhere(() => workspace.call('refunds.cancel', cancel))).toBeGreaterThanOrEqual(2)
    expect((await workspace.call('payments.get', { id: payment.id })).creditE4).toBe(amountOf('50'))
  })

  test('writeOffs.create and reverse', async () => {
    const { id } = await makeInvoice(workspace, clientId)
    const input = { ...(await seen(id)), amountE4: amountOf('120'), on, reason: 'Gone' }
    expect(await failEverywhere(() => workspace.call('writeOffs.create', input))).toBeGreaterThanOrEqual(3)
    const [written] = (await workspace.call('invoices.get', { id })).writeOffs
    const reverse = () => workspace.call('writeOffs.reverse', { id: written?.id ?? '', on })
    expect(await failEverywhere(reverse)).toBeGreaterThanOrEqual(2)
  })

  test('dataRights.erase', async () => {
    const { id } = await makePerson(workspace)
    const { client } = await workspace.call('dataRights.previewErasure', { clientId: id })
    const { version, code: confirmation } = client
    const input = { clientId: id, version, askedBy: 'person' as const, reason: 'By letter', confirmation }
    expect(await failEverywhere(() => workspace.call('dataRights.erase', input))).toBeGreaterThanOrEqual(60)
    expect((await workspace.call('clients.get', { id })).name).toBe(`Erased client ${confirmation}`)
  }, 60_000)

  test('dataImports.run and undo', async () => {
    const csv = `Invoice Number,Client,Invoice Date,Description,Price,Tax Rate,Paid
Past-1,Rowan Ltd,2024-02-01,Work,100,20,20
Past-2,Rowan Ltd,2024-02-02,Work,50,20,
`
    const plan = await planFor(workspace, csv)
    expect(await failEverywhere(() => workspace.call('dataImports.run', plan))).toBeGreaterThanOrEqual(30)
    const [imported] = (await workspace.call('dataImports.list', {})).rows
    const undo = () => workspace.call('dataImports.undo', { id: imported?.id ?? '' })
    expect(await failEverywhere(undo)).toBeGreaterThanOrEqual(10)
    const { rows } = await workspace.call('invoices.list', { search: 'Past-' })
    expect(rows.map((row) => row.paymentState)).toEqual(['void', 'void'])
  })

  test('setup.createOrganization', async () => {
    const work = () => workspace.call('setup.createOrganization', { legalName: 'Second Ltd', country: 'DE' })
    expect(await failEverywhere(work)).toBeGreaterThanOrEqual(8)
  })
})

test('after all of it every figure equals its documents', async () => {
  expect((await workspace.call('integrity.check', {})).differences).toEqual([])
  // Only the faults that are no fault of the disk were logged as unexpected.
  expect(workspace.errors.every(({ fields }) => String(fields['error']) === 'Error: injected')).toBe(true)
  expect(workspace.errors.length).toBeGreaterThan(10)
})
