/** What is wrong with an entry of the record. */
export type RecordProblem = {
  readonly kind:
    | 'changed' // its own hash does not fit
    | 'order' // it does not follow on the one before it
    | 'signature'
    | 'takeover' // another key signs from there on, and the one before it did not hand over
    | 'key' // it is signed by none of the keys that were named
    | 'effect' // the command or its changes are not what the entry says
    | 'unrecorded' // a command or change without an entry
    | 'document' // an issued document is not what was issued
    | 'row' // a row is not what the log makes of it
    | 'erasure' // something stands as erased that nobody erased
    | 'sum' // a sum that is kept is not what the rows give
    | 'timeline' // a line of a timeline is missing, or not of its command
    | 'head' // the known head is not there: the end was cut off
    | 'event' // a security event is not what was signed, or missing
    | 'checkpoint' // what is left of before a cut is not what it was
    | 'genesis' // what was before the record is not what it was
  readonly deviceId: string | null
  /** The entry, counted from 1 on its device; null where there is none. */
  readonly seq: number | null
  readonly commandSeq: number | null
  /** The security event, counted from 1. */
  readonly event?: number
  /** In words. */
  readonly text: string
}

export type VerifyInput = {
  /** Heads known from elsewhere (the mailed root, the file beside the database), hexadecimal: each must be in the record. */
  readonly heads: readonly string[]
  /** The same of the security events. */
  readonly events?: readonly KnownEvent[]
  /** Which of the heads are not signed by the key that they name. */
  readonly unsigned?: readonly string[]
  /** Public keys known from elsewhere: where there are any, only what they signed counts. */
  readonly keys?: readonly string[]
  /** Whether it is enough where an owner confirmed in the app that a key was lost. */
  readonly acceptsConfirmed?: boolean
  /** The business whose sums are told in words; left out: all of them. */
  readonly organizationId?: string
}

/** A key that signs from an entry on, for which the key before it does not vouch. */
export type Takeover = {
  readonly deviceId: string
  /** The first entry that it signs. */
  readonly seq: number
  readonly at: string
  readonly previousKey: string
  readonly publicKey: string
  /** When an owner confirmed that the key before it was lost; null where nobody did. */
  readonly confirmedAt: string | null
}

/** An event that is known from elsewhere: the chain must hold it. */
export type KnownEvent = { readonly seq: number; readonly hash: string }

export type RecordHead = {
  readonly deviceId: string
  readonly seq: number
  /** Hexadecimal. */
  readonly hash: string
  readonly at: string
  readonly publicKey: string
}

export type RecordVerification = {
  readonly ok: boolean
  readonly entries: number
  readonly commands: number
  readonly changes: number
  readonly documents: number
  readonly rows: number
  readonly events: number
  /** How many lines of timelines, and how many sums that are kept. */
  readonly timeline: number
  readonly sums: number
  readonly heads: readonly RecordHead[]
  /** Keys that took over without the one before them. */
  readonly takeovers: readonly Takeover[]
  /** The first bad entry, and what is wrong with it. */
  readonly first: RecordProblem | null
  readonly problems: readonly RecordProblem[]
  /** Nothing wrong, but worth knowing. */
  readonly notes: readonly string[]
}

/** A problem flood is one problem: so many are named. */
const mostNamed = 50

export type Findings = {
  readonly add: (problem: RecordProblem) => void
  readonly note: (text: string) => void
  /** A note that stands before all others. */
  readonly lead: (text: string) => void
  readonly problems: () => readonly RecordProblem[]
  readonly notes: () => readonly string[]
}

/** Gathers what a verification finds, the first bad entry first. */
export const createFindings = (): Findings => {
  const problems: RecordProblem[] = []
  const notes: string[] = []
  const leading: string[] = []
  // Rows and documents go wrong as a consequence: the entry that is bad itself comes first.
  const place = ({ kind, seq }: RecordProblem) =>
    (seq ?? (kind === 'event' ? 1e11 : 1e12)) +
    (kind === 'row' || kind === 'document' || kind === 'checkpoint' ? 1e13 : 0) +
    (kind === 'sum' || kind === 'timeline' ? 2e13 : 0)
  return {
    add: (problem) => {
      if (problems.length < mostNamed * 2) problems.push(problem)
    },
    note: (text) => notes.push(text),
    lead: (text) => leading.push(text),
    problems: () => [...problems].sort((a, b) => place(a) - place(b)).slice(0, mostNamed),
    notes: () => [...leading, ...notes],
  }
}
