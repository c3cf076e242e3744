import { smaller, subtract, sum } from '../../../shared/money/arithmetic.ts'
import { type Amount, zero } from '../../../shared/money/scaled.ts'
import { digitsIn, nameKey, nameLikeness, nameWords, numbersIn, plainNumber, runsOf } from './words.ts'

/** What a bank line says that helps to find who paid what. */
export type MatchLine = {
  readonly bookedOn: string
  readonly amountE4: Amount
  readonly currency: string
  readonly counterpartyName: string | null
  /** As accounts are compared: letters and digits alone. */
  readonly counterpartyKey: string | null
  readonly structuredReference: string | null
  readonly endToEndReference: string | null
  readonly purpose: string
}

export type MatchInvoice = {
  readonly id: string
  readonly number: string
  readonly clientId: string
  readonly currency: string
  readonly openE4: Amount
  readonly issuedOn: string
  readonly dueOn: string | null
  /** The client's own reference, such as an order number. */
  readonly reference: string | null
}

export type MatchClient = { readonly id: string; readonly name: string }
/** Learned: who paid from this account, or under this name. */
export type MatchRule = { readonly kind: 'account' | 'name'; readonly key: string; readonly clientId: string }

export type MatchWorld = {
  readonly clients: readonly MatchClient[]
  readonly invoices: readonly MatchInvoice[]
  readonly rules: readonly MatchRule[]
}

export type MatchPart = { readonly invoiceId: string; readonly invoiceNumber: string; readonly amountE4: Amount }
export type Proposal = {
  readonly clientId: string
  readonly clientName: string
  readonly allocations: readonly MatchPart[]
  /** 0 to 100. */
  readonly score: number
  readonly reasons: readonly string[]
}

/** From here on a proposal is accepted without being looked at, if a person wants that. */
export const sureScore = 80
/** Below it a proposal is a guess, and is not made. */
export const leastScore = 20

type Points = { readonly points: number; readonly reason: string }

const list = (numbers: readonly string[]): string =>
  numbers.length < 2 ? numbers.join('') : `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`

const oldestFirst = (a: MatchInvoice, b: MatchInvoice): number => {
  const [x, y] = [`${a.dueOn ?? a.issuedOn} ${a.issuedOn} ${a.id}`, `${b.dueOn ?? b.issuedOn} ${b.issuedOn} ${b.id}`]
  return x < y ? -1 : x > y ? 1 : 0
}

type Said = { readonly numbers: ReadonlySet<string>; readonly digits: ReadonlySet<string> }

/** What a line says that may be the number of a document. */
export const saidBy = (line: MatchLine): Said => {
  const structured = line.structuredReference ?? ''
  // A creditor reference (ISO 11649) is RF, two check digits and the reference itself.
  const inner = structured.replaceAll(' ', '').replace(/^RF\d\d0*/i, '')
  const words = [line.purpose, line.endToEndReference ?? '', structured, inner]
  return {
    numbers: new Set(words.flatMap((text) => [...numbersIn(text)])),
    digits: new Set(words.flatMap((text) => [...digitsIn(text)])),
  }
}

type Known = MatchInvoice & { readonly plain: string; readonly order: string; readonly digits: string }
type KnownClient = MatchClient & { readonly words: readonly string[]; readonly invoices: readonly Known[] }
type Named = { readonly invoice: Known; readonly how: 'number' | 'order' | 'digits' }

/** What lines are matched with, made ready once for many of them. */
export type MatchIndex = {
  /** The client by `account KEY` and `name KEY`. */
  readonly learned: ReadonlyMap<string, string>
  /** The clients that a number, an amount or a word of a name points at. */
  readonly pointers: ReadonlyMap<string, ReadonlySet<KnownClient>>
}

const pointersOf = (clients: readonly KnownClient[]): ReadonlyMap<string, ReadonlySet<KnownClient>> => {
  const pointers = new Map<string, Set<KnownClient>>()
  const point = (key: string, client: KnownClient) => {
    const own = pointers.get(key)
    if (own === undefined) pointers.set(key, new Set([client]))
    else own.add(client)
  }
  for (const client of clients) {
    point(`id ${client.id}`, client)
    for (const word of client.words) if (word.length > 3) point(`word ${word}`, client)
    for (const { plain, order, digits, openE4 } of client.invoices) {
      for (const number of [plain, order]) if (number !== '') point(`number ${number}`, client)
      if (digits.length > 3) point(`digits ${digits}`, client)
      point(`amount ${openE4}`, client)
    }
  }
  return pointers
}

// An amount or a word that many share points at nobody.
const mostSharing = { amount: 20, word: 60 }

