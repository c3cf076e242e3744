import type { DocumentContent } from '../../shared/contract/documents.ts'
import { minorUnitsOf } from '../../shared/money/currencies.ts'
import { registrationOn } from '../../shared/tax/registrations.ts'
import { lastRateOf, sameCurrency } from '../features/exchange-rates.ts'
import { registrationsOf } from '../features/tax-settings/registrations.ts'
import type { Db, Trx } from '../rpc/context.ts'
import { findRow, getRow } from '../rpc/rows.ts'

// A registration that came into force after the setting was last touched decides.
const pricesIncludeTax = async (
  db: Db | Trx,
  organization: { readonly id: string; readonly pricesIncludeTax: number; readonly updatedAt: string },
  today: string,
): Promise<boolean> => {
  const registration = registrationOn(await registrationsOf(db, organization.id), today)
  const isNewer = registration !== null && registration.effectiveOn > organization.updatedAt.slice(0, 10)
  return isNewer ? registration.pricesIncludeTax : organization.pricesIncludeTax === 1
}

/** What a new document begins with, for a client or for none yet, and how it will round. */
export const blankDocument = async (
  db: Db | Trx,
  {
    organizationId,
    today,
    branchId,
  }: { readonly organizationId: string; readonly today: string; readonly branchId: string | null },
  clientId: string | null,
) => {
  const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
  const client = clientId === null ? null : await getRow(db, 'clients', organizationId, clientId, 'client')
  const type =
    client === null || client.clientTypeId === null
      ? undefined
      : await findRow(db, 'clientTypes', organizationId, client.clientTypeId)
  const currency = client?.currency ?? organization.currency
  const rate = currency === organization.currency ? sameCurrency : await lastRateOf(db, organizationId, currency, null)
  const content = {
    clientId,
    branchId,
    currency,
    exchangeRateE10: rate ?? sameCurrency,
    language: client?.language ?? organization.language,
    reference: null,
    orderReference: null,
    buyerReference: null,
    issuedOn: today,
    supplyFrom: null,
    supplyTo: null,
    taxTreatment: 'domestic',
    placeOfSupply: null,
    pricesIncludeTax: await pricesIncludeTax(db, organization, today),
    payableStepE4: null,
    notes: organization.defaultNotes,
    terms: organization.defaultTerms,
    templateId: null,
    roundingAmountE4: null,
    lines: [],
    adjustments: [],
  } satisfies DocumentContent
  return {
    content,
    paymentTermsDays: client?.paymentTermsDays ?? type?.paymentTermsDays ?? organization.paymentTermsDays,
    facts: {
      minorUnits: minorUnitsOf(currency),
      roundingMode: organization.roundingMode,
      roundingScope: organization.roundingScope,
    },
  }
}
