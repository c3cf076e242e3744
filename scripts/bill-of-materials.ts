import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { bundledPackages } from './bundled-packages.ts'
import { root } from './parts.ts'
import { run } from './run.ts'

// What ships, by name: a bill of materials that other programs read (CycloneDX) and a text with every licence.

const componentSchema = z.looseObject({
  'bom-ref': z.string(),
  name: z.string(),
  version: z.string(),
  licenses: z.array(z.unknown()).optional(),
  properties: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
})
const billSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string() }) }),
  components: z.array(componentSchema),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
})

type Component = z.output<typeof componentSchema>
export type Bill = z.output<typeof billSchema>

const propertyOf = ({ properties }: Component, name: string) =>
  properties?.find((property) => property.name === `cdx:npm:package:${name}`)?.value

const identityOf = (folder: string): string => {
  const { name, version }: { name: string; version: string } = JSON.parse(
    readFileSync(join(root, folder, 'package.json'), 'utf8'),
  )
  return `${name}@${version}`
}

// What ships beside the bundles: the host itself, and what electron-builder.yml copies.
const beside = [
  'node_modules/electron',
  'node_modules/better-sqlite3',
  'node_modules/tinypool',
  'node_modules/@node-rs/argon2',
]

/** Keeps of a bill what is a production dependency or ships in another way; throws where something that ships is not on it. */
export const shippedBill = (bill: Bill, bundled: readonly string[]): Bill => {
  const shipping = new Map([...bundled, ...beside].map((folder) => [identityOf(folder), folder]))
  const identity = ({ name, version }: Component) => `${name}@${version}`
  const listed = new Set(bill.components.map((component) => component['bom-ref']))
  const missing = [...shipping].filter(([id]) => !listed.has(id))
  if (missing.length > 0) throw new Error(`Not in the bill of materials: ${missing.map(([id]) => id).join(', ')}`)
  const components = bill.components.filter(
    (component) => propertyOf(component, 'development') !== 'true' || shipping.has(identity(component)),
  )
  const kept = new Set([bill.metadata.component['bom-ref'], ...components.map((component) => component['bom-ref'])])
  return {
    ...bill,
    components,
    dependencies: bill.dependencies
      .filter(({ ref }) => kept.has(ref))
      .map((it) => ({ ...it, dependsOn: it.dependsOn?.filter((ref) => kept.has(ref)) })),
  }
}

const isLicence = (name: string) => /^(licen[cs]e|copying|notice|ofl)([._-].*)?$/i.test(name)

const licenceName = (folder: string): string => {
  const { license, licenses }: { license?: unknown; licenses?: unknown } = JSON.parse(
    readFileSync(join(root, folder, 'package.json'), 'utf8'),
  )
  const named: unknown = license ?? (Array.isArray(licenses) ? licenses[0] : licenses)
  return typeof named === 'string' ? named : String(Reflect.get(Object(named), 'type') ?? '')
}

const licenceOf = (component: Component): string => {
  const folder = propertyOf(component, 'path') ?? `node_modules/${component.name}`
  // An optional package of another platform is on the bill and not on this disk.
  if (!existsSync(join(root, folder, 'package.json'))) return ''
  const texts = readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && isLicence(entry.name))
    .map((entry) => readFileSync(join(root, folder, entry.name), 'utf8').trim())
  const name = licenceName(folder)
  if (name === '' && texts.length === 0) throw new Error(`${component.name} says nowhere under which licence it is.`)
  const body = texts.length > 0 ? texts.join('\n\n') : 'The package carries no text of its licence.'
  // Its own name, where we know it by another one.
  return `${component['bom-ref'].replace(/@([^@]*)$/, ' $1')}\n${name}\n\n${body}\n`
}

/** The licences of everything on a bill as one text; throws where a package has none. */
export const licenceText = ({ components }: Bill): string =>
  [
    'Counterfoil is made with the work of others. Each part, with the licence that it is used under:\n',
    ...components
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(licenceOf)
      .filter((text) => text !== ''),
  ].join(`\n${'-'.repeat(80)}\n\n`)

/** Writes sbom.cdx.json and licences.txt into a folder; gives how many components they name. */
export const writeBill = async (folder: string): Promise<number> => {
  const { code, output } = await run('npm', [
    'sbom',
    '--sbom-format',
    'cyclonedx',
    '--sbom-type',
    'application',
    // A build before this leaves NODE_ENV at production, for which npm would leave out what is bundled.
    '--include=dev',
    '--loglevel',
    'silent',
  ])
  if (code !== 0) throw new Error(`npm sbom failed:\n${output}`)
  const json: unknown = JSON.parse(output.slice(output.indexOf('{')))
  const bill = shippedBill(billSchema.parse(json), bundledPackages())
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`)
  writeFileSync(join(folder, 'licences.txt'), licenceText(bill))
  return bill.components.length
}
