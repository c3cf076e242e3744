import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readXml, type XmlElement } from '../../electron/importers/xml.ts'
import { sampleRoot } from './rules-samples.ts'

/** The order of children that a schema gives each type, and the types that they have. */
type Schema = ReadonlyMap<string, readonly { readonly name: string; readonly type: string }[]>

const local = (name: string): string => name.slice(name.indexOf(':') + 1)
const attribute = (element: XmlElement, name: string): string => element.attributes.get(name) ?? ''

const inside = (element: XmlElement, name: string): XmlElement[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...inside(child, name)])

const readSchema = (paths: readonly string[]): { types: Schema; elements: ReadonlyMap<string, string> } => {
  const types = new Map<string, readonly { name: string; type: string }[]>()
  const elements = new Map<string, string>()
  for (const path of paths) {
    const root = readXml(readFileSync(path))
    for (const child of root.children) {
      if (child.name === 'element') elements.set(attribute(child, 'name'), local(attribute(child, 'type')))
      if (child.name !== 'complexType') continue
      const parts = inside(child, 'element').map((part) => ({
        name: local(attribute(part, 'ref') || attribute(part, 'name')),
        type: local(attribute(part, 'type')),
      }))
      if (parts.length > 0) types.set(attribute(child, 'name'), parts)
    }
  }
  return { types, elements }
}

const ubl = join(sampleRoot, '../ubl21-xsd-and-dian')
const cii = join(sampleRoot, 'spec/xsd-cii/CII/uncefact/data/standard/CrossIndustryInvoice_')

const schemas = {
  Invoice: [`${ubl}/maindoc/UBL-Invoice-2.1.xsd`, `${ubl}/common/UBL-CommonAggregateComponents-2.1.xsd`],
  CreditNote: [`${ubl}/maindoc/UBL-CreditNote-2.1.xsd`, `${ubl}/common/UBL-CommonAggregateComponents-2.1.xsd`],
  CrossIndustryInvoice: [`${cii}100pD16B.xsd`, `${cii}ReusableAggregateBusinessInformationEntity_100pD16B.xsd`],
}
const read = new Map<string, ReturnType<typeof readSchema>>()

/** Where the children of a document do not stand in the order of its schema, or are not in it at all. */
export const disorderIn = (xml: string): readonly string[] => {
  const root = readXml(xml)
  const paths = schemas[root.name as keyof typeof schemas]
  const schema = read.get(root.name) ?? readSchema(paths)
  read.set(root.name, schema)
  const wrong: string[] = []
  const walk = (element: XmlElement, type: string) => {
    const parts = schema.types.get(type)
    if (parts === undefined) return
    let last = -1
    for (const child of element.children) {
      const at = parts.findIndex(({ name }) => name === child.name)
      if (at < 0) wrong.push(`${element.name} has no ${child.name}`)
      else if (at < last) wrong.push(`${child.name} stands too late in ${element.name}`)
      last = Math.max(last, at)
      walk(child, parts[at]?.type || (schema.elements.get(child.name) ?? ''))
    }
  }
  walk(root, schema.elements.get(root.name) ?? '')
  return wrong
}
