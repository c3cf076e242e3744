import type { Severity } from './finding.ts'
import type { Rule, Values } from './rule.ts'
import type { Slot, View } from './view.ts'

export type Told = { readonly severity: Severity; readonly say: string }
export type Report = (rule: string, at: Slot, values?: Values, severity?: Severity) => void

/** Rules that are checked together: what each is called and says, and the check that reports the broken ones. */
export type RuleSet = {
  readonly told: ReadonlyMap<string, Told>
  readonly run: (view: View, report: Report) => void
}

/** The set of rules that each have a check of their own. */
export const ruleSet = (rules: readonly Rule[]): RuleSet => ({
  told: new Map(rules.map(({ id, severity, say }) => [id, { severity, say }])),
  run: (view, report) => {
    for (const { id, check } of rules) {
      check(view, (at, values, severity) => report(id, at, values, severity))
    }
  },
})

/** Several sets as one; a rule that two of them have is checked by both. */
export const joined = (sets: readonly RuleSet[]): RuleSet => ({
  told: new Map(sets.flatMap(({ told }) => [...told])),
  run: (view, report) => {
    for (const set of sets) set.run(view, report)
  },
})

/** The rules of a set that are named, the others left out. */
export const chosen = (set: RuleSet, ids: ReadonlySet<string>): RuleSet => ({
  told: new Map([...set.told].filter(([id]) => ids.has(id))),
  run: (view, report) =>
    set.run(view, (id, at, values, severity) => {
      if (ids.has(id)) report(id, at, values, severity)
    }),
})
