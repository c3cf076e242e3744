import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gateFeatures } from '../../shared/contract/access.ts'
import { contract } from '../../shared/contract/index.ts'
import { imports, projectFiles, readText, root, type Source, sources } from './sources.ts'

const shipped = sources.filter(({ path }) => /^(shared|db|electron|renderer)\//.test(path))
const lineOf = (text: string, index: number) => text.slice(0, index).split('\n').length

/** Each place where a pattern occurs, as `path:line what`. */
const places = (among: readonly Source[], pattern: RegExp, where: 'code' | 'text' = 'code'): string[] =>
  among.flatMap((source) =>
    [...source[where].matchAll(pattern)].map(
      (match) => `${source.path}:${lineOf(source[where], match.index)} ${match[0].trim().slice(0, 60)}`,
    ),
  )

describe('files', () => {
  test('are of a size that is read at one sitting: 400 lines, tests 600', () => {
    const long = sources
      .map(({ path, text }) => ({
        path,
        lines: text.split('\n').length - 1,
        most: path.startsWith('tests/') ? 600 : 400,
      }))
      .filter(({ lines, most }) => lines > most)
    expect(long).toEqual([])
  })

  test('are named in kebab-case, by what is in them', () => {
    const named = projectFiles.filter((path) => /^(shared|db|electron|renderer|tests|scripts|resources)\//.test(path))
    const odd = named.filter(
      (path) => !path.split('/').every((part) => /^\.?[a-z0-9]+([-.@][a-z0-9]+)*$/.test(part) || part === 'README.md'),
    )
    expect(odd).toEqual([])
    // An account manager is a person, and a noun of the business.
    const banned = /(^|[-/])(utils?|helpers?|misc|common|(?<!account-)managers?)([-./]|$)/
    expect(named.filter((path) => banned.test(path.replace(/\.\w+$/, '')))).toEqual([])
  })

  test('export by name', () => {
    expect(
      places([...shipped, ...sources.filter(({ path }) => path.startsWith('tests/'))], /\bexport default\b/g),
    ).toEqual([])
  })
})

describe('types', () => {
  test('are never given up: no any, no non-null assertion', () => {
    // The second is for a signature that Kysely declares; biome demands its reason beside it.
    const allowed = new Set(['db/driver.ts'])
    const rest = sources.filter(({ path }) => !allowed.has(path))
    expect(places(rest, /(:|\bas|<|,|\|)\s*any\b(?!\s*[=:(])/g)).toEqual([])
    expect(places(sources, /[\w\])]!(?=[.[;,)\s])(?!=)/g)).toEqual([])
  })

  test('are never overruled for a line', () => {
    const own = sources.filter(({ path }) => path !== 'tests/architecture/architecture.test.ts')
    expect(places(own, /@ts-(ignore|expect-error|nocheck)|eslint-disable|oxlint-disable/g, 'text')).toEqual([])
  })

  test('are overruled by a double cast only with the reason beside it', () => {
    const silent = shipped.flatMap(({ path, text, code }) => {
      const lines = text.split('\n')
      return [...code.matchAll(/\bas unknown as\b/g)].flatMap((match) => {
        const at = lineOf(code, match.index)
        // Beside it: on the line, or above it within the block that it ends.
        const around = lines.slice(Math.max(0, at - 20), at).join('\n')
        return /\/\/|\*\//.test(around) ? [] : [`${path}:${at}`]
      })
    })
    expect(silent).toEqual([])
  })

  test('a suppressed rule says why', () => {
    const told = /biome-ignore(-all|-start)? [\w/]+: \S.{9,}/
    const mute = sources.flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) =>
          /biome-ignore (?!-)/.test(line) && !told.test(line) && !path.includes('architecture')
            ? [`${path}:${index + 1}`]
            : [],
        ),
    )
    expect(mute).toEqual([])
  })
})

