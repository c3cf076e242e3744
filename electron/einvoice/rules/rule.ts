import type { Severity } from './finding.ts'
import { hasValue, isPresent, type Slot, type View } from './view.ts'

/** What a sentence of a rule says in braces: `{value}`. */
export type Values = Readonly<Record<string, string>>
export type Fail = (at: Slot, values?: Values, severity?: Severity) => void

export type Rule = {
  readonly id: string
  readonly severity: Severity
  /** What is wrong and what to do, in plain words; findings on a line get "Line n: " before it. */
  readonly say: string
  readonly check: (view: View, fail: Fail) => void
}

/** A rule that breaks an invoice. */
export const fatal = (id: string, say: string, check: Rule['check']): Rule => ({ id, severity: 'fatal', say, check })

/** A rule that a receiver should not reject an invoice for. */
export const warning = (id: string, say: string, check: Rule['check']): Rule => ({
  id,
  severity: 'warning',
  say,
  check,
})

type Pick = (view: View) => readonly Slot[]

/** A rule that these terms have a value. */
export const needsValue = (id: string, say: string, pick: Pick): Rule =>
  fatal(id, say, (view, fail) => {
    for (const slot of pick(view)) if (!hasValue(slot)) fail(slot)
  })

/** A rule that these groups are there. */
export const needsGroup = (id: string, say: string, pick: Pick): Rule =>
  fatal(id, say, (view, fail) => {
    for (const slot of pick(view)) if (!isPresent(slot)) fail(slot)
  })

/** A rule for each of the things that `list` finds. */
export const forEach = <Part>(
  list: (view: View) => readonly Part[],
  check: (part: Part, fail: Fail, view: View) => void,
): Rule['check'] => {
  return (view, fail) => {
    for (const part of list(view)) check(part, fail, view)
  }
}

/** A rule that the standard has and no program can judge: it is listed, and never found broken. */
export const cannotBeChecked = (id: string, say: string): Rule => fatal(id, say, () => undefined)

/** The sentence with its values put in. */
export const fill = (say: string, values: Values): string =>
  say.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
