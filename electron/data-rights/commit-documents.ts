import { sql } from 'kysely'
import { documentCommitment, documentShapes } from '../../db/record/documents.ts'
import { storedDocument } from '../record/stored-documents.ts'
import type { CommandContext } from '../rpc/context.ts'

/**
 * Issued documents past their time lose who they were for: what the record says of them then stands on the commitment
 * alone. Call before their values go.
 */
export const commitDocuments = async ({ trx }: CommandContext, erasureId: string): Promise<void> => {
  const rows = await trx
    .selectFrom('chainDocuments as d')
    .innerJoin('erasureRows as r', (join) =>
      join.onRef('r.rowId', '=', 'd.rowId').onRef('r.tableName', '=', 'd.tableName'),
    )
    .select(['d.tableName', 'd.rowId', 'd.salt'])
    .where('r.erasureId', '=', erasureId)
    .where('r.fate', '=', 'expired')
    .where('d.salt', 'is not', null)
    .execute()
  for (const { tableName, rowId, salt } of rows) {
    const shape = documentShapes.get(tableName)
    const content = shape === undefined ? null : await storedDocument(trx, shape, rowId)
    if (content === null || salt === null) continue
    await sql`UPDATE chain_documents SET salt = NULL, commitment = ${documentCommitment(salt, content)}
      WHERE table_name = ${tableName} AND row_id = ${rowId}`.execute(trx)
  }
}
