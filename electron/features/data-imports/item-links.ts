import type { Db, Trx } from '../../rpc/context.ts'
import { breathe } from './work.ts'

type Line = { readonly code: string | null; readonly name: string }

// null: several items have it, so it says none.
const note = (map: Map<string, string | null>, key: string, id: string) => map.set(key, map.has(key) ? null : id)

const pageSize = 2000

/** Finds the item that a line of a file sells: by its code, then by its exact name, where only one item has it. */
export const itemFinder = async (db: Db | Trx, organizationId: string): Promise<(line: Line) => string | null> => {
  const codes = new Map<string, string | null>()
  const names = new Map<string, string | null>()
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('items')
      .select(['id', 'name', 'code'])
      .where('organizationId', '=', organizationId)
      .where('deletedAt', 'is', null)
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    for (const { id, name, code } of rows) {
      if (code !== null) note(codes, code, id)
      note(names, name, id)
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) break
    after = last.id
    await breathe()
  }
  return ({ code, name }) => {
    const byCode = code === null ? null : codes.get(code)
    return byCode ?? names.get(name) ?? null
  }
}
