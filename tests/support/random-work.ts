import { v7 } from 'uuid'
import { addDays, todayIn } from '../../shared/dates.ts'
import { AppError } from '../../shared/errors.ts'
import { smaller, subtract } from '../../shared/money/arithmetic.ts'
import { amountOf, exchangeRateOf } from '../../shared/money/decimal-string.ts'
import { type Amount, amount } from '../../shared/money/scaled.ts'
import { line, makeClient, makeDraft } from './factories.ts'
import type { Random } from './random.ts'
import type { Workspace } from './workspace.ts'

export type Done = { readonly what: string; readonly id: string }

type Rows = { readonly rows: readonly { readonly id: string; readonly version: number }[] }

const currencyOf = (random: Random) =>
  random.chance(0.2)
    ? { currency: 'EUR', exchangeRateE10: exchangeRateOf('0.87') }
    : { currency: 'GBP', exchangeRateE10: exchangeRateOf('1') }

const openDay = (workspace: Workspace, random: Random) =>
  addDays(todayIn('Europe/London', workspace.clock.now()), -random.between(0, 60))

const draft = async (workspace: Workspace, random: Random, clients: readonly string[]) => {
  const lines = Array.from({ length: random.between(1, 4) }, () =>
    line({
      quantity: `${random.between(-1, 9)}.${random.between(0, 999)}`,
      price: `${random.between(0, 400)}.${random.between(0, 99)}`,
      rate: random.pick(['20', '5', '0']) ?? '0',
    }),
  )
  return makeDraft(workspace, random.pick(clients) ?? null, {
    ...currencyOf(random),
    lines,
    issuedOn: openDay(workspace, random),
  })
}

const some = async (work: Promise<Rows>, random: Random) => random.pick((await work).rows)

const partsOf = async (workspace: Workspace, random: Random, clientId: string, currency: string, left: Amount) => {
  const parts: { invoiceId: string; amountE4: Amount }[] = []
  let rest = left
  for (const open of await workspace.call('payments.openInvoices', { clientId, currency })) {
    const wanted = random.chance(0.5) ? open.openE4 : amount((open.openE4 / 200n / 100n) * 100n)
    const taken = smaller(wanted, rest)
    if (taken <= 0n || random.chance(0.2)) continue
    parts.push({ invoiceId: open.id, amountE4: taken })
    rest = subtract(rest, taken)
  }
  return parts
}

const pay = async (workspace: Workspace, random: Random, clients: readonly string[]) => {
  const clientId = random.pick(clients) ?? ''
  const { currency, exchangeRateE10 } = currencyOf(random)
  const amountE4 = amountOf(`${random.between(1, 900)}.${random.between(10, 99)}`)
  return workspace.call('payments.create', {
    clientId,
    currency,
    exchangeRateE10,
    amountE4,
    receivedOn: openDay(workspace, random),
    status: random.chance(0.3) ? 'pending' : 'cleared',
    allocations: await partsOf(workspace, random, clientId, currency, amountE4),
  })
}

const spendCredit = async (workspace: Workspace, random: Random) => {
  const { rows } = await workspace.call('payments.list', { withCredit: true })
  const payment = random.pick(rows)
  if (payment === undefined) return undefined
  const { id, version, clientId, currency, creditE4 } = payment
  const allocations = await partsOf(workspace, random, clientId, currency, creditE4)
  return allocations.length === 0 ? undefined : workspace.call('payments.allocate', { id, version, allocations })
}

const takeBack = async (workspace: Workspace, random: Random) => {
  const payment = await some(workspace.call('payments.list', {}), random)
  if (payment === undefined) return undefined
  const { allocations } = await workspace.call('payments.get', { id: payment.id })
  const allocationId = random.pick(allocations)?.id
  return allocationId === undefined
    ? undefined
    : workspace.call('payments.unallocate', { id: payment.id, version: payment.version, allocationId })
}

