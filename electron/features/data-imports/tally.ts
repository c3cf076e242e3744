import type {
  DuplicateAction,
  DuplicateGroup,
  ImportCounts,
  ImportDryRun,
  ImportMade,
  ImportProblem,
} from '../../../shared/contract/data-imports.ts'
import { duplicateGroups } from '../../../shared/contract/data-imports.ts'
import { add } from '../../../shared/money/arithmetic.ts'
import { type Amount, zero } from '../../../shared/money/scaled.ts'
import type { Chunk } from '../../importers/tables/read.ts'

/** What was made so far, by kind. */
export type Made = { -readonly [K in keyof ImportMade]: number }

const mostListed = 300
const mostSamples = 12

type Duplicate = ImportDryRun['duplicates'][number]
type Sum = { totalE4: Amount; paidE4: Amount }

/** Why a record is taken for one that is there already. */
export type Match = {
  readonly group: DuplicateGroup
  readonly reason: string
  readonly existingId: string | null
  readonly existingName: string
}

export type Tally = {
  readonly made: Made
  /** Counts what the reading of the file already decided. */
  readonly chunk: (chunk: Chunk) => void
  readonly problem: (problem: ImportProblem) => void
  /** A record that comes in, is added to another or skipped. */
  readonly decided: (action: DuplicateAction, row: number, name: string, match: Match | null) => void
  readonly refused: () => void
  readonly sample: (row: number, title: string, details: () => readonly (string | null)[]) => void
  readonly sum: (currency: string, totalE4: Amount, paidE4: Amount) => void
  readonly rounded: () => void
  /** Lines of a document that comes in, and how many of them are of a known item. */
  readonly lines: (all: number, linked: number) => void
  readonly missingRate: (currency: string) => void
  readonly counts: () => ImportCounts
  readonly report: () => ImportDryRun
}

const byRow = (a: ImportProblem, b: ImportProblem) => a.row - b.row

const createProblems = () => {
  const refusing: ImportProblem[] = []
  const others: ImportProblem[] = []
  let count = 0
  return {
    add: (problem: ImportProblem) => {
      count += 1
      const list = problem.refuses ? refusing : others
      if (list.length < mostListed) list.push(problem)
    },
    // Those that keep rows out come first, where not all can be shown.
    list: () => [...refusing.sort(byRow), ...others.sort(byRow)].slice(0, mostListed),
    count: () => count,
  }
}

const createDuplicates = () => {
  const listed: Duplicate[] = []
  const counts = new Map<DuplicateGroup, number>()
  return {
    add: (duplicate: Duplicate) => {
      counts.set(duplicate.group, (counts.get(duplicate.group) ?? 0) + 1)
      if (listed.length < mostListed) listed.push(duplicate)
    },
    listed,
    counts: () =>
      duplicateGroups.flatMap((group) => {
        const count = counts.get(group)
        return count === undefined ? [] : [{ group, count }]
      }),
  }
}

/** Counts what an import does, and keeps the first of everything that a person wants to see. */
export const createTally = (): Tally => {
  const made: Made = { clients: 0, contacts: 0, items: 0, invoices: 0, creditNotes: 0, payments: 0 }
  const counts = { records: 0, create: 0, update: 0, skip: 0, refuse: 0 }
  const problems = createProblems()
  const duplicates = createDuplicates()
  const samples: ImportDryRun['sample'] = []
  const sums = new Map<string, Sum>()
  const missing = new Set<string>()
  let rounded = 0
  const lines = { all: 0, linked: 0 }
  return {
    made,
    chunk: (chunk) => {
      counts.records += chunk.records.length + chunk.refused + chunk.leftOut
      counts.refuse += chunk.refused
      counts.skip += chunk.leftOut
      for (const problem of chunk.problems) problems.add(problem)
    },
    problem: problems.add,
    decided: (action, row, name, match) => {
      counts[action] += 1
      if (match !== null) duplicates.add({ row, name, action, ...match })
    },
    refused: () => {
      counts.refuse += 1
    },
    sample: (row, title, details) => {
      if (samples.length >= mostSamples) return
      samples.push({ row, title, details: details().filter((text) => text !== null && text !== '') as string[] })
    },
    sum: (currency, totalE4, paidE4) => {
      const before = sums.get(currency) ?? { totalE4: zero, paidE4: zero }
      sums.set(currency, { totalE4: add(before.totalE4, totalE4), paidE4: add(before.paidE4, paidE4) })
    },
    rounded: () => {
      rounded += 1
    },
    lines: (all, linked) => {
      lines.all += all
      lines.linked += linked
    },
    missingRate: (currency) => missing.add(currency),
    counts: () => ({ ...counts }),
    report: () => ({
      counts: { ...counts },
      made: { ...made },
      problems: problems.list(),
      problemCount: problems.count(),
      duplicates: duplicates.listed,
      duplicateCounts: duplicates.counts(),
      sample: samples,
      totals: [...sums].map(([currency, sum]) => ({ currency, ...sum })),
      rounded,
      lines: { ...lines },
      missingRates: [...missing],
    }),
  }
}
