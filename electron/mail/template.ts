import Handlebars from 'handlebars'
import { textToHtml } from './text-to-html.ts'

/** What a message template may name; each stands for text that is already in the client's language and format. */
export const mailVariables = [
  'client.name',
  'client.contactName',
  'client.number',
  'invoice.number',
  'invoice.issuedOn',
  'invoice.dueOn',
  'invoice.total',
  'invoice.paid',
  'invoice.balance',
  'invoice.reference',
  'invoice.paymentLink',
  'business.name',
  'business.email',
  'business.phone',
  'business.website',
  'business.bankDetails',
  'sender.name',
] as const

export type TemplateKind =
  | 'invoice'
  | 'quote'
  | 'credit-note'
  | 'reminder-friendly'
  | 'reminder-firm'
  | 'reminder-final'
  | 'statement'

const ofDocument: Readonly<Partial<Record<TemplateKind, readonly string[]>>> = {
  statement: ['statement.from', 'statement.to', 'statement.balance', 'statement.overdue'],
  quote: ['quote.number', 'quote.issuedOn', 'quote.validUntil', 'quote.total', 'quote.reference'],
  'credit-note': [
    'creditNote.number',
    'creditNote.issuedOn',
    'creditNote.total',
    'creditNote.invoiceNumber',
    'creditNote.reason',
    'creditNote.reference',
  ],
}

const isOfInvoice = (name: string) => name.startsWith('invoice.')

/** What a reminder adds to the variables of its invoice. */
const ofReminder = ['reminder.fee', 'reminder.daysOverdue'] as const

/** What a template of a kind may name: an invoice's, or those of the client and the business with the document's own. */
export const variablesFor = (kind: TemplateKind): readonly string[] => {
  if (kind === 'invoice') return mailVariables
  const own = ofDocument[kind]
  return mailVariables.flatMap((name, index) => {
    if (!isOfInvoice(name)) return [name]
    const isFirst = !isOfInvoice(mailVariables[index - 1] ?? '')
    if (own === undefined) return isFirst ? [...ofReminder, name] : [name]
    // The document's own stand where an invoice's do.
    return isFirst ? own : []
  })
}

export type MailVariable = (typeof mailVariables)[number]

/** The text for each variable, empty where there is none. */
export type MailVariables = Readonly<Record<MailVariable, string>>

export type MessageTemplate = { readonly subject: string; readonly body: string }
export type RenderedMessage = { readonly subject: string; readonly body: string; readonly html: string }

export type TemplateField = 'subject' | 'body'

/** A template that cannot be used: `message` says what is wrong and where, the fields are for marking the place. */
export class TemplateError extends Error {
  readonly field: TemplateField
  /** From 1; null where the text as a whole is wrong. */
  readonly line: number | null
  readonly unknownVariable: string | null

  constructor(field: TemplateField, line: number | null, problem: string, unknownVariable: string | null = null) {
    super(line === null ? `The ${field} ${problem}` : `Line ${line} of the ${field} ${problem}`)
    this.name = 'TemplateError'
    this.field = field
    this.line = line
    this.unknownVariable = unknownVariable
  }
}

const MAX_LENGTH: Readonly<Record<TemplateField, number>> = { subject: 500, body: 50_000 }
const MAX_DEPTH = 20

/** The texts that a template is filled with, by the names of its kind. */
export type TemplateValues = Readonly<Record<string, string>>

type Part = (values: TemplateValues) => string
type Place = { readonly field: TemplateField; readonly known: readonly string[] }

/*
 * Handlebars only reads the template here. Walking its syntax tree, with a look-up in a closed list as the one thing
 * that a template can do, leaves out all that templates have been abused for: generated code, prototypes, helpers.
 */

/** Checks a template and gives its renderer; throws TemplateError. */
export function compileTemplate(
  template: MessageTemplate,
  kind: TemplateKind = 'invoice',
): (values: TemplateValues) => RenderedMessage {
  const known = variablesFor(kind)
  const subject = compileField({ field: 'subject', known }, template.subject)
  const body = compileField({ field: 'body', known }, template.body)
  return (values) => {
    const text = body(values)
    return { subject: subject(values).replace(/\s+/g, ' ').trim(), body: text, html: textToHtml(text) }
  }
}