const pointedAt = ({ line, said, payer }: Heard, { pointers, learned }: MatchIndex): ReadonlySet<KnownClient> => {
  const found = new Set<KnownClient>()
  const add = (key: string, most = Number.POSITIVE_INFINITY) => {
    const clients = pointers.get(key)
    if (clients !== undefined && clients.size <= most) for (const client of clients) found.add(client)
  }
  for (const key of [`account ${line.counterpartyKey ?? ''}`, `name ${payer.key}`]) add(`id ${learned.get(key) ?? ''}`)
  for (const number of said.numbers) add(`number ${number}`)
  for (const digits of said.digits) add(`digits ${digits}`)
  for (const word of new Set([...payer.words, ...payer.said])) add(`word ${word}`, mostSharing.word)
  add(`amount ${line.amountE4}`, mostSharing.amount)
  return found
}

/** Makes clients, open invoices and rules ready for matching. */
export const indexWorld = ({ clients, invoices, rules }: MatchWorld): MatchIndex => {
  const byClient = new Map<string, Known[]>()
  for (const invoice of [...invoices].sort(oldestFirst)) {
    const order = plainNumber(invoice.reference ?? '')
    const known = {
      ...invoice,
      plain: plainNumber(invoice.number),
      order: order.length > 3 && /\d/.test(order) ? order : '',
      digits: invoice.number.replace(/\D/g, '').replace(/^0+/, ''),
    }
    const own = byClient.get(invoice.clientId)
    if (own === undefined) byClient.set(invoice.clientId, [known])
    else own.push(known)
  }
  const known = clients.map((it) => ({ ...it, words: nameWords(it.name), invoices: byClient.get(it.id) ?? [] }))
  return {
    pointers: pointersOf(known),
    learned: new Map(rules.map((rule) => [`${rule.kind} ${rule.key}`, rule.clientId])),
  }
}

const namingOf = ({ numbers, digits }: Said, invoice: Known): Named['how'] | null => {
  if (invoice.plain.length > 2 && numbers.has(invoice.plain)) return 'number'
  if (numbers.has(invoice.order)) return 'order'
  return invoice.digits.length > 3 && digits.has(invoice.digits) ? 'digits' : null
}

const namingPoints = { number: 55, order: 45, digits: 40 } as const

const naming = (named: readonly Named[]): Points | null => {
  const best = named.map((it) => it.how).sort((a, b) => namingPoints[b] - namingPoints[a])[0]
  if (best === undefined) return null
  const numbers = list(named.map((it) => it.invoice.number))
  const words = {
    number: `It names ${numbers}.`,
    order: `It names the order of ${numbers}.`,
    digits: `It has the digits of ${numbers}.`,
  }
  return { points: namingPoints[best], reason: words[best] }
}

type Payer = {
  readonly name: string
  readonly words: readonly string[]
  readonly key: string
  readonly said: readonly string[]
}

const person = (line: MatchLine, payer: Payer, client: KnownClient, learned: MatchIndex['learned']): Points | null => {
  if (line.counterpartyKey !== null && learned.get(`account ${line.counterpartyKey}`) === client.id) {
    return { points: 40, reason: `${client.name} has paid from this account before.` }
  }
  if (learned.get(`name ${payer.key}`) === client.id) {
    return { points: 35, reason: `${client.name} has paid under this name before.` }
  }
  const likeness = nameLikeness(client.words, payer.words)
  if (likeness === 100) return { points: 30, reason: `The payer is ${client.name}.` }
  if (likeness >= 60) return { points: 22, reason: `The payer "${payer.name}" is like ${client.name}.` }
  const isNamed = client.words.length > 1 && client.words.every((word) => payer.said.includes(word))
  return isNamed ? { points: 15, reason: `The text names ${client.name}.` } : null
}

const total = (invoices: readonly Known[]): Amount => sum(invoices.map((it) => it.openE4))

/** Two or three of the oldest invoices whose open amounts make up a sum; null if none do. */
const makingUp = (amountE4: Amount, invoices: readonly Known[]): readonly Known[] | null => {
  const few = invoices.slice(0, 25)
  const from = (start: number, wanted: Amount, count: number): readonly Known[] | null => {
    for (const [offset, one] of few.slice(start).entries()) {
      if (count === 1 && one.openE4 === wanted) return [one]
      if (count === 1 || one.openE4 >= wanted) continue
      const rest = from(start + offset + 1, subtract(wanted, one.openE4), count - 1)
      if (rest !== null) return [one, ...rest]
    }
    return null
  }
  return from(0, amountE4, 2) ?? from(0, amountE4, 3)
}

type Choice = { readonly invoices: readonly Known[]; readonly money: Points | null }

