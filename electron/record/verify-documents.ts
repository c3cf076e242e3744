import { documentCommitment, documentHash, documentShapes } from '../../db/record/documents.ts'
import type { Db } from '../rpc/handles.ts'
import { storedDocument } from './stored-documents.ts'
import type { Findings } from './verification.ts'
import { erasedRows } from './verify-effects.ts'

const pageOf = 500

// A business that was brought back from a backup: what was issued after that is a draft again, or gone.
const wasSetBack = async (db: Db, issuedBy: number): Promise<boolean> => {
  const restore = await db
    .selectFrom('commands')
    .select('seq')
    .where('procedure', '=', 'recovery.restoreBusiness')
    .where('seq', '>', issuedBy)
    .limit(1)
    .executeTakeFirst()
  return restore !== undefined
}

/** Compares every issued document with what was issued; returns how many there are. */
export const verifyDocuments = async (db: Db, findings: Findings): Promise<number> => {
  const erased = await erasedRows(db)
  let count = 0
  let after = { tableName: '', rowId: '' }
  for (;;) {
    const page = await db
      .selectFrom('chainDocuments as d')
      .leftJoin('chainEntries as e', 'e.commandSeq', 'd.commandSeq')
      .select(['d.tableName', 'd.rowId', 'd.commandSeq', 'd.hash', 'd.salt', 'd.commitment', 'e.seq', 'e.deviceId'])
      .where((row) => row(row.refTuple('d.tableName', 'd.rowId'), '>', row.tuple(after.tableName, after.rowId)))
      .orderBy('d.tableName')
      .orderBy('d.rowId')
      .limit(pageOf)
      .execute()
    for (const it of page) {
      count += 1
      const name = `${it.tableName.replace('_', ' ').replace(/s$/, '')} ${it.rowId}`
      const say = (kind: 'document' | 'erasure', text: string) =>
        findings.add({ kind, deviceId: it.deviceId, seq: it.seq, commandSeq: it.commandSeq, text })
      if (it.rowId.includes('@')) {
        if (!(await wasSetBack(db, it.commandSeq))) say('document', `The issued ${name} was set back by nobody.`)
        continue
      }
      const shape = documentShapes.get(it.tableName)
      const content = shape === undefined ? null : await storedDocument(db, shape, it.rowId)
      if (content === null) {
        say('document', `The issued ${name} was removed.`)
        continue
      }
      if (it.commitment !== null && erased.get(`${it.tableName} ${it.rowId}`) !== 'expired') {
        say('erasure', `The issued ${name} stands as erased, but nobody erased it.`)
      }
      const commitment = it.commitment ?? (it.salt === null ? null : documentCommitment(it.salt, content))
      if (commitment === null || !documentHash(content.open, commitment).equals(it.hash)) {
        say('document', `The issued ${name} is not what was issued.`)
      }
    }
    const end = page.at(-1)
    if (end === undefined) return count
    after = end
  }
}
