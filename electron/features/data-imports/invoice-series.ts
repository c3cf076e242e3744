import { counterPeriod } from '../../../shared/documents/numbering.ts'
import type { CommandContext } from '../../rpc/context.ts'
import type { TakenNumber } from '../numbering.ts'

const code = 'IMPORT'
// Nobody is numbered by it: the numbers are those of the file, and it says how many there are.
const pattern = `${code}-{0000}`
const period = counterPeriod(pattern, '2026-01-01', '01-01')

export type ImportSeries = {
  /** Counts a document of the past under the number that it has. */
  readonly take: (number: string) => TakenNumber
  /** Keeps how far the series came. */
  readonly close: () => Promise<void>
}

/** Opens a number series for one import, so that its numbers stand apart from those given here. */
export const openImportSeries = async (
  context: CommandContext,
  documentKind: 'invoice' | 'credit-note',
): Promise<ImportSeries> => {
  const { trx, organizationId } = context
  const { count } = await trx
    .selectFrom('numberSeries')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('organizationId', '=', organizationId)
    .where('documentKind', '=', documentKind)
    .where('code', 'like', `${code}%`)
    .executeTakeFirstOrThrow()
  const row = context.newRow()
  await trx
    .insertInto('numberSeries')
    .values({
      ...row,
      branchId: null,
      deviceId: context.deviceId,
      documentKind,
      code: count === 0 ? code : `${code}-${count + 1}`,
      pattern,
      isDefault: 0,
    })
    .execute()
  let counter = 0
  return {
    take: (number) => {
      counter += 1
      return { seriesId: row.id, number, counter, period }
    },
    close: async () => {
      await trx
        .insertInto('numberCounters')
        .values({ ...context.newRow(), seriesId: row.id, period, lastValue: counter })
        .execute()
    },
  }
}