const choose = (amountE4: Amount, invoices: readonly Known[], named: readonly Known[], isKnown: boolean): Choice => {
  if (named.length > 0) {
    const open = total(named)
    if (open === amountE4) {
      const what = named.length === 1 ? 'exactly what is open of it' : 'exactly what is open of them'
      return { invoices: named, money: { points: 30, reason: `The amount is ${what}.` } }
    }
    return amountE4 < open
      ? { invoices: named, money: { points: 5, reason: 'The amount pays a part.' } }
      : { invoices: named, money: null }
  }
  const same = invoices.filter((it) => it.openE4 === amountE4)
  const [one] = same
  if (one !== undefined) {
    const points = same.length === 1 ? 40 : 30
    const more = same.length === 1 ? '' : `, the oldest of ${same.length} of that amount`
    return { invoices: [one], money: { points, reason: `The amount is exactly what is open of ${one.number}${more}.` } }
  }
  // Sums that happen to fit mean something only where the payer is known.
  if (!isKnown) return { invoices, money: null }
  if (invoices.length > 1 && total(invoices) === amountE4) {
    return { invoices, money: { points: 35, reason: 'The amount is exactly all that is open.' } }
  }
  const several = makingUp(amountE4, invoices)
  if (several !== null) {
    const numbers = list(several.map((it) => it.number))
    return { invoices: several, money: { points: 25, reason: `The amount is exactly ${numbers} together.` } }
  }
  return { invoices, money: null }
}

const allocate = (amountE4: Amount, invoices: readonly MatchInvoice[]): MatchPart[] => {
  let left = amountE4
  const parts: MatchPart[] = []
  for (const invoice of invoices) {
    const part = smaller(left, invoice.openE4)
    if (part <= zero) continue
    parts.push({ invoiceId: invoice.id, invoiceNumber: invoice.number, amountE4: part })
    left = subtract(left, part)
  }
  return parts
}

type Heard = { readonly line: MatchLine; readonly said: Said; readonly payer: Payer }

const proposalFor = ({ line, said, payer }: Heard, client: KnownClient, index: MatchIndex): Proposal | null => {
  const invoices = client.invoices.filter((it) => it.currency === line.currency && it.openE4 > zero)
  const named = invoices.flatMap((invoice): Named[] => {
    const how = namingOf(said, invoice)
    return how === null ? [] : [{ invoice, how }]
  })
  // A number that is written out says more than digits that occur somewhere.
  const strong = named.filter((it) => it.how !== 'digits')
  const kept = strong.length > 0 ? strong : named
  const who = person(line, payer, client, index.learned)
  const reference = naming(kept)
  const isNamed = kept.map((it) => it.invoice)
  const { invoices: paid, money } = choose(line.amountE4, invoices, isNamed, who !== null)
  if (reference === null && who === null && money === null) return null
  const early = paid.length > 0 && paid.every((it) => it.issuedOn > line.bookedOn)
  const points = (reference?.points ?? 0) + (who?.points ?? 0) + (money?.points ?? 0) - (early ? 20 : 0)
  const allocations = allocate(line.amountE4, paid)
  const left = subtract(line.amountE4, sum(allocations.map((it) => it.amountE4)))
  const reasons = [reference, money, who].flatMap((it) => (it === null ? [] : [it.reason]))
  if (early) reasons.push('It was booked before the invoice was issued.')
  if (allocations.length === 0) reasons.push('Nothing is open: it would stay as credit.')
  else if (left > zero) reasons.push('More than is open: the rest would stay as credit.')
  const score = Math.min(100, Math.max(0, points))
  return { clientId: client.id, clientName: client.name, allocations, score, reasons }
}

/** Who may have paid a bank line and for which invoices, the best first, each with its score and reasons in words. */
export const proposalsFor = (line: MatchLine, index: MatchIndex): readonly Proposal[] => {
  if (line.amountE4 <= zero) return []
  const name = line.counterpartyName ?? ''
  const payer = { name, words: nameWords(name), key: nameKey(name), said: runsOf(line.purpose) }
  const heard: Heard = { line, said: saidBy(line), payer }
  const found = [...pointedAt(heard, index)]
    .flatMap((client) => proposalFor(heard, client, index) ?? [])
    .filter((it) => it.score >= leastScore)
    .sort((a, b) => b.score - a.score || (a.clientId < b.clientId ? -1 : 1))
  const [best, next] = found
  // Two that are about as likely are no sure answer: a person decides.
  if (best === undefined || next === undefined || best.score - next.score >= 10) return found
  return found.map((it) => ({ ...it, score: Math.min(it.score, sureScore - 1) }))
}
