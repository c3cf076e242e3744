import { z } from 'zod'
import { type Procedure, procedures } from '../../shared/contract/index.ts'
import { isBytes } from './scaled-json.ts'

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: json }) => {
      if (zodSchema._zod.def.type === 'bigint') {
        const scale = z.globalRegistry.get(zodSchema)?.['scale']
        for (const key of Object.keys(json)) delete json[key]
        json.type = 'string'
        json.format = 'decimal'
        json.description = `A decimal number with up to ${typeof scale === 'number' ? scale : 0} decimals.`
      } else if (zodSchema._zod.def.type === 'custom' && isBytes(zodSchema)) {
        json.type = 'string'
        json.contentEncoding = 'base64'
      }
    },
  })

const entryOf = (name: string, procedure: Procedure) => ({
  name,
  kind: procedure.kind,
  permission: procedure.permission,
  summary: procedure.summary,
  ...(procedure.kind === 'command' ? { changes: procedure.changes } : {}),
  input: jsonSchema(procedure.input, 'input'),
  output: jsonSchema(procedure.output, 'output'),
})

/** Every procedure, or the ones whose name begins with `prefix`, with JSON Schemas of what they take and give. */
export const describeProcedures = (prefix = ''): readonly unknown[] =>
  [...procedures].filter(([name]) => name.startsWith(prefix)).map(([name, procedure]) => entryOf(name, procedure))
