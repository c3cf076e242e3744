import { dirname, join } from 'node:path/posix'
import { parseSync } from 'vite'
import { procedures } from '../../shared/contract/index.ts'
import { sources } from './sources.ts'

type Node = { readonly type: string; readonly [key: string]: unknown }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

const childrenOf = (node: Node): Node[] =>
  Object.values(node)
    .flatMap((value) => [value].flat())
    .filter(isNode)

const textOf = (value: unknown): string | null =>
  isNode(value) && value.type === 'Literal' && typeof value['value'] === 'string' ? value['value'] : null
const nameOf = (value: unknown): string =>
  isNode(value) && (value.type === 'Identifier' || value.type === 'JSXIdentifier') ? String(value['name']) : ''

// What a role can lack, and what a button ends in. Reads say for themselves that they are refused.
const needOf = (procedure: string): string | null => {
  const known = procedures.get(procedure)
  if (known === undefined || known.permission === 'anyone' || known.permission === 'workspace') return null
  return known.kind === 'command' || known.permission === 'exports.run' ? known.permission : null
}

type Part = {
  readonly needs: Map<string, string>
  readonly guards: Set<string>
  /** Names of other parts that it is made of; `./file.tsx#Name` for what is loaded when it is needed. */
  readonly uses: Set<string>
}

const emptyPart = (): Part => ({ needs: new Map(), guards: new Set(), uses: new Set() })

// `api.invoices.void`
const apiCall = (node: Node): string | null => {
  if (node.type !== 'MemberExpression') return null
  const feature = node['object']
  if (!isNode(feature) || feature.type !== 'MemberExpression' || nameOf(feature['object']) !== 'api') return null
  return `${nameOf(feature['property'])}.${nameOf(node['property'])}`
}

// `useCommand('invoices', 'void')`, `call('invoices', 'void', …)`
const namedCall = (node: Node): string | null => {
  if (node.type !== 'CallExpression' || !['useCommand', 'call'].includes(nameOf(node['callee']))) return null
  const [feature, procedure] = [node['arguments']].flat().map(textOf)
  return feature && procedure ? `${feature}.${procedure}` : null
}

const permissionNamed = (text: string): string | null =>
  procedures.get(text)?.permission ?? (/^[a-zA-Z]+\.(read|write|issue|run|send|manage)$/.test(text) ? text : null)

const literalsIn = (node: unknown): string[] => {
  if (!isNode(node)) return []
  const own = textOf(node)
  return own === null ? childrenOf(node).flatMap(literalsIn) : [own]
}

// `may(…)`, `useMayCall()(…)`
const asks = (callee: unknown): boolean =>
  isNode(callee) &&
  (/^may([A-Z]\w*)?$/.test(nameOf(callee)) ||
    (callee.type === 'CallExpression' && /^useMay(Call)?$/.test(nameOf(callee['callee']))))

// `may('…')`, `mayCall('…')`, `<May do="…">`, `calls="…"`, `{ calls: '…' }`, `needs: '…'`: all say for whom it is.
const guardsOf = (node: Node): string[] => {
  if (node.type === 'CallExpression' && asks(node['callee'])) {
    return [node['arguments']].flat().flatMap(literalsIn)
  }
  if (node.type === 'JSXAttribute' && ['do', 'call', 'calls'].includes(nameOf(node['name']))) {
    return literalsIn(node['value'])
  }
  if (node.type === 'Property' && ['calls', 'needs', 'changes'].includes(nameOf(node['key']))) {
    return literalsIn(node['value'])
  }
  return []
}

// `(await import('./dialog.tsx')).Dialog`
const loadedLater = (node: Node): string | null => {
  if (node.type !== 'MemberExpression') return null
  const inner = node['object']
  const awaited = isNode(inner) && inner.type === 'ParenthesizedExpression' ? inner['expression'] : inner
  if (!isNode(awaited) || awaited.type !== 'AwaitExpression' || !isNode(awaited['argument'])) return null
  const argument = awaited['argument']
  if (argument.type !== 'ImportExpression') return null
  return `${textOf(argument['source']) ?? ''}#${nameOf(node['property'])}`
}

const collect = (node: Node, into: Part): Part => {
  const later = loadedLater(node)
  if (later !== null) into.uses.add(later)
  const called = apiCall(node) ?? namedCall(node)
  const need = called === null ? null : needOf(called)
  if (called !== null && need !== null && !into.needs.has(need)) into.needs.set(need, called)
  for (const text of guardsOf(node)) {
    const permission = permissionNamed(text)
    if (permission !== null) into.guards.add(permission)
  }
  const name = nameOf(node)
  if (name !== '') into.uses.add(name)
  for (const child of childrenOf(node)) collect(child, into)
  return into
}

