import type { Db, Trx } from '../../rpc/context.ts'

/** Whether an import asks which branch a row is of: not in a business of one place. */
export const hasBranches = async (db: Db | Trx, organizationId: string): Promise<boolean> => {
  const rows = await db
    .selectFrom('branches')
    .select('id')
    .where('organizationId', '=', organizationId)
    .limit(2)
    .execute()
  return rows.length > 1
}

export type BranchFinder = (
  text: string | null,
) => { readonly branchId: string | null | undefined } | { readonly problem: string }

/**
 * Finds the branch that a cell means, by its code, then by its name; undefined where the cell says nothing, and in a
 * business of one place, where such a column is about something else. A problem in words for an unknown or closed one.
 */
export const branchFinder = async (db: Db | Trx, organizationId: string): Promise<BranchFinder> => {
  const rows = await db
    .selectFrom('branches')
    .select(['id', 'code', 'name', 'deletedAt'])
    .where('organizationId', '=', organizationId)
    .orderBy('code')
    .execute()
  const open = rows.filter(({ deletedAt }) => deletedAt === null)
  const isWord = (word: string, text: string) => word.toLowerCase() === text.toLowerCase()
  return (text) => {
    if (text === null || rows.length < 2) return { branchId: undefined }
    const byCode = open.filter(({ code }) => isWord(code, text))
    const found = byCode.length > 0 ? byCode : open.filter(({ name }) => isWord(name, text))
    const [only] = found
    if (only !== undefined && found.length === 1) return { branchId: only.id }
    const codes = open.map(({ code }) => code).join(', ')
    if (found.length > 1) return { problem: `Several branches are called "${text}". Write the code instead: ${codes}.` }
    return { problem: `There is no open branch "${text}". Write one of: ${codes}.` }
  }
}