describe('the world outside', () => {
  test('time and chance come in by the one clock and the one source of ids', () => {
    const named = new Set(['electron/rpc/time-and-ids.ts', 'renderer/ids.ts', 'renderer/clock.ts'])
    const rest = shipped.filter(({ path }) => !named.has(path))
    expect(places(rest, /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\brandomUUID\b|\bTemporal\.Now\b/g)).toEqual(
      [],
    )
  })

  test('the console is the logger and the command line', () => {
    const named = new Set(['electron/log.ts', 'electron/cli.ts'])
    expect(
      places(
        shipped.filter(({ path }) => !named.has(path)),
        /\bconsole\.\w+/g,
      ),
    ).toEqual([])
  })

  test('windows are made in one place', () => {
    const elsewhere = shipped.filter(({ path }) => path !== 'electron/shell/create-window.ts')
    expect(places(elsewhere, /\bnew (BrowserWindow|WebContentsView|BaseWindow)\b/g)).toEqual([])
    expect(places(shipped, /\bnew BrowserWindow\b/g)).toHaveLength(1)
  })

  test('raw HTML and code from text are nowhere', () => {
    expect(places(shipped, /\bdangerouslySetInnerHTML\b|\.innerHTML\s*=|\beval\(|\bnew Function\(/g)).toEqual([])
  })

  test('a database is opened in db only', () => {
    const opening = imports.filter(
      ({ from, to, typeOnly }) => to === 'better-sqlite3' && !typeOnly && !/^(db|tests|scripts)\//.test(from),
    )
    expect(opening).toEqual([])
  })

  test('nothing newer than the older Electron: Node 20, Chromium 130', () => {
    const newer =
      /\bPromise\.(withResolvers|try)\b|\bArray\.fromAsync\b|\bimport\.meta\.(dirname|filename)\b|\bRegExp\.escape\b|\bIterator\.from\b|\bError\.isError\b|\.(isDisjointFrom|symmetricDifference)\(/g
    expect(places(shipped, newer)).toEqual([])
    expect(imports.filter(({ from, to }) => to === 'node:sqlite' && /^(db|electron|shared)\//.test(from))).toEqual([])
  })
})

describe('registries are complete', () => {
  const names = (folder: string, pattern: RegExp) =>
    readdirSync(join(root, folder))
      .filter((name) => pattern.test(name))
      .sort()
  const imported = (index: string) =>
    imports
      .filter(({ from }) => from === index)
      .map(({ to }) => basename(to))
      .sort()

  test('every migration is registered', () => {
    expect(imported('db/migrations/index.ts').filter((name) => /^\d/.test(name))).toEqual(
      names('db/migrations', /^\d{4}-.*\.ts$/),
    )
  })

  test('every table is in the database', () => {
    const own = names('db/tables', /\.ts$/).filter((name) => !['index.ts', 'row.ts', 'document-head.ts'].includes(name))
    expect(imported('db/tables/index.ts')).toEqual(own)
  })

  test('every slice of the contract is in the contract', () => {
    // What slices are made of, and what travels with them.
    const parts = [
      'index.ts',
      'slices.ts',
      'fields.ts',
      'procedure.ts',
      'wire.ts',
      'documents.ts',
      'einvoice-fields.ts',
      'list-filter.ts',
      // Of the folder above: who may call what is told by both.
      'permissions.ts',
    ]
    const own = names('shared/contract', /\.ts$/).filter((name) => !parts.includes(name))
    expect(
      imported('shared/contract/index.ts').filter((name) => name.endsWith('.ts') && !parts.includes(name)),
    ).toEqual(own)
  })

  test('every file that implements procedures is among the handlers', () => {
    const implementing = sources.filter(
      ({ path, text }) => /^electron\/features\/[^/]+\.ts$/.test(path) && /: Handlers<'/.test(text),
    )
    const index = imported('electron/features/index.ts')
    for (const { path } of implementing) expect(index).toContain(basename(path))
    const implemented = implementing.flatMap(({ text }) =>
      [...text.matchAll(/: Handlers<'(\w+)'>/g)].map((match) => match[1]),
    )
    const answered = [...implemented, ...gateFeatures]
    expect(answered.sort()).toEqual(Object.keys(contract).sort())
  })

  test('every feature of the renderer has its place in the app', () => {
    const features = new Set(sources.flatMap(({ path }) => /^renderer\/features\/([^/]+)\//.exec(path)?.[1] ?? []))
    const reached = imports.flatMap(({ from, to }) =>
      from.startsWith('renderer/app/') ? (/^renderer\/features\/([^/]+)\//.exec(to)?.[1] ?? []) : [],
    )
    expect([...features].filter((feature) => !reached.includes(feature))).toEqual([])
  })

  test('every project of TypeScript is checked', () => {
    const check = readText('scripts/check.ts')
    const projects = projectFiles.filter((path) => path.endsWith('/tsconfig.json')).map(dirname)
    expect(projects.filter((project) => !check.includes(`'${project}'`))).toEqual([])
  })
})

describe('what is written about it', () => {
  const folders = ['shared', 'db', 'electron', 'renderer', 'resources', 'tests', 'docs', 'scripts']
  const pages = projectFiles.filter((path) => path.endsWith('.md') && !path.startsWith('docs/schema'))

  test.each(folders)('%s says in at most 30 lines what it is for', (folder) => {
    const lines = readText(`${folder}/README.md`).trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(30)
    expect(lines.length).toBeGreaterThan(5)
    expect(lines[0]).toMatch(new RegExp(`^# .*${folder}`))
  })

  test('decisions are short and dated', () => {
    const decisions = projectFiles.filter((path) => /^docs\/decisions\/.+\.md$/.test(path))
    expect(decisions.length).toBeGreaterThan(5)
    for (const path of decisions) {
      const text = readText(path)
      expect(`${path} ${text.trimEnd().split('\n').length <= 30}`).toBe(`${path} true`)
      expect(`${path} ${/\b20\d\d-\d\d-\d\d\b/.test(text)}`).toBe(`${path} true`)
    }
  })

  test.each(pages)('%s names paths that exist', (page) => {
    const text = readText(page)
    const linked = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)\s#]+)/g)].map((match) => match[1] ?? '')
    const quoted = [
      ...text.matchAll(/`((?:\.\/)?(?:shared|db|electron|renderer|resources|tests|docs|scripts)\/[\w./-]*)`/g),
    ].map((match) => match[1] ?? '')
    const lost = [...linked, ...quoted].filter(
      (path) => ![join(dirname(page), path), path].some((place) => existsSync(join(root, normalize(place)))),
    )
    expect(lost).toEqual([])
  })
})
