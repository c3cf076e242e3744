import type { Handlers } from '../../rpc/context.ts'
import { note } from '../users/note.ts'

/** Puts on record that rows of a list leave as a file, which the window makes of what it shows. */
export const noteExport: Handlers<'audit'>['noteExport'] = async (context, { what, rows }) => {
  const { trx, organizationId, newRow } = context
  // Before there is a business there is nothing to leave.
  if (organizationId === '') return { noted: false }
  const words = `Rows of a list, as CSV (${what}: ${rows})`
  await trx
    .insertInto('accesses')
    .values({ ...newRow(), procedure: 'audit.noteExport', what: words, subjectId: null })
    .execute()
  await note(context, 'exported', { what: words })
  return { noted: true }
}