/** Fills a template in; `html` is the escaped body with its https links made clickable. Throws TemplateError. */
export function renderMessage(
  template: MessageTemplate,
  values: TemplateValues,
  kind: TemplateKind = 'invoice',
): RenderedMessage {
  return compileTemplate(template, kind)(values)
}

function compileField(place: Place, source: string): Part {
  const { field } = place
  if (source.length > MAX_LENGTH[field])
    throw new TemplateError(field, null, `is longer than ${MAX_LENGTH[field]} characters. Shorten it.`)
  return compileProgram(place, parse(field, source), 0)
}

function parse(field: TemplateField, source: string): hbs.AST.Program {
  try {
    return Handlebars.parse(source)
  } catch (error) {
    const line = /line (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
    const problem =
      'has a placeholder that is not finished or not closed. Write {{client.name}}, or {{#if invoice.dueOn}}…{{/if}}.'
    throw new TemplateError(field, line === undefined ? null : Number(line), problem)
  }
}

function compileProgram(place: Place, program: hbs.AST.Program | undefined, depth: number): Part {
  if (depth > MAX_DEPTH)
    throw new TemplateError(place.field, null, `has more than ${MAX_DEPTH} conditions inside one another.`)
  const parts = (program?.body ?? []).map((statement) => compileStatement(place, statement, depth))
  return (values) => parts.map((part) => part(values)).join('')
}

/* The parser tells the kinds of statements apart by `type`; its declared types cannot express that, hence the `as`. */
function compileStatement(place: Place, statement: hbs.AST.Statement, depth: number): Part {
  switch (statement.type) {
    case 'ContentStatement': {
      const { value } = statement as hbs.AST.ContentStatement
      return () => value
    }
    case 'CommentStatement':
      return () => ''
    case 'MustacheStatement':
      return compileVariable(place, statement as hbs.AST.MustacheStatement)
    case 'BlockStatement':
      return compileCondition(place, statement as hbs.AST.BlockStatement, depth)
    default:
      throw unsupported(place.field, statement)
  }
}

function unsupported(field: TemplateField, node: hbs.AST.Node): TemplateError {
  return new TemplateError(
    field,
    node.loc.start.line,
    'uses something that templates do not have. There are {{variables}}, {{#if variable}}…{{else}}…{{/if}} and {{#unless variable}}…{{/unless}}.',
  )
}

function compileVariable(place: Place, mustache: hbs.AST.MustacheStatement): Part {
  const hash: hbs.AST.Hash | undefined = mustache.hash
  if (mustache.params.length > 0 || hash !== undefined || !mustache.escaped) throw unsupported(place.field, mustache)
  const name = variableOf(place, mustache.path)
  return (values) => values[name] ?? ''
}

function compileCondition(place: Place, block: hbs.AST.BlockStatement, depth: number): Part {
  const helper = block.path.original
  const [condition, ...others] = block.params
  const hash: hbs.AST.Hash | undefined = block.hash
  const named = block.program?.blockParams ?? []
  const simple = condition !== undefined && others.length === 0 && hash === undefined && named.length === 0
  if ((helper !== 'if' && helper !== 'unless') || !simple) throw unsupported(place.field, block)
  const name = variableOf(place, condition)
  const filled = compileProgram(place, helper === 'if' ? block.program : block.inverse, depth + 1)
  const empty = compileProgram(place, helper === 'if' ? block.inverse : block.program, depth + 1)
  return (values) => ((values[name] ?? '') === '' ? empty(values) : filled(values))
}

function variableOf({ field, known }: Place, node: hbs.AST.Expression): string {
  if (node.type !== 'PathExpression') throw unsupported(field, node)
  // Told by `type`, as above.
  const path = node as hbs.AST.PathExpression
  const name = path.original
  if (path.data || path.depth > 0 || path.parts.join('.') !== name || !known.includes(name)) {
    const list = known.join(', ')
    throw new TemplateError(
      field,
      node.loc.start.line,
      `names {{${name}}}, which is not known. There are: ${list}.`,
      name,
    )
  }
  return name
}
