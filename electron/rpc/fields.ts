import type { z } from 'zod'
import type { FieldErrors } from '../../shared/errors.ts'

/** Problems by field path, the first one for each. */
export const fieldErrors = (error: z.ZodError): FieldErrors => {
  const fields: Record<string, string> = {}
  for (const issue of error.issues) {
    const path = issue.path.map(String).join('.')
    fields[path] ??= issue.message
  }
  return fields
}
