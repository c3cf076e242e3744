import type { Selectable } from 'kysely'
import { readJson, toJson } from '../../db/json.ts'
import type { OrganizationTable } from '../../db/tables/organizations.ts'
import { taxIdsSchema } from '../../shared/contract/fields.ts'
import { bankDetailsSchema } from '../../shared/contract/organizations.ts'
import { AppError } from '../../shared/errors.ts'
import { minorUnitsOf } from '../../shared/money/currencies.ts'
import { LogoError, readLogo } from '../pdf/logo.ts'
import { type CommandContext, type Handlers, withPreparation } from '../rpc/context.ts'
import { getRow, updateRow } from '../rpc/rows.ts'
import { addressColumns, addressOf } from './addresses.ts'
import { checkedAddresses } from './electronic-addresses.ts'
import { mediaTypeOf } from './media-type.ts'
import { assertFiscalYearStart } from './setup/fiscal-year-start.ts'
import { assertTaxIds } from './tax-ids.ts'

const largestLogo = 2 * 1024 * 1024

const organizationOf = (row: Selectable<OrganizationTable>) => ({
  ...row,
  address: addressOf(row),
  taxIds: readJson(taxIdsSchema, row.taxIds),
  isDemo: row.isDemo === 1,
  pricesIncludeTax: row.pricesIncludeTax === 1,
  minorUnits: minorUnitsOf(row.currency),
})

// Every base amount in the books is in this currency: once there are documents it is a fact.
const assertCurrencyFree = async ({ trx, organizationId }: CommandContext) => {
  const [invoice, payment] = await Promise.all([
    trx
      .selectFrom('invoices')
      .select('id')
      .where('organizationId', '=', organizationId)
      .where('issuedAt', 'is not', null)
      .limit(1)
      .executeTakeFirst(),
    trx.selectFrom('payments').select('id').where('organizationId', '=', organizationId).limit(1).executeTakeFirst(),
  ])
  if (invoice === undefined && payment === undefined) return
  const message = 'The books are kept in this currency since the first document. Invoices may be in any other currency.'
  throw new AppError('INVALID_STATE', message, { fields: { currency: message } })
}

// The main branch is the business itself: it moves along, unless it was given a clock of its own.
const moveMainBranch = async (context: CommandContext, from: string, timezone: string) => {
  const main = await context.trx
    .selectFrom('branches')
    .select(['id', 'version'])
    .where('organizationId', '=', context.organizationId)
    .where('isDefault', '=', 1)
    .where('timezone', '=', from)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  if (main !== undefined) await updateRow(context, 'branches', main, { timezone })
}

const checkedLogo = (content: Uint8Array) => {
  if (content.length > largestLogo) {
    throw new AppError('FILE_REFUSED', 'The logo is larger than 2 MB. Make it smaller and choose it again.')
  }
  try {
    return readLogo(content)
  } catch (error) {
    if (error instanceof LogoError) throw new AppError('FILE_REFUSED', error.message)
    throw error
  }
}

/** The business itself: what its documents say of it and how they count. */
export const organizations: Handlers<'organizations'> = {
  get: async ({ db, organizationId }) =>
    organizationOf(await getRow(db, 'organizations', organizationId, organizationId, 'organization')),

  bankDetails: async ({ db, organizationId }) => {
    const { version, bankDetails } = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    return { version, bankDetails: readJson(bankDetailsSchema, bankDetails) }
  },

  update: async (context, { version, address, taxIds, bankDetails, pricesIncludeTax, ...values }) => {
    const { organizationId: id } = context
    const before = await getRow(context.trx, 'organizations', id, id, 'organization')
    if (taxIds !== undefined) {
      assertTaxIds(taxIds, address?.country ?? before.country, readJson(taxIdsSchema, before.taxIds))
    }
    const addresses = checkedAddresses(values, before)
    if (values.fiscalYearStart !== undefined) assertFiscalYearStart(values.fiscalYearStart)
    if (values.currency !== undefined && values.currency !== before.currency) await assertCurrencyFree(context)
    const { country, ...lines } = address === undefined ? { country: null } : addressColumns(address)
    const updated = await updateRow(
      context,
      'organizations',
      { id, version },
      {
        ...values,
        ...addresses,
        ...lines,
        ...(country === null ? {} : { country }),
        ...(taxIds === undefined ? {} : { taxIds: toJson(taxIds) }),
        ...(bankDetails === undefined ? {} : { bankDetails: toJson(bankDetails) }),
        ...(pricesIncludeTax === undefined ? {} : { pricesIncludeTax: pricesIncludeTax ? 1 : 0 }),
      },
    )
    const { timezone } = values
    if (timezone !== undefined && timezone !== before.timezone) await moveMainBranch(context, before.timezone, timezone)
    await context.record({ kind: 'organization.changed', entity: 'organization', entityId: id })
    return updated
  },

  setLogo: withPreparation({
    prepare: async ({ engines }, { logo }) => {
      if (logo === null) return null
      checkedLogo(logo.content)
      return await engines.files.put(logo.content)
    },
    run: async (context, { version, logo }, sha256) => {
      const { organizationId: id } = context
      let logoAttachmentId: string | null = null
      if (logo !== null && sha256 !== null) {
        const row = context.newRow()
        logoAttachmentId = row.id
        await context.trx
          .insertInto('attachments')
          .values({
            ...row,
            sha256,
            size: logo.content.length,
            mediaType: mediaTypeOf(logo.content, logo.fileName),
            fileName: logo.fileName,
            entity: 'organization',
            entityId: id,
          })
          .execute()
      }
      const updated = await updateRow(context, 'organizations', { id, version }, { logoAttachmentId })
      await context.record({ kind: 'organization.changed', entity: 'organization', entityId: id })
      return updated
    },
  }),

  logo: async ({ db, engines, organizationId }) => {
    const { logoAttachmentId } = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    if (logoAttachmentId === null) return null
    const { mediaType, sha256 } = await getRow(db, 'attachments', organizationId, logoAttachmentId, 'logo')
    return { mediaType, content: await engines.files.get(sha256) }
  },
}
