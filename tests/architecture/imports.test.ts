import { describe, expect, test } from 'vitest'
import { cyclesOf, imports, projectFiles, readText, sources } from './sources.ts'

const packageJson: unknown = JSON.parse(readText('package.json'))
const namesUnder = (key: string) => Object.keys(Object(Reflect.get(Object(packageJson), key)))
const dependencies = new Set(namesUnder('dependencies'))

const isFile = (to: string) => projectFiles.includes(to)
const said = ({ from, line, to }: (typeof imports)[number]) => `${from}:${line} imports ${to}`

/** Imports from a folder that are not among those allowed. */
const outside = (from: RegExp, allowed: RegExp) =>
  imports.filter((it) => from.test(it.from) && !allowed.test(it.to)).map(said)

// The same rules as .dependency-cruiser.cjs, read another way: a tool that sees nothing finds nothing.
describe('who may import whom', () => {
  test('the scanner sees what there is', () => {
    expect(imports.length).toBeGreaterThan(sources.length)
    for (const folder of ['shared', 'db', 'electron', 'renderer', 'tests', 'scripts']) {
      expect(sources.filter(({ path }) => path.startsWith(`${folder}/`)).length).toBeGreaterThan(5)
    }
    // Known edges of each kind: of types, of values, dynamic, of packages.
    const known = (from: string, to: string) => imports.some((it) => it.from === from && it.to === to)
    expect(known('db/open.ts', 'db/migrate.ts')).toBe(true)
    expect(known('db/tables/index.ts', 'db/tables/items.ts')).toBe(true)
    expect(known('electron/reading/pool.ts', 'tinypool')).toBe(true)
    expect(known('db/open.ts', 'better-sqlite3')).toBe(true)
  })

  test('shared knows zod and nothing else of the outside world', () => {
    // Civil dates come from a polyfill of what the language itself will have.
    expect(outside(/^shared\//, /^(shared\/|zod$|temporal-polyfill$)/)).toEqual([])
  })

  test('db knows shared, its driver and its query builder', () => {
    expect(outside(/^db\//, /^(db\/|shared\/|kysely$|better-sqlite3$|zod$|node:)/)).toEqual([])
  })

  test('a migration imports nothing of ours but its type', () => {
    expect(outside(/^db\/migrations\/\d/, /^db\/migrations\/migration\.ts$/)).toEqual([])
  })

  test('electron knows shared, db, tables of resources and packages', () => {
    expect(
      outside(
        /^electron\//,
        /^(electron\/|shared\/|db\/|resources\/.+\.json$|package\.json$|node:|[^/]*$|@[^/]+\/[^/]+$)/,
      ),
    ).toEqual([])
  })

  test("'electron' itself is imported in the shell only", () => {
    const elsewhere = imports.filter(
      ({ from, to }) =>
        to === 'electron' && !/^(electron\/(main\.ts|preload\.ts|shell\/)|tests\/|scripts\/)/.test(from),
    )
    expect(elsewhere.map(said)).toEqual([])
    expect(imports.some(({ to }) => to === 'electron')).toBe(true)
  })

  test('the renderer knows shared, and no Node', () => {
    expect(outside(/^renderer\//, /^(renderer\/|shared\/|[^/:]*$|@[^/]+\/[^/:]+$)/)).toEqual([])
  })

  test('a feature of the renderer never imports another: they meet in app or ui', () => {
    const featureOf = (path: string) => /^renderer\/features\/([^/]+)\//.exec(path)?.[1]
    const across = imports.filter(({ from, to }) => {
      const [own, other] = [featureOf(from), featureOf(to)]
      return own !== undefined && other !== undefined && own !== other
    })
    expect(across.map(said)).toEqual([])
  })

  test('the paper of documents knows no feature, and the app does not load it', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        (from.startsWith('renderer/documents/') && to.startsWith('renderer/features/')) ||
        (/^renderer\/(app|ui)\//.test(from) && to.startsWith('renderer/documents/')),
    )
    expect(wrong.map(said)).toEqual([])
    expect(imports.some(({ to }) => to.startsWith('renderer/documents/'))).toBe(true)
  })

  test('what all documents share knows no kind of them', () => {
    const kinds = /^electron\/features\/(invoices|quotes|credit-notes)(\/|\.ts$)/
    const wrong = imports.filter(({ from, to }) => from.startsWith('electron/documents/') && kinds.test(to))
    expect(wrong.map(said)).toEqual([])
    expect(imports.some(({ from, to }) => kinds.test(from) && to.startsWith('electron/documents/'))).toBe(true)
  })

  test('ui knows no business', () => {
    expect(outside(/^renderer\/ui\//, /^(renderer\/ui\/|shared\/|[^/:]*$|@[^/]+\/[^/:]+$)/)).toEqual([])
  })

  test('nothing that ships imports tests or scripts', () => {
    const back = imports.filter(
      ({ from, to }) => /^(shared|db|electron|renderer)\//.test(from) && /^(tests|scripts)\//.test(to),
    )
    expect(back.map(said)).toEqual([])
  })

  test('what runs outside the bundle needs only what is shipped', () => {
    // electron is the host itself; react comes with @react-pdf/renderer, whose peer it is.
    const provided = new Set(['electron', 'react'])
    const missing = imports.filter(
      ({ from, to, typeOnly }) =>
        /^(shared|db|electron)\//.test(from) &&
        !typeOnly &&
        !to.startsWith('node:') &&
        to !== 'package.json' &&
        !/\//.test(to.replace(/^@[^/]+\//, '')) &&
        !dependencies.has(to) &&
        !provided.has(to),
    )
    expect(missing.map(said)).toEqual([])
  })

  test('the start reads no feature: each is read at its first call', () => {
    const next = new Map<string, string[]>()
    for (const { from, to, typeOnly, dynamic } of imports) {
      if (!typeOnly && !dynamic) next.set(from, [...(next.get(from) ?? []), to])
    }
    const reached = new Set<string>()
    const visit = (file: string) => {
      if (reached.has(file)) return
      reached.add(file)
      for (const to of next.get(file) ?? []) visit(to)
    }
    visit('electron/start-core.ts')
    const from = (index: string) => imports.filter((it) => it.from === index && it.dynamic).map(({ to }) => to)
    const [handlers, slices] = [from('electron/features/index.ts'), from('shared/contract/slices.ts')]
    expect(handlers.length).toBeGreaterThan(50)
    expect(slices.length).toBeGreaterThan(50)
    expect(handlers.filter((file) => reached.has(file))).toEqual([])
    // What is kept of people, backups and pictures of the past is described by the contract, and read at once.
    const read = ['access', 'backups', 'point-in-time', 'recovery', 'security', 'users']
    expect([...new Set(slices)].filter((file) => reached.has(file)).sort()).toEqual(
      read.map((name) => `shared/contract/${name}.ts`),
    )
    const packages = [...reached].filter((to) => !isFile(to) && !to.startsWith('node:'))
    expect(packages.sort()).toEqual(['@orpc/server', 'better-sqlite3', 'kysely', 'otpauth', 'pino', 'uuid', 'zod'])
  })

  test('every import of a file leads to one', () => {
    const lost = imports.filter(
      ({ to }) => /^(shared|db|electron|renderer|tests|scripts|resources)\//.test(to) && !isFile(to),
    )
    expect(lost.map(said)).toEqual([])
  })

  test('there are no cycles, not even of types', () => {
    expect(cyclesOf(imports).map((cycle) => cycle.join(' -> '))).toEqual([])
    expect(
      cyclesOf([
        { from: 'a', to: 'b' },
        { from: 'b', to: 'c' },
        { from: 'c', to: 'a' },
      ]),
    ).toEqual([['a', 'b', 'c']])
  })
})
