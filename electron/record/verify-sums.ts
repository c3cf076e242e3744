import { checkIntegrity } from '../features/integrity/check.ts'
import type { Db } from '../rpc/handles.ts'
import type { Findings } from './verification.ts'

/**
 * Works out every sum that is kept (balances, months, taxes, what is paid) from the documents and payments, and names what
 * differs; returns how many there are. What another business is owed is told to nobody else: of it only that it differs.
 */
export const verifySums = async (db: Db, organizationId: string | undefined, findings: Findings): Promise<number> => {
  const organizations = await db.selectFrom('organizations').select('id').orderBy('id').execute()
  let sums = 0
  for (const { id } of organizations) {
    const { checked, differences } = await checkIntegrity(db, id)
    sums += checked
    const isTold = organizationId === undefined || organizationId === id
    const texts =
      isTold || differences.length === 0
        ? differences
        : ['Sums of another business are not what its documents and payments give.']
    for (const text of texts) findings.add({ kind: 'sum', deviceId: null, seq: null, commandSeq: null, text })
  }
  return sums
}
