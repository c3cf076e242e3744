import type { CreditScope } from '../../../../shared/contract/credit-notes.ts'
import type { Amount, Quantity } from '../../../../shared/money/scaled.ts'
import type { ApiOutput } from '../../../app/queries.ts'

export type CreditLeft = ApiOutput<'creditNotes', 'left'>

/** What a person chose so far, of each way to credit: changing the way forgets nothing. */
export type CreditChoice = {
  readonly kind: CreditScope['kind']
  readonly lineIds: ReadonlySet<string>
  readonly quantities: ReadonlyMap<string, Quantity>
  readonly amountE4: Amount | null
}

export const firstChoice = (left: CreditLeft): CreditChoice => ({
  kind: 'whole',
  lineIds: new Set(),
  quantities: new Map(),
  amountE4: left.totalE4,
})

/** The choice as a procedure takes it; null while it chooses nothing. */
export const scopeOf = ({ kind, lineIds, quantities, amountE4 }: CreditChoice): CreditScope | null => {
  switch (kind) {
    case 'whole':
      return { kind }
    case 'lines':
      return lineIds.size === 0 ? null : { kind, lineIds: [...lineIds] }
    case 'quantities': {
      const lines = [...quantities]
        .filter(([, quantityE6]) => quantityE6 !== 0n)
        .map(([lineId, quantityE6]) => ({ lineId, quantityE6 }))
      return lines.length === 0 ? null : { kind, lines }
    }
    default:
      return amountE4 === null || amountE4 <= 0n ? null : { kind, amountE4 }
  }
}

/** What stays of a line once the choice is credited, as a quantity. */
export const leftAfter = (line: CreditLeft['lines'][number], choice: CreditChoice): bigint => {
  if (choice.kind === 'whole') return 0n
  if (choice.kind === 'lines') return choice.lineIds.has(line.lineId) ? 0n : line.leftE6
  return line.leftE6 - (choice.quantities.get(line.lineId) ?? 0n)
}
