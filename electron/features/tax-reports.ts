import { regimeOf } from '../../shared/tax/regimes/index.ts'
import { regimeSettingsOf } from '../../shared/tax/registrations.ts'
import type { Handlers } from '../rpc/context.ts'
import { page, readCursor } from '../rpc/pages.ts'
import { getRow } from '../rpc/rows.ts'
import { assertKeys } from './tax-reports/documents.ts'
import { figuresFromTotals, isWholeMonths, withLarge } from './tax-reports/figures.ts'
import { setFigure, typedFigures } from './tax-reports/typed.ts'
import { lockedUntilOf } from './tax-settings/locks.ts'
import { registrationInForce } from './tax-settings/registrations.ts'

const largeOf = ({ regime }: { readonly regime: string }) => ({ large: [...regimeOf(regime).largeInvoices] })

/** What the books say about taxes: by period and basis, down to the documents. */
export const taxReports: Handlers<'taxReports'> = {
  figures: async ({ db, organizationId, engines }, { from, to, basis }) => {
    const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    // A return follows the registration at the end of its period.
    const registration = await registrationInForce(db, organization, to)
    const { large } = largeOf(registration)
    const period = { organizationId, from, to, large }
    const figures =
      basis === 'issue' && isWholeMonths(period)
        ? withLarge(
            await figuresFromTotals(db, period),
            large.length === 0 ? [] : await engines.readings.read('largeTaxFigures', period),
          )
        : await engines.readings.read('taxFigures', { ...period, basis, currency: organization.currency })
    return {
      currency: organization.currency,
      regime: registration.regime,
      settings: regimeSettingsOf(registration),
      figures,
      lockedUntil: await lockedUntilOf(db, organizationId),
      typed: await typedFigures(db, { organizationId, regime: registration.regime, from, to }),
    }
  },

  documents: async ({ db, organizationId, engines }, { from, to, basis, keys, cursor, limit }) => {
    assertKeys(keys)
    const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    const { large } = largeOf(await registrationInForce(db, organization, to))
    const at = cursor === null ? null : readCursor(cursor)
    const after = at === null ? null : { on: String(at.value), id: at.id }
    const rows = await engines.readings.read('taxDocuments', {
      organizationId,
      from,
      to,
      large,
      basis,
      currency: organization.currency,
      keys,
      after,
      limit,
    })
    return page(rows, limit, (row) => ({ value: row.on, id: row.id }))
  },

  setFigure,
}
