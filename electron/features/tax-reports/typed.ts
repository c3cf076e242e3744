import type { contract, Input } from '../../../shared/contract/index.ts'
import { AppError } from '../../../shared/errors.ts'
import { regimeOf } from '../../../shared/tax/regimes/index.ts'
import type { Regime } from '../../../shared/tax/regimes/regime.ts'
import { type RegistrationFields, regimeSettingsOf } from '../../../shared/tax/registrations.ts'
import type { CommandContext, Db, Trx } from '../../rpc/context.ts'
import { deleteRow, getRow, updateRow } from '../../rpc/rows.ts'
import { tooFine } from '../minor-units.ts'
import { lockedUntilOf } from '../tax-settings/locks.ts'
import { registrationInForce } from '../tax-settings/registrations.ts'

type SetInput = Input<(typeof contract)['taxReports']['setFigure']>
type Place = { readonly organizationId: string; readonly regime: string; readonly from: string; readonly to: string }

const figuresAt = (db: Db | Trx, { organizationId, regime, from, to }: Place) =>
  db
    .selectFrom('taxReturnFigures')
    .select(['id', 'version', 'taxReturn', 'cell', 'amountE4'])
    .where('organizationId', '=', organizationId)
    .where('regime', '=', regime)
    .where('periodFrom', '=', from)
    .where('periodTo', '=', to)
    .where('deletedAt', 'is', null)

/** What was typed into the returns of a regime for exactly this period. */
export const typedFigures = (db: Db, place: Place) =>
  figuresAt(db, place).orderBy('taxReturn').orderBy('cell').execute()

// The cells that a return asks a person for, as `row.column`.
const typedCells = (regime: Regime, registration: RegistrationFields, taxReturn: string): ReadonlySet<string> => {
  const definition = regime.returns.find((it) => it.id === taxReturn)
  const tables = definition?.build({ figures: [], settings: regimeSettingsOf(registration), typed: {} }) ?? []
  return new Set(
    tables.flatMap((table) =>
      table.rows.flatMap((row) =>
        Object.entries(row.cells).flatMap(([column, cell]) => (cell.isTyped ? [`${row.id}.${column}`] : [])),
      ),
    ),
  )
}

const refuse = (field: string, message: string) => new AppError('VALIDATION', message, { fields: { [field]: message } })

/**
 * Keeps what a person types into a return, or takes it away (null). AppError VALIDATION for a cell that nobody types,
 * INVALID_STATE in a locked period: that return is filed. CONFLICT where somebody else typed there meanwhile.
 */
export const setFigure = async (
  context: CommandContext,
  { from, to, taxReturn, cell, amountE4, version }: SetInput,
): Promise<{ id: string | null; version: number }> => {
  const { trx, organizationId } = context
  const organization = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
  const registration = await registrationInForce(trx, organization, to)
  const regime = regimeOf(registration.regime)
  if (!typedCells(regime, registration, taxReturn).has(cell))
    throw refuse('cell', `${regime.name} has no figure to type there. Load the report again.`)
  const fine = amountE4 === null ? null : tooFine(amountE4, organization.currency)
  if (fine !== null) throw refuse('amountE4', fine)
  const until = await lockedUntilOf(trx, organizationId)
  if (until !== null && to <= until)
    throw new AppError(
      'INVALID_STATE',
      `The taxes until ${until} are locked: their return is filed. Unlock them first.`,
    )
  const known = await figuresAt(trx, { organizationId, regime: regime.id, from, to })
    .where('taxReturn', '=', taxReturn)
    .where('cell', '=', cell)
    .executeTakeFirst()
  if (known === undefined && amountE4 === null) return { id: null, version: 0 }
  if (known === undefined && amountE4 !== null) {
    const row = context.newRow()
    await trx
      .insertInto('taxReturnFigures')
      .values({ ...row, regime: regime.id, taxReturn, periodFrom: from, periodTo: to, cell, amountE4 })
      .execute()
    return { id: row.id, version: 1 }
  }
  const seen = { id: known?.id ?? '', version: version ?? 0 }
  if (amountE4 !== null) return await updateRow(context, 'taxReturnFigures', seen, { amountE4 })
  await deleteRow(context, 'taxReturnFigures', seen)
  return { id: null, version: 0 }
}