const creditInvoice = async (workspace: Workspace, random: Random) => {
  const filter = random.chance(0.6) ? ('open' as const) : ('paid' as const)
  const row = await some(workspace.call('invoices.list', { filter, limit: 200 }), random)
  if (row === undefined) return undefined
  const { lines, totalE4 } = await workspace.call('creditNotes.left', { invoiceId: row.id })
  const lineIds = lines.flatMap((it) => (it.leftE6 === 0n || random.chance(0.5) ? [] : [it.lineId]))
  const part = amount((totalE4 / 300n / 100n) * 100n)
  const scope =
    random.chance(0.4) || lineIds.length === 0
      ? random.chance(0.5) && part > 0n
        ? ({ kind: 'amount', amountE4: part } as const)
        : ({ kind: 'whole' } as const)
      : ({ kind: 'lines', lineIds } as const)
  return workspace.call('creditNotes.creditInvoice', {
    id: v7(),
    invoiceId: row.id,
    invoiceVersion: row.version,
    scope,
    issuedOn: todayIn('Europe/London', workspace.clock.now()),
    reason: 'By chance',
    apply: random.chance(0.7),
  })
}

const freeCredit = async (workspace: Workspace, random: Random, clients: readonly string[]) => {
  const { content } = await workspace.call('creditNotes.blank', { clientId: random.pick(clients) ?? null })
  const lines = [{ ...line({ price: `${random.between(1, 90)}.${random.between(0, 99)}` }), invoiceLineId: null }]
  const draft = await workspace.call('creditNotes.saveDraft', {
    id: v7(),
    version: null,
    content: { ...content, ...currencyOf(random), lines },
  })
  return random.chance(0.9) ? workspace.call('creditNotes.issue', draft) : draft
}

/** Uses, takes back or voids a credit note. */
const spendNote = async (workspace: Workspace, random: Random) => {
  const row = random.pick((await workspace.call('creditNotes.list', { limit: 200 })).rows)
  if (row === undefined) return undefined
  const { id, version, clientId, currency, creditE4 } = row
  const on = todayIn('Europe/London', workspace.clock.now())
  if (random.chance(0.2)) return workspace.call('creditNotes.void', { id, version, reason: 'By chance' })
  if (random.chance(0.3)) {
    const applicationId = random.pick((await workspace.call('creditNotes.get', { id })).applications)?.id
    return applicationId === undefined
      ? undefined
      : workspace.call('creditNotes.unapply', { id, version, applicationId })
  }
  const applications = await partsOf(workspace, random, clientId ?? '', currency, creditE4)
  return applications.length === 0 ? undefined : workspace.call('creditNotes.apply', { id, version, on, applications })
}

const refund = async (workspace: Workspace, random: Random, clients: readonly string[]) => {
  const clientId = random.pick(clients) ?? ''
  if (random.chance(0.3)) {
    const row = random.pick((await workspace.call('refunds.list', { clientId })).rows)
    const on = todayIn('Europe/London', workspace.clock.now())
    return row && workspace.call('refunds.cancel', { id: row.id, version: row.version, on, reason: 'By chance' })
  }
  const source = random.pick(await workspace.call('refunds.sources', { clientId }))
  if (source === undefined) return undefined
  const half = amount((source.creditE4 / 200n) * 100n)
  return workspace.call('refunds.create', {
    ...(source.kind === 'payment' ? { paymentId: source.id } : { creditNoteId: source.id }),
    refundedOn: todayIn('Europe/London', workspace.clock.now()),
    amountE4: half > 0n && random.chance(0.5) ? half : source.creditE4,
  })
}

const takeWriteOffBack = async (workspace: Workspace, random: Random) => {
  const on = todayIn('Europe/London', workspace.clock.now())
  const { rows } = await workspace.call('invoices.list', { limit: 200 })
  for (let tried = 0; tried < 12; tried += 1) {
    const row = random.pick(rows)
    const written = row && random.pick((await workspace.call('invoices.get', { id: row.id })).writeOffs)
    if (written !== undefined) return workspace.call('writeOffs.reverse', { id: written.id, on })
  }
  return undefined
}

