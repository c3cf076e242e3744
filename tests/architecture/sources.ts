import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export type Source = {
  /** From the project's root, with slashes. */
  readonly path: string
  readonly text: string
  /** The text with comments and the insides of strings blanked out, line by line the same. */
  readonly code: string
}

const blank = (text: string) => text.replace(/[^\n]/g, ' ')
const blankBetween = (text: string) =>
  text.startsWith('/') ? blank(text) : `${text.charAt(0)}${blank(text.slice(1, -1))}${text.charAt(0)}`

// Strings are matched before comments, so that `'http://'` begins no comment. Templates keep their `${…}` blanked too:
// what is looked for below is never written inside one.
const withoutText = (text: string) =>
  text.replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, blankBetween)

/** Every file of the project: what git knows and what it will know, without what is ignored. */
export const projectFiles: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 },
)
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)))

/** The TypeScript of the project. */
export const sources: readonly Source[] = projectFiles
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    return { path, text, code: withoutText(text) }
  })

export const readText = (path: string): string => readFileSync(join(root, path), 'utf8')

export type Import = {
  readonly from: string
  /** A file of the project, a package's name, or `node:…`. */
  readonly to: string
  readonly line: number
  readonly typeOnly: boolean
  /** Read when it is come to, not with the file that names it. */
  readonly dynamic: boolean
}

const builtins = new Set(builtinModules)
const statement =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'"]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g

const targetOf = (path: string, specifier: string): string => {
  if (specifier.startsWith('.')) return normalize(join(dirname(path), specifier)).replaceAll('\\', '/')
  if (specifier.startsWith('node:') || builtins.has(specifier))
    return specifier.startsWith('node:') ? specifier : `node:${specifier}`
  const [scope = '', name = ''] = specifier.split('/')
  return scope.startsWith('@') ? `${scope}/${name}` : scope
}

const importsOf = ({ path, text }: Source): Import[] => {
  const uncommented = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g, blank)
  return [...uncommented.matchAll(statement)].map((match) => ({
    from: path,
    to: targetOf(path, match[2] ?? match[3] ?? match[4] ?? ''),
    line: text.slice(0, match.index).split('\n').length,
    typeOnly: match[1] !== undefined,
    dynamic: match[4] !== undefined,
  }))
}

/** Every import of the project, static, dynamic and of types. */
export const imports: readonly Import[] = sources.flatMap(importsOf)

/** The ways round: each as the files on it, in order. */
export const cyclesOf = (edges: readonly Pick<Import, 'from' | 'to'>[]): string[][] => {
  const next = new Map<string, Set<string>>()
  for (const { from, to } of edges) next.set(from, (next.get(from) ?? new Set()).add(to))
  const finished = new Set<string>()
  const cycles: string[][] = []
  const visit = (file: string, way: readonly string[]) => {
    const at = way.indexOf(file)
    if (at >= 0) return void cycles.push(way.slice(at))
    if (finished.has(file)) return
    for (const to of next.get(file) ?? []) visit(to, [...way, file])
    finished.add(file)
  }
  for (const file of next.keys()) visit(file, [])
  return cycles
}