type File = { readonly path: string; readonly parts: Map<string, Part>; readonly links: Map<string, string> }

const declarationsOf = (statement: Node): Node[] => {
  const inner = statement.type === 'ExportNamedDeclaration' ? statement['declaration'] : statement
  return isNode(inner) && inner.type === 'VariableDeclaration' ? [inner['declarations']].flat().filter(isNode) : []
}

const readFile = (path: string, text: string): File => {
  const parts = new Map<string, Part>()
  const links = new Map<string, string>()
  const { program } = parseSync(path, text)
  const statements: readonly unknown[] = program.body
  for (const statement of statements.filter(isNode)) {
    if (statement.type === 'ImportDeclaration') {
      const source = textOf(statement['source']) ?? ''
      if (!source.startsWith('.')) continue
      const to = join(dirname(path), source)
      for (const it of [statement['specifiers']].flat().filter(isNode)) {
        links.set(nameOf(it['local']), `${to}#${nameOf(it['imported'])}`)
      }
    }
    for (const declared of declarationsOf(statement)) {
      const name = nameOf(declared['id'])
      if (name !== '') parts.set(name, collect(declared, emptyPart()))
    }
  }
  return { path, parts, links }
}

const files = new Map(
  sources
    .filter(({ path }) => /^renderer\/(app|documents|features)\//.test(path))
    .map(({ path, text }) => [path, readFile(path, text)]),
)

const targetOf = ({ path, parts, links }: File, used: string): readonly string[] => {
  if (parts.has(used)) return [path, used]
  const [later, name] = used.split('#')
  return name === undefined ? (links.get(used)?.split('#') ?? []) : [join(dirname(path), later ?? ''), name]
}

// Tables of procedures: whoever takes one from them asks, by `documentCalls`.
const tables = /^(invoice|quote|creditNote)Kind$/

const memo = new Map<string, ReadonlyMap<string, string>>()

/** What a part of the window can end in that nothing on the way asks a right for: the right, and how it is reached. */
export const unguarded = (path: string, name: string): ReadonlyMap<string, string> => {
  const key = `${path}#${name}`
  const known = memo.get(key)
  if (known !== undefined) return known
  // Two that use each other add nothing to each other.
  memo.set(key, new Map())
  const file = files.get(path)
  const part = file?.parts.get(name)
  if (file === undefined || part === undefined) return new Map()
  const open = new Map([...part.needs].map(([need, called]) => [need, `${name} calls ${called}`]))
  for (const used of part.uses) {
    if (used === name || tables.test(used)) continue
    const [to, exported] = targetOf(file, used)
    if (to === undefined || exported === undefined) continue
    for (const [need, way] of unguarded(to, exported)) if (!open.has(need)) open.set(need, `${name} > ${way}`)
  }
  for (const guard of part.guards) open.delete(guard)
  // A dialog stands beside the button that opens it, often in a part of its own in the same file.
  for (const used of part.uses) for (const guard of file.parts.get(used)?.guards ?? []) open.delete(guard)
  memo.set(key, open)
  return open
}

type Place = { readonly path: string; readonly name: string; readonly guards: readonly string[] }

const loading = /import\(\s*'([^']+)'\s*\)(?:,\s*'(\w+)'|\)\.(\w+))/

/** Every page, every report and every section of the settings, with the rights that its place asks for by itself. */
export const places = (): Place[] =>
  ['renderer/app/routes.tsx', 'renderer/app/report-sections.ts', 'renderer/app/settings-sections.ts'].flatMap((by) => {
    const text = sources.find(({ path }) => path === by)?.text ?? ''
    // One entry of a list, or one route: the rights stand before what is loaded.
    return text.split(/\n\n|\n {2}\},\n/).flatMap((entry) => {
      const [, to, page, section] = loading.exec(entry) ?? []
      if (to === undefined) return []
      const named = [...entry.matchAll(/\b(?:needs|changes|reads|calls): (\[[^\]]*\]|'[^']+')/g)].flatMap(([, text]) =>
        [...(text ?? '').matchAll(/'([^']+)'/g)].map(([, name]) => name ?? ''),
      )
      const guards = named.flatMap((text) => permissionNamed(text) ?? [])
      return [{ path: join(dirname(by), to), name: page ?? section ?? '', guards }]
    })
  })