const writeOff = async (workspace: Workspace, random: Random) => {
  if (random.chance(0.35)) return takeWriteOffBack(workspace, random)
  const row = await some(workspace.call('invoices.list', { filter: 'open', limit: 200 }), random)
  if (row === undefined) return undefined
  const { id, version, openE4 } = await workspace.call('invoices.get', { id: row.id })
  const part = amount((openE4 / 700n) * 100n)
  return workspace.call('writeOffs.create', {
    invoiceId: id,
    invoiceVersion: version,
    amountE4: part > 0n && random.chance(0.7) ? part : openE4,
    on: todayIn('Europe/London', workspace.clock.now()),
    reason: 'By chance',
  })
}

/** Things done with credit: what is given back, used, refunded, written off. */
const credit = (workspace: Workspace, random: Random, clients: readonly string[]) => {
  const roll = random.between(1, 100)
  if (roll <= 30) return { what: 'credit_notes', work: creditInvoice(workspace, random) }
  if (roll <= 40) return { what: 'credit_notes', work: freeCredit(workspace, random, clients) }
  if (roll <= 60) return { what: 'credit_notes', work: spendNote(workspace, random) }
  if (roll <= 78) return { what: 'refunds', work: refund(workspace, random, clients) }
  return { what: 'write_offs', work: writeOff(workspace, random) }
}

const settle = async (workspace: Workspace, random: Random) => {
  const payment = await some(workspace.call('payments.list', {}), random)
  const status = random.pick(['cleared', 'bounced', 'cancelled'] as const)
  if (payment === undefined || status === undefined) return undefined
  const { id, version } = payment
  return workspace.call('payments.setStatus', {
    id,
    version,
    status,
    on: openDay(workspace, random),
    reason: 'By chance',
  })
}

const deed = async (workspace: Workspace, random: Random, clients: string[]): Promise<Done | undefined> => {
  const invoice = (filter: 'draft' | 'open' | 'paid') =>
    some(workspace.call('invoices.list', { filter, limit: 200 }), random)
  const named = async (what: string, work: Promise<{ id: string } | undefined>): Promise<Done | undefined> => {
    const row = await work
    return row === undefined ? undefined : { what, id: row.id }
  }
  const roll = random.between(1, 100)
  if (clients.length > 0 && random.chance(0.25)) {
    const { what, work } = credit(workspace, random, clients)
    return named(what, work)
  }
  if (clients.length === 0 || roll <= 4) {
    const id = await makeClient(workspace, `Client ${clients.length}`)
    clients.push(id)
    return { what: 'clients', id }
  }
  if (roll <= 30) return named('invoices', draft(workspace, random, clients))
  if (roll <= 55) {
    const row = await invoice('draft')
    return row && named('invoices', workspace.call('invoices.issue', { id: row.id, version: row.version }))
  }
  if (roll <= 60) {
    const row = await invoice('open')
    return (
      row &&
      named('invoices', workspace.call('invoices.void', { id: row.id, version: row.version, reason: 'By chance' }))
    )
  }
  if (roll <= 63) {
    const row = await invoice('draft')
    const gone = row && (await workspace.call('invoices.deleteDraft', { id: row.id, version: row.version }))
    return gone && named('invoices', workspace.call('invoices.restoreDraft', { id: gone.id }))
  }
  if (roll <= 82) return named('payments', pay(workspace, random, clients))
  if (roll <= 90) return named('payments', spendCredit(workspace, random))
  if (roll <= 95) return named('payments', takeBack(workspace, random))
  return named('payments', settle(workspace, random))
}

/** Does one thing that a person may do, by chance; null where it was refused in words or there was nothing to do it to. */
export const doSomething = async (workspace: Workspace, random: Random, clients: string[]): Promise<Done | null> => {
  workspace.clock.advance(random.between(1, 6 * 3_600_000))
  try {
    return (await deed(workspace, random, clients)) ?? null
  } catch (error) {
    if (error instanceof AppError && error.code !== 'UNEXPECTED') return null
    throw error
  }
}
