import type { Selectable } from 'kysely'
import type { TaxRegistrationTable } from '../../../db/tables/tax-registrations.ts'
import type { TaxRegistration } from '../../../shared/contract/tax-settings.ts'
import { type RegistrationFields, registrationOfCountry, registrationOn } from '../../../shared/tax/registrations.ts'
import type { Db, Trx } from '../../rpc/context.ts'

const registrationOf = (row: Selectable<TaxRegistrationTable>): TaxRegistration => ({
  id: row.id,
  version: row.version,
  effectiveOn: row.effectiveOn,
  regime: row.regime,
  scheme: row.scheme,
  number: row.number,
  numberKeptReason: row.numberKeptReason,
  defaultTaxRateId: row.defaultTaxRateId,
  pricesIncludeTax: row.pricesIncludeTax === 1,
  basis: row.basis,
  filingFrequency: row.filingFrequency,
  periodEndMonth: row.periodEndMonth,
  flatPercentE6: row.flatPercentE6,
  usesOss: row.usesOss === 1,
  lutNumber: row.lutNumber,
  isLarge: row.isLarge === 1,
})

/** Every registration of an organization, newest first. */
export const registrationsOf = async (db: Db | Trx, organizationId: string): Promise<TaxRegistration[]> => {
  const rows = await db
    .selectFrom('taxRegistrations')
    .selectAll()
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .orderBy('effectiveOn', 'desc')
    .execute()
  return rows.map(registrationOf)
}

/** How an organization is taxed on a day: what was entered, or the country's regime. */
export const registrationInForce = async (
  db: Db | Trx,
  organization: { readonly id: string; readonly country: string; readonly pricesIncludeTax: number },
  on: string,
): Promise<RegistrationFields> =>
  registrationOn(await registrationsOf(db, organization.id), on) ??
  registrationOfCountry(organization.country, organization.pricesIncludeTax === 1)
