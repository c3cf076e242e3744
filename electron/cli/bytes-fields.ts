import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { isBytes } from './scaled-json.ts'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const holdsBytes = (schema: z.core.$ZodType): boolean => {
  const definition = (schema as z.core.$ZodTypes)._zod.def // every schema of the contract is one of zod's own
  return definition.type === 'union' ? definition.options.some(isBytes) : isBytes(schema)
}

/** The input with a file's bytes in the one field that takes bytes, and its name in `fileName` where there is that. */
export const withFile = (schema: z.ZodType, input: unknown, path: string): unknown => {
  if (!(schema instanceof z.ZodObject)) throw new AppError('VALIDATION', 'This procedure takes no file.')
  const field = Object.entries(schema.shape).find(([, inner]) => holdsBytes(inner))?.[0]
  if (field === undefined) throw new AppError('VALIDATION', 'This procedure takes no file: leave out --in.')
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(readFileSync(path))
  } catch (error) {
    throw new AppError('FILE_REFUSED', `${path} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
  const name = 'fileName' in schema.shape ? { fileName: basename(path) } : {}
  return { ...name, ...(isRecord(input) ? input : {}), [field]: bytes }
}

/** The answer with its bytes written to a file and told by name and size instead. */
export const withoutBytes = (answer: unknown, path: string): unknown => {
  const entries = isRecord(answer) ? Object.entries(answer) : []
  const found = entries.find(([, value]) => value instanceof Uint8Array)
  if (found === undefined) throw new AppError('VALIDATION', 'The answer has no file in it: leave out --out.')
  const [field, bytes] = found
  if (bytes instanceof Uint8Array) writeFileSync(path, bytes)
  return {
    ...Object.fromEntries(entries),
    [field]: { file: path, bytes: bytes instanceof Uint8Array ? bytes.length : 0 },
  }
}
