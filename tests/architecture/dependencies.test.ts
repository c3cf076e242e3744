import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Bill, licenceText, shippedBill } from '../../scripts/bill-of-materials.ts'
import { packageFolderOf } from '../../scripts/bundled-packages.ts'
import { imports, readText } from './sources.ts'

const names = z.record(z.string(), z.string())
const { dependencies, devDependencies } = z
  .object({ dependencies: names, devDependencies: names })
  .parse(JSON.parse(readText('package.json')))

const page = readText('docs/dependencies.md')
const rows = [...page.matchAll(/^\| `([^`]+)` *\| ([^|]+) \| (.+?) *\|$/gm)].map(
  ([, name = '', where = '', why = '']) => ({ name, where: where.trim(), why }),
)

// Development packages whose code ends up in the product: the bundler takes in whatever the sources import.
const shippedDev = [
  ...new Set(
    imports
      .filter(
        ({ from, to, typeOnly }) => /^(shared|db|electron|renderer)\//.test(from) && !typeOnly && to in devDependencies,
      )
      .map(({ to }) => to),
  ),
].sort()

describe('what ships', () => {
  test('is at most sixty packages of our own choice', () => {
    expect(Object.keys(dependencies).length).toBeLessThanOrEqual(60)
    expect(rows.length).toBeLessThanOrEqual(60)
  })

  test('stands on the page of dependencies, each once, and nothing else does', () => {
    const wanted = [...new Set([...Object.keys(dependencies), ...shippedDev])].sort()
    expect(rows.map(({ name }) => name).sort()).toEqual(wanted)
  })

  test('has a reason in a sentence', () => {
    for (const { name, where, why } of rows) {
      expect(`${name} ${/^[A-Z].{19,}\.$/.test(why)}`).toBe(`${name} true`)
      expect(['core', 'page', 'core, page', 'native', 'files', 'host']).toContain(where)
    }
  })

  test('is pinned to one version each, with the hash of each that ships', () => {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect(`${name} ${version}`).toMatch(/ (npm:[\w./@-]+@)?\d+\.\d+\.\d+$/)
    const lock = z.object({
      packages: z.record(
        z.string(),
        z.looseObject({
          integrity: z.string().optional(),
          dev: z.boolean().optional(),
          optional: z.boolean().optional(),
        }),
      ),
    })
    const { packages } = lock.parse(JSON.parse(readText('package-lock.json')))
    // Those of other platforms are optional: npm writes their hashes down where it fetches them.
    const loose = Object.entries(packages).filter(
      ([path, it]) => path !== '' && !it.dev && !it.optional && !it.integrity?.startsWith('sha512-'),
    )
    expect(Object.keys(packages).length).toBeGreaterThan(100)
    expect(loose.map(([path]) => path)).toEqual([])
  })
})

describe('the bill of materials', () => {
  const component = (name: string, development: boolean) => ({
    'bom-ref': `${name}@1`,
    name,
    version: '1',
    properties: [
      { name: 'cdx:npm:package:path', value: `node_modules/${name}` },
      ...(development ? [{ name: 'cdx:npm:package:development', value: 'true' }] : []),
    ],
  })
  const shipping = ['zod', 'react', 'electron', 'tinypool', 'better-sqlite3', '@node-rs/argon2']
  const versionOf = (name: string): string =>
    z
      .object({ name: z.string(), version: z.string() })
      .transform((it) => `${it.name}@${it.version}`)
      .parse(JSON.parse(readText(`node_modules/${name}/package.json`)))
  const listed = (name: string, development = false) => {
    const [, real = '', version = ''] = /^(.+)@([^@]+)$/.exec(versionOf(name)) ?? []
    return {
      ...component(real, development),
      'bom-ref': `${real}@${version}`,
      version,
      properties: component(name, development).properties,
    }
  }
  const bill = (components: Bill['components']): Bill => ({
    bomFormat: 'CycloneDX',
    metadata: { component: { 'bom-ref': 'counterfoil@0' } },
    components,
    dependencies: components.map((it) => ({ ref: it['bom-ref'], dependsOn: ['vite@1'] })),
  })

  test('keeps development packages that are bundled, and no others', () => {
    const whole = bill([
      ...shipping.map((name) => listed(name, name === 'react' || name === 'electron')),
      component('vite', true),
    ])
    const kept = shippedBill(whole, ['node_modules/react', 'node_modules/zod'])
    expect(kept.components.map(({ name }) => name)).not.toContain('vite')
    expect(kept.components.map(({ name }) => name)).toContain('react')
    expect(kept.dependencies.every(({ dependsOn }) => dependsOn?.length === 0)).toBe(true)
    const text = licenceText(kept)
    expect(text).toContain('Permission is hereby granted, free of charge')
    expect(text).toContain('react ')
  })

  test('is refused where something that ships is not on it', () => {
    const whole = bill(shipping.map((name) => listed(name)))
    expect(() => shippedBill(whole, ['node_modules/kysely'])).toThrow(/Not in the bill of materials: kysely@/)
  })

  test.each([
    ['/x/node_modules/zod/v4/core.js', 'node_modules/zod'],
    ['/x/node_modules/@orpc/client/dist/index.mjs?commonjs', 'node_modules/@orpc/client'],
    ['\0/x/node_modules/a/node_modules/@b/c/d.js', 'node_modules/a/node_modules/@b/c'],
    ['C:\\x\\node_modules\\a\\b.js', 'node_modules/a'],
    ['/x/electron/main.ts', null],
  ])('knows whose module %j is', (id, folder) => {
    expect(packageFolderOf(id)).toBe(folder)
  })
})
