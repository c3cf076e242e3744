import type { Amount } from '../../../shared/money/scaled.ts'
import type { Work } from './work.ts'

export type Target = {
  readonly id: string
  readonly clientId: string | null
  readonly currency: string
  openE4: Amount
}

/** Invoices by their number, with what is still open of them while an import goes on. */
export type Targets = {
  readonly of: (number: string) => Promise<Target | null>
  /** An invoice of this very file, which a dry run does not write. */
  readonly add: (number: string, target: Target) => void
}

/** Several records of one file may pay the same invoice: what the ones before took is no longer open. */
export const createTargets = ({ db, organization }: Work): Targets => {
  const found = new Map<string, Target | null>()
  return {
    of: async (number) => {
      const before = found.get(number)
      if (before !== undefined) return before
      const row = await db
        .selectFrom('invoices')
        .select(['id', 'clientId', 'currency', 'openE4'])
        .where('organizationId', '=', organization.id)
        .where('number', '=', number)
        .where('voidedAt', 'is', null)
        .where('deletedAt', 'is', null)
        .limit(1)
        .executeTakeFirst()
      const target = row === undefined ? null : { ...row }
      found.set(number, target)
      return target
    },
    add: (number, target) => void found.set(number, target),
  }
}
