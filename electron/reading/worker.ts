import { openReader } from '../../db/open.ts'
import { checkIntegrity } from '../features/integrity/check.ts'

export type ReadingTask = { readonly kind: 'integrity'; readonly file: string; readonly organizationId: string }

/** What the pool runs in its thread: a reading over everything, through a connection of its own. */
export const readingTask = async ({ file, organizationId }: ReadingTask) => {
  const { db, close } = openReader(file)
  try {
    return await checkIntegrity(db, organizationId)
  } finally {
    await close()
  }
}
