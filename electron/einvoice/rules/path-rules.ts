import type { XmlElement } from '../../importers/xml.ts'
import { placeOf } from './field-index.ts'
import type { Severity } from './finding.ts'
import type { RuleSet, Told } from './rule-set.ts'
import { nameOf } from './tree.ts'
import type { View } from './view.ts'
import { ciiPath, ublPath } from './view-paths.ts'

type Syntax = 'ubl' | 'cii'
type Entry = { readonly place: string; readonly id: string; readonly severity: Severity; readonly name: string }

/** The entries of a table (see ubl-tables.ts): `place: id name, id name` with lines that go on indented. */
function entriesOf(table: string, idOf: (short: string) => string): readonly Entry[] {
  const rows = table.trim().replace(/\n\s+/g, ' ').split('\n')
  return rows.flatMap((row) => {
    const [, place = '', rest = ''] = /^(\S*): (.*)$/.exec(row) ?? []
    return rest.split(', ').map((entry): Entry => {
      const [short = '', name = ''] = entry.split(' ')
      const severity = short.endsWith('!') ? 'fatal' : 'warning'
      return { place, id: idOf(short.replace('!', '')), severity, name }
    })
  })
}

type Step = {
  readonly next: Map<string, Step>
  readonly rules: string[]
  readonly attributes: Map<string, string[]>
}
const freshStep = (): Step => ({ next: new Map(), rules: [], attributes: new Map() })

/** Where a search starts: at the root, at all elements of a name, or at all whose name ends so. */
type Start = { readonly from: 'root' | 'name' | 'ending'; readonly name: string; readonly steps: readonly string[] }

function startOf(place: string, syntax: Syntax): Start {
  const isEnding = place.startsWith('*')
  const isAnywhere = place.startsWith('//')
  if (!isEnding && !isAnywhere) return { from: 'root', name: '', steps: stepsOf(place, syntax, true) }
  const [head = '', ...rest] = place.replace(/^(\*|\/\/)/, '').split('/')
  const steps = rest.length === 0 ? [] : stepsOf(rest.join('/'), syntax, true)
  if (isEnding) return { from: 'ending', name: head, steps }
  return { from: 'name', name: stepsOf(head, syntax, true)[0] ?? '', steps }
}

/** The steps of a path with their prefixes; a path to a place ends in an aggregate, one to a name in a value. */
function stepsOf(path: string, syntax: Syntax, isPlace: boolean): readonly string[] {
  if (path === '.' || path === '') return []
  if (syntax === 'ubl') return ublPath(isPlace && !path.endsWith('/') ? `${path}/` : path).split('/')
  return ciiPath(path)
    .split('/')
    .filter((step) => step !== 'ram:')
}

const isLine = (name: string): boolean => name === 'cac:InvoiceLine' || name === 'cac:CreditNoteLine'

/** The name of an element in the tables, where a line is a line in invoice and credit note alike. */
const tableName = (element: XmlElement): string => {
  const name = nameOf(element)
  return isLine(name) ? 'cac:Line' : name
}

function elementsAt(view: View, { from, name }: Start): readonly XmlElement[] {
  const { tree } = view
  if (from === 'root') return [tree.root]
  if (from === 'ending')
    return [...tree.names()].filter((each) => each.endsWith(name)).flatMap((each) => tree.named(each))
  return name === 'cac:Line' ? view.lines.all : tree.named(name)
}

type Hit = { readonly element: XmlElement; readonly attribute: string; count: number }

function search(step: Step, element: XmlElement, hit: (rule: string, at: XmlElement, attribute: string) => void): void {
  for (const [name, rules] of step.attributes) {
    if (element.attributes.has(name)) for (const rule of rules) hit(rule, element, name)
  }
  if (step.next.size === 0) return
  for (const child of element.children) {
    const next = step.next.get(tableName(child))
    if (next === undefined) continue
    for (const rule of next.rules) hit(rule, child, '')
    search(next, child, hit)
  }
}

function grow(root: Step, steps: readonly string[]): Step {
  let at = root
  for (const name of steps) {
    const next = at.next.get(name) ?? freshStep()
    at.next.set(name, next)
    at = next
  }
  return at
}

const leafOf = (name: string, syntax: Syntax): string =>
  name.includes(':') ? name : `${syntax === 'ubl' ? 'cbc' : 'ram'}:${name}`

/** Rules that an element or attribute must not be there: all of a table in one walk through the document. */
export function notUsedRules(table: string, syntax: Syntax, idOf: (short: string) => string): RuleSet {
  const told = new Map<string, Told>()
  const starts = new Map<string, { start: Start; step: Step }>()
  for (const { place, id, severity, name } of entriesOf(table, idOf)) {
    const start = startOf(place, syntax)
    const key = `${start.from} ${start.name}`
    const known = starts.get(key) ?? { start, step: freshStep() }
    starts.set(key, known)
    const parent = grow(known.step, start.steps)
    if (name.startsWith('@')) {
      const rules = parent.attributes.get(name.slice(1)) ?? []
      parent.attributes.set(name.slice(1), [...rules, id])
    } else grow(parent, [leafOf(name, syntax)]).rules.push(id)
    const thing = name.startsWith('@') ? 'The attribute {name}' : 'The element {name}'
    told.set(id, { severity, say: `${thing} of {parent} has no meaning in an EN 16931 invoice{times}. Leave it out.` })
  }
  return {
    told,
    run: (view, report) => {
      const hits = new Map<string, Hit>()
      for (const { start, step } of starts.values()) {
        for (const element of elementsAt(view, start)) {
          search(step, element, (rule, at, attribute) => {
            const known = hits.get(rule)
            if (known === undefined) hits.set(rule, { element: at, attribute, count: 1 })
            else known.count += 1
          })
        }
      }
      for (const [rule, { element, attribute, count }] of hits) {
        const isAttribute = attribute !== ''
        report(rule, placeOf(view, element, isAttribute ? `@${attribute}` : ''), {
          name: isAttribute ? attribute : element.name,
          parent: isAttribute ? element.name : (element.parent?.name ?? 'the document'),
          times: count === 1 ? '' : ` (it stands ${count} times)`,
        })
      }
    },
  }
}

/** Rules on how often an element stands in its place: at most once, or exactly once. */
export function countRules(
  table: string,
  syntax: Syntax,
  kind: 'at most' | 'exactly',
  idOf: (short: string) => string,
): RuleSet {
  const entries = entriesOf(table, idOf).map((entry) => ({
    ...entry,
    start: startOf(entry.place, syntax),
    path: stepsOf(entry.name, syntax, false).join('/'),
  }))
  const say =
    kind === 'exactly'
      ? 'There must be exactly one {name} in {parent}, but there {count}. Keep one.'
      : 'There must be at most one {name} in {parent}, but there {count}. Keep one.'
  return {
    told: new Map(entries.map(({ id, severity }) => [id, { severity, say }])),
    run: (view, report) => {
      for (const { id, start, path, name } of entries) {
        const { steps } = start
        for (const from of elementsAt(view, start)) {
          for (const parent of steps.length === 0 ? [from] : view.tree.all(from, steps.join('/'))) {
            const found = view.tree.all(parent, path)
            const [, second] = found
            if (second === undefined && (kind === 'at most' || found.length === 1)) continue
            report(id, second === undefined ? placeOf(view, parent, path) : placeOf(view, second), {
              name: name.replace(/\/$/, ''),
              parent: parent.name,
              count: found.length === 0 ? 'is none' : `are ${found.length}`,
            })
          }
        }
      }
    },
  }
}
