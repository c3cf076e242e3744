import type { EInvoiceSyntax } from '../../../shared/documents/einvoice.ts'
import { readXml, type XmlElement, XmlError } from '../../importers/xml.ts'
import { ciiRules } from './cii-rules.ts'
import { codeRules } from './code-rules.ts'
import { decimalRules } from './decimal-rules.ts'
import { documentRules } from './document-rules.ts'
import type { EInvoiceProfile, Finding, Severity } from './finding.ts'
import { lineRules } from './line-rules.ts'
import { ownRules } from './own-rules.ts'
import { peppolRules } from './peppol-rules.ts'
import { fill, type Values } from './rule.ts'
import { chosen, joined, type RuleSet, ruleSet, type Told } from './rule-set.ts'
import { totalRules } from './total-rules.ts'
import { Tree } from './tree.ts'
import { ublRules } from './ubl-rules.ts'
import { vatRules } from './vat-rules.ts'
import { type Slot, type View, viewOf } from './view.ts'
import { xrechnungFromPeppol, xrechnungRules } from './xrechnung-rules.ts'

const roots: ReadonlyMap<string, EInvoiceSyntax> = new Map([
  ['{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice', 'ubl-invoice'],
  ['{urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2}CreditNote', 'ubl-creditnote'],
  ['{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice', 'cii'],
])

const model = ruleSet([...documentRules, ...lineRules, ...totalRules, ...decimalRules, ...vatRules, ...codeRules])
const own = ruleSet(ownRules)
const peppol = ruleSet(peppolRules)
const profiles: Readonly<Record<EInvoiceProfile, RuleSet>> = {
  en16931: joined([]),
  peppol,
  xrechnung: joined([ruleSet(xrechnungRules), chosen(peppol, xrechnungFromPeppol)]),
}

const reading: ReadonlyMap<string, Told> = new Map([
  ['CF-XML', { severity: 'fatal', say: 'The file cannot be read: {detail}.' }],
  [
    'CF-ROOT',
    { severity: 'fatal', say: 'The file is no e-invoice: it is neither UBL Invoice, UBL CreditNote nor CII.' },
  ],
])

/** Every rule that a document may break, with its severity and its sentence, whatever its syntax and profile. */
export const einvoiceRules: ReadonlyMap<string, Told> = new Map([
  ...reading,
  ...joined([model, own, ublRules, ciiRules, peppol, profiles.xrechnung]).told,
])

const place = (field: string): string => {
  const [, line] = /^lines\[(\d+)\]/.exec(field) ?? []
  return line === undefined ? '' : `Line ${Number(line) + 1}: `
}

function finding(rule: string, at: Slot, values: Values, severity: Severity | undefined, tree: Tree): Finding {
  const told = einvoiceRules.get(rule)
  const path = tree.pathOf(at.home)
  return {
    rule,
    severity: severity ?? told?.severity ?? 'fatal',
    message: `${place(at.field)}${fill(told?.say ?? rule, values)}`,
    location: { path: at.missing === '' ? path : `${path}/${at.missing}`, line: at.home.line },
    term: at.term,
    field: at.field,
  }
}

const unreadable = (rule: string, path: string, line: number, detail: string): Finding => ({
  rule,
  severity: 'fatal',
  message: fill(einvoiceRules.get(rule)?.say ?? rule, { detail }),
  location: { path, line },
  term: '',
  field: 'document',
})

/** The first findings of a rule are enough: nobody reads the same fault of a thousand lines. */
const mostPerRule = 50

function rulesFor(view: View, profile: EInvoiceProfile): RuleSet {
  return joined([model, view.syntax === 'cii' ? ciiRules : ublRules, own, profiles[profile]])
}

/**
 * Judges an e-invoice (UBL 2.1 or CII D16B) by EN 16931 (rules of release 1.3.16) and the profile: every broken rule
 * with its place, fatal ones first. A file that cannot be read is one finding, CF-XML or CF-ROOT; nothing is thrown.
 */
export function validateEInvoice(source: Uint8Array | string, profile: EInvoiceProfile): readonly Finding[] {
  let root: XmlElement
  try {
    root = readXml(source)
  } catch (error) {
    if (error instanceof XmlError) return [unreadable('CF-XML', error.path, error.line, error.detail)]
    throw error
  }
  const syntax = roots.get(`{${root.namespace}}${root.name}`)
  if (syntax === undefined) return [unreadable('CF-ROOT', `/${root.tag}`, root.line, '')]
  return judge(root, syntax, profile)
}

function judge(root: XmlElement, syntax: EInvoiceSyntax, profile: EInvoiceProfile): readonly Finding[] {
  const tree = new Tree(root)
  const view = viewOf(tree, syntax)
  const found: Finding[] = []
  const counts = new Map<string, number>()
  rulesFor(view, profile).run(view, (rule, at, values = {}, severity) => {
    if (rule === 'PEPPOL-EN16931-R120' && profile === 'xrechnung' && syntax === 'cii') return
    const count = (counts.get(rule) ?? 0) + 1
    counts.set(rule, count)
    if (count <= mostPerRule) found.push(finding(rule, at, values, severity, tree))
  })
  const told = withoutEchoes(found)
  return [...told.filter(isFatal), ...told.filter((each) => !isFatal(each))]
}

const isFatal = ({ severity }: Finding) => severity === 'fatal'
const isOwn = ({ rule }: Finding) => rule.startsWith('CF-')

/** Our own checks say nothing where an official rule finds the same place at fault. */
function withoutEchoes(found: readonly Finding[]): readonly Finding[] {
  const faulty = new Set(found.filter((each) => isFatal(each) && !isOwn(each)).map(({ location }) => location.path))
  return found.filter((each) => !isOwn(each) || !faulty.has(each.location.path))
}
