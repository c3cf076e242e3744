import { z } from 'zod'
import { fromBase64, toBase64 } from '../../shared/base64.ts'
import { AppError } from '../../shared/errors.ts'
import { type DecimalProblem, fromDecimalString } from '../../shared/money/decimal-string.ts'

type Schema = z.core.$ZodType

// Every schema that zod makes is one of its own classes; the union tells them apart by `def.type`.
const definitionOf = (schema: Schema) => (schema as z.core.$ZodTypes)._zod.def

const wrappers = ['optional', 'nullable', 'default', 'prefault', 'nonoptional', 'catch', 'readonly', 'success'] as const

/** The schema without what only says whether a value may be missing. */
const unwrapped = (schema: Schema): Schema => {
  const definition = definitionOf(schema)
  if ('innerType' in definition && wrappers.some((name) => name === definition.type))
    return unwrapped(definition.innerType)
  if (definition.type === 'lazy') return unwrapped(definition.getter())
  // What a transform takes is the side that a caller writes, and the only one with a shape.
  if (definition.type === 'pipe') return unwrapped(definition.in)
  return schema
}

const scaleOf = (schema: Schema): number | undefined => {
  const scale = z.globalRegistry.get(schema)?.['scale']
  return typeof scale === 'number' ? scale : undefined
}

/** The scale that a name carries (`priceE6`), for values that no schema describes, such as audit entries. */
const scaleOfName = (name: string): number => Number(/E(4|6|10)$/.exec(name)?.[1] ?? 0)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)

/** Whether a schema stands for bytes: the contract's `z.instanceof(Uint8Array)`. */
export const isBytes = (schema: Schema): boolean => {
  const inner = unwrapped(schema)
  return definitionOf(inner).type === 'custom' && z.safeParse(inner, new Uint8Array()).success
}

const children = (schema: Schema, value: unknown): { readonly of: (key: string) => Schema | undefined } => {
  const definition = definitionOf(schema)
  if (definition.type === 'object') return { of: (key) => definition.shape[key] ?? definition.catchall }
  if (definition.type === 'record') return { of: () => definition.valueType }
  if (definition.type === 'array') return { of: () => definition.element }
  if (definition.type === 'tuple') return { of: (key) => definition.items[Number(key)] ?? definition.rest ?? undefined }
  if (definition.type === 'intersection') {
    const [left, right] = [children(unwrapped(definition.left), value), children(unwrapped(definition.right), value)]
    return { of: (key) => left.of(key) ?? right.of(key) }
  }
  return { of: () => undefined }
}

type Leaf = (schema: Schema | undefined, value: unknown, path: readonly string[]) => unknown

// The option of a union that a value is meant for: the one whose literal fields agree, or the first that takes it.
const optionFor = (
  options: readonly Schema[],
  value: unknown,
  leaf: Leaf,
  path: readonly string[],
): Schema | undefined =>
  options.find((option) => {
    try {
      return z.safeParse(option, walk(option, value, leaf, path)).success
    } catch {
      return false
    }
  })

const walk = (schema: Schema | undefined, value: unknown, leaf: Leaf, path: readonly string[]): unknown => {
  const inner = schema === undefined ? undefined : unwrapped(schema)
  if (inner !== undefined) {
    const definition = definitionOf(inner)
    if (definition.type === 'union' && value !== null && value !== undefined) {
      const option = optionFor(definition.options, value, leaf, path) ?? definition.options[0]
      return walk(option, value, leaf, path)
    }
  }
  const below = inner === undefined ? undefined : children(inner, value)
  if (Array.isArray(value)) {
    return value.map((item, index) => walk(below?.of(String(index)), item, leaf, [...path, String(index)]))
  }
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, walk(below?.of(key), item, leaf, [...path, key])]),
    )
  }
  return leaf(inner, value, path)
}

const problems: Readonly<Record<DecimalProblem, string>> = {
  empty: 'Enter a number.',
  'not-a-number': 'Enter a decimal number with a point, such as "12.50".',
  'too-many-decimals': 'This number has too many decimals.',
  'too-large': 'This number is too large.',
}

const refused = (path: readonly string[], message: string) =>
  new AppError('VALIDATION', `${message} (${path.join('.')})`, { fields: { [path.join('.')]: message } })

const fromLeaf: Leaf = (schema, value, path) => {
  if (schema === undefined) return value
  if (definitionOf(schema).type === 'bigint' && (typeof value === 'string' || typeof value === 'number')) {
    // A JSON number has been through a float already, so it may be taken only where that changed nothing.
    if (typeof value === 'number' && !Number.isSafeInteger(value)) throw refused(path, 'Write this number as a string.')
    const result = fromDecimalString(String(value), scaleOf(schema) ?? 0)
    if (!result.ok) throw refused(path, problems[result.reason])
    return result.value
  }
  if (typeof value === 'string' && isBytes(schema)) {
    try {
      return fromBase64(value)
    } catch {
      throw refused(path, 'Enter the bytes as base64.')
    }
  }
  return value
}

const decimalOf = (units: bigint, scale: number): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const [whole, fraction] = [digits.slice(0, digits.length - scale), digits.slice(digits.length - scale)]
  return `${units < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${fraction}`}`
}

const toLeaf: Leaf = (schema, value, path) => {
  if (typeof value === 'bigint') {
    return decimalOf(value, (schema && scaleOf(schema)) ?? scaleOfName(path.at(-1) ?? ''))
  }
  return value instanceof Uint8Array ? toBase64(value) : value
}

/** JSON as a person or script writes it, with decimals and base64 as strings, to what the schema takes; AppError by field. */
export const fromPlainJson = (schema: Schema, json: unknown): unknown => walk(schema, json, fromLeaf, [])

/** An answer to JSON: scaled amounts as decimal strings with all their decimals, bytes as base64. */
export const toPlainJson = (schema: Schema, value: unknown): unknown => walk(schema, value, toLeaf, [])
