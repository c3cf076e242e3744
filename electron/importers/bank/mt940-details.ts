import { findIban } from './iban.ts'

/** The `:86:` as German and Polish banks write it: a code, and numbered parts. */
export type NumberedDetails = {
  readonly code: string
  readonly postingText: string | null
  readonly primaNota: string | null
  readonly purpose: string
  readonly bank: string | null
  readonly account: string | null
  readonly name: string | null
  readonly returnNote: string | null
  readonly endToEnd: string | null
  readonly mandate: string | null
  readonly creditor: string | null
}

const purposeParts = /^(2\d|6[0-3])$/

// What the parts of a purpose begin with (SEPA): which of them it is.
const sepaKey = /(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE)\+/g

const sepaPartsOf = (text: string): ReadonlyMap<string, string> => {
  const starts = [...text.matchAll(sepaKey)]
  return new Map(
    starts.map((start, index) => [
      start[1] ?? '',
      text.slice(start.index + start[0].length, starts[index + 1]?.index ?? text.length).trim(),
    ]),
  )
}

/** Reads numbered details, `166?00UEBERWEISUNG?20…`; null if they are written otherwise. */
export const readNumbered = (details: string): NumberedDetails | null => {
  const match = /^\s*(\d{3})([?>])(?=\d\d)/.exec(details)
  if (match === null) return null
  const [, code = '', separator = '?'] = match
  // A field wraps wherever its line is full: the break means nothing.
  const flat = details.trim().replaceAll('\n', '')
  const parts = new Map<string, string>()
  let purpose = ''
  for (const part of flat.slice(3).split(separator)) {
    const number = part.slice(0, 2)
    if (!/^\d\d$/.test(number)) purpose += part === '' ? '' : separator + part
    else if (purposeParts.test(number)) purpose += part.slice(2)
    else parts.set(number, part.slice(2))
  }
  const sepa = sepaPartsOf(purpose)
  const lead = purpose.slice(0, Math.max(0, purpose.search(/(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE)\+/))).trim()
  const of = (number: string) => parts.get(number)?.trim() || null
  const name = `${parts.get('32') ?? ''}${parts.get('33') ?? ''}`.trim()
  return {
    code,
    postingText: of('00'),
    primaNota: of('10'),
    purpose: sepa.size === 0 ? purpose.trim() : [lead, sepa.get('SVWZ') ?? ''].filter((it) => it !== '').join(' '),
    bank: of('30'),
    account: of('31') ?? of('38'),
    name: name === '' ? null : name,
    returnNote: of('34'),
    endToEnd: sepa.get('EREF') ?? null,
    mandate: sepa.get('MREF') ?? null,
    creditor: sepa.get('CRED') ?? null,
  }
}

const slashKey =
  /\/(EREF|BENM|ORDP|NAME|REMI|IBAN|BBAN|BIC|MARF|CSID|TRTP|ISDT|RTRN|PREF|SVCL|PURP|ADDR|ULTD|ULTB|ULTC|CNTP|USTD|STRD|CUR)\//g

/** What other ways of writing a `:86:` say about the other side. */
export type PlainDetails = {
  readonly purpose: string
  readonly account: string | null
  readonly name: string | null
  readonly endToEnd: string | null
  readonly mandate: string | null
  readonly structured: string | null
}

const slashed = (details: string): PlainDetails | null => {
  if (!/^\/[A-Z]{3,4}\//.test(details)) return null
  const flat = details.replaceAll('\n', '')
  // Keys may share a slash: `/REMI//ISDT/`.
  const doubled = flat.replace(/\/(?=[A-Z]{3,4}\/)/g, '//')
  const starts = [...doubled.matchAll(slashKey)]
  const parts = new Map<string, string>()
  for (const [index, start] of starts.entries()) {
    const text = doubled.slice(start.index + start[0].length, starts[index + 1]?.index ?? doubled.length)
    const value = text.replace(/^\/+|\/+$/g, '').trim()
    if (value !== '') parts.set(start[1] ?? '', value)
  }
  const [counterAccount, , counterName] = (parts.get('CNTP') ?? '').split('/')
  const structured = parts.get('STRD') ?? parts.get('CUR') ?? null
  return {
    purpose: parts.get('REMI') ?? parts.get('USTD') ?? '',
    account: (parts.get('IBAN') ?? parts.get('BBAN') ?? counterAccount) || null,
    name: (parts.get('NAME') ?? counterName) || null,
    endToEnd: parts.get('EREF') ?? null,
    mandate: parts.get('MARF') ?? null,
    structured,
  }
}

/** Reads details that are no numbered parts: keys between slashes, or words alone. */
export const readPlain = (details: string): PlainDetails => {
  const withKeys = slashed(details)
  if (withKeys !== null) return withKeys
  const name = /(?:NAAM|NAME|AUFTRAGGEBER|ABSENDER)\s*:\s*([^\n/]+)/i.exec(details)?.[1]?.trim() ?? null
  return {
    purpose: details,
    account: findIban(details) ?? /(?:REK|IBAN)\s*:\s*([A-Z]{2}\d{2}[A-Z0-9]{11,30})\b/.exec(details)?.[1] ?? null,
    name,
    endToEnd: null,
    mandate: null,
    structured: null,
  }
}

/** The name and account that a `:61:` itself carries: below it, or as its reference. */
export const otherSideOf = (reference: string | null, extra: string | null) => {
  const whole = (reference ?? '').replaceAll(' ', '')
  const account = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(whole) ? whole : findIban(extra ?? '')
  const name = extra !== null && /\p{L}{2}/u.test(extra) && findIban(extra) === null ? extra : null
  return { account, name }
}
