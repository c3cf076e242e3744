import { toJson } from '../../../db/json.ts'
import type { TaxId } from '../../../shared/contract/fields.ts'
import type { contract, Input } from '../../../shared/contract/index.ts'
import { todayIn } from '../../../shared/dates.ts'
import { AppError } from '../../../shared/errors.ts'
import { checkLabelledId } from '../../../shared/tax/ids/index.ts'
import { assertMayMakeBusiness, keepFirstBusiness } from '../../people/workstation.ts'
import { everywhere } from '../../rpc/at-branch.ts'
import { commandContext } from '../../rpc/command-context.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { scanJob } from '../notifications/scan.ts'
import { reminderJob } from '../reminders/job.ts'
import { type Country, countryOf, taxRatesOf, untaxedRateOf } from './countries.ts'
import { defaultKinds, defaultSeriesOf } from './default-series.ts'
import { assertFiscalYearStart } from './fiscal-year-start.ts'
import { ensureOwner } from './owner.ts'

type CreateInput = Input<(typeof contract)['setup']['createOrganization']>

// The caller has no organization yet: the rows of the new one name it themselves.
/** The same command, writing into an organization that it has just made. */
export const within = (context: CommandContext, organizationId: string): CommandContext =>
  commandContext({
    trx: context.trx,
    caller: {
      userId: context.userId,
      deviceId: context.deviceId,
      organizationId,
      ...everywhere,
      timezone: context.timezone,
    },
    now: context.now,
    commandSeq: context.commandSeq,
    ids: context.ids,
    engines: context.engines,
    // Nothing here leaves work behind.
    onWork: () => undefined,
  })

const taxIdsOf = ({ taxId, taxIdKeptReason }: CreateInput, country: Country): TaxId[] => {
  if (taxId === null) return []
  const label = country.taxIdLabels[0] ?? country.taxName
  const check = checkLabelledId(label, country.code, taxId)
  if (check.ok) return [{ label, value: taxId }]
  if (taxIdKeptReason !== null) return [{ label, value: taxId, keptReason: taxIdKeptReason }]
  const message = `${check.problem} Example: ${check.example}.`
  throw new AppError('VALIDATION', message, { fields: { taxId: message } })
}

const insertOrganization = async (context: CommandContext, input: CreateInput, country: Country) => {
  const { legalName, kind, email, address, chargesTax } = input
  const { id, ...row } = context.newRow()
  await context.trx
    .insertInto('organizations')
    .values({
      ...row,
      id,
      organizationId: id,
      isDemo: input.isDemo ? 1 : 0,
      legalName,
      tradeName: null,
      kind,
      addressLine1: address.line1 ?? null,
      addressLine2: null,
      city: address.city ?? null,
      region: null,
      postalCode: address.postalCode ?? null,
      country: country.code,
      email,
      phone: null,
      website: null,
      taxIds: toJson(taxIdsOf(input, country)),
      currency: input.currency ?? country.currency,
      language: input.language ?? country.language,
      timezone: input.timezone ?? country.timezone,
      fiscalYearStart: input.fiscalYearStart ?? country.fiscalYearStart,
      roundingMode: country.roundingMode,
      roundingScope: country.roundingScope,
      paymentTermsDays: country.paymentTermsDays,
      pageSize: country.pageSize,
      defaultNotes: null,
      defaultTerms: null,
      legalText: chargesTax ? country.legalText : country.exemptText,
      footer: null,
      logoAttachmentId: null,
    })
    .execute()
  return id
}

const insertParts = async (context: CommandContext, input: CreateInput, country: Country, userId: string) => {
  const { trx, organizationId } = context
  const organization = await trx
    .selectFrom('organizations')
    .select(['timezone', 'addressLine1', 'city', 'postalCode', 'country'])
    .where('id', '=', organizationId)
    .executeTakeFirstOrThrow()
  const branch = context.newRow()
  await trx
    .insertInto('memberships')
    .values({ ...context.newRow(), userId, role: 'owner' })
    .execute()
  await trx
    .insertInto('branches')
    .values({
      ...branch,
      ...organization,
      code: 'MAIN',
      name: 'Main',
      isDefault: 1,
      addressLine2: null,
      region: null,
    })
    .execute()
  const rates = input.chargesTax
    ? taxRatesOf(country, todayIn(country.timezone, context.now))
    : [untaxedRateOf(country)]
  for (const [position, { isDefault, ...rate }] of rates.entries()) {
    await trx
      .insertInto('taxRates')
      .values({
        ...context.newRow(),
        ...rate,
        position,
        isDefault: isDefault ? 1 : 0,
        place: null,
        effectiveFrom: null,
        effectiveTo: null,
      })
      .execute()
  }
  const series = defaultKinds.flatMap((kind) => defaultSeriesOf(kind, country.code) ?? [])
  for (const one of series) {
    await trx
      .insertInto('numberSeries')
      .values({ ...context.newRow(), ...one, branchId: null, deviceId: null, isDefault: 1 })
      .execute()
  }
}

/** Makes a business with everything that its first invoice needs, in one transaction; the country decides the rest. */
export const createOrganization = async (context: CommandContext, input: CreateInput): Promise<{ id: string }> => {
  await assertMayMakeBusiness(context.trx, context.userId)
  await keepFirstBusiness(context)
  const country = countryOf(input.country)
  if (input.fiscalYearStart !== null) assertFiscalYearStart(input.fiscalYearStart)
  const userId = await ensureOwner(context, input)
  const id = await insertOrganization(context, input, country)
  const inside = within(context, id)
  await insertParts(inside, input, country, userId)
  await inside.enqueue({ kind: scanJob, subjectId: id })
  await inside.enqueue({ kind: reminderJob, subjectId: id })
  await inside.record({
    kind: 'organization.created',
    entity: 'organization',
    entityId: id,
    data: { name: input.legalName },
  })
  return { id }
}
