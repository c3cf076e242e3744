import type { contract, Input } from '../../shared/contract/index.ts'
import { todayIn } from '../../shared/dates.ts'
import { AppError } from '../../shared/errors.ts'
import { checkTaxId } from '../../shared/tax/ids/index.ts'
import { regimeOf, regimes } from '../../shared/tax/regimes/index.ts'
import { registrationOfCountry, registrationOn } from '../../shared/tax/registrations.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { deleteRow, getRow, restoreRow, updateRow } from '../rpc/rows.ts'
import { taxIdLabelOf } from './setup/countries.ts'
import { lockedUntilOf } from './tax-settings/locks.ts'
import { registrationsOf } from './tax-settings/registrations.ts'
import { taxTables } from './tax-settings/tables.ts'

type Registration = Input<(typeof contract)['taxSettings']['saveRegistration']>

const refuse = (field: string, message: string): never => {
  throw new AppError('VALIDATION', message, { fields: { [field]: message } })
}

const assertRegistration = (it: Registration, country: string) => {
  const regime = regimes.find((known) => known.id === it.regime) ?? refuse('regime', 'Choose a tax system of the list.')
  if (!regime.schemes.includes(it.scheme)) refuse('scheme', `${regime.name} has no such scheme.`)
  if (it.scheme === 'flat-rate' && it.flatPercentE6 === null) refuse('flatPercentE6', 'Enter the flat percentage.')
  const scheme = regime.idScheme(country)
  if (it.number === null || scheme === null || it.numberKeptReason !== null) return
  const check = checkTaxId(scheme, it.number)
  if (!check.ok) refuse('number', `${check.problem} Example: ${check.example}.`)
}

// What holds from today on is also what new documents begin with.
const applyCurrent = async (context: CommandContext) => {
  const { trx, organizationId, timezone, now } = context
  const current = registrationOn(await registrationsOf(trx, organizationId), todayIn(timezone, now))
  if (current === null) return
  const organization = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
  const pricesIncludeTax = current.pricesIncludeTax ? 1 : 0
  if (organization.pricesIncludeTax !== pricesIncludeTax) {
    await updateRow(
      context,
      'organizations',
      { id: organizationId, version: organization.version },
      { pricesIncludeTax },
    )
  }
  if (current.defaultTaxRateId === null) return
  const before = await trx
    .selectFrom('taxRates')
    .select(['id', 'version'])
    .where('organizationId', '=', organizationId)
    .where('isDefault', '=', 1)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  if (before?.id === current.defaultTaxRateId) return
  const next = await getRow(trx, 'taxRates', organizationId, current.defaultTaxRateId, 'tax rate')
  if (before !== undefined) await updateRow(context, 'taxRates', before, { isDefault: 0 })
  await updateRow(context, 'taxRates', { id: next.id, version: next.version }, { isDefault: 1 })
}

const saveRegistration = async (context: CommandContext, input: Registration) => {
  const { trx, organizationId } = context
  const { id, version, pricesIncludeTax, usesOss, isLarge, ...values } = input
  const organization = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
  assertRegistration(input, organization.country)
  if (values.defaultTaxRateId !== null) {
    const rate = await getRow(trx, 'taxRates', organizationId, values.defaultTaxRateId, 'tax rate')
    if (rate.status === 'archived')
      refuse('defaultTaxRateId', 'This rate is archived. Bring it back or choose another.')
  }
  const same = await trx
    .selectFrom('taxRegistrations')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('effectiveOn', '=', values.effectiveOn)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  if (same !== undefined && same.id !== id)
    refuse('effectiveOn', 'There is an entry of that day already: change that one.')
  const columns = {
    ...values,
    // Under cash accounting tax follows the money (HMRC Notice 731, 2.1): the basis is not a choice.
    basis: values.scheme === 'cash' ? 'payment' : values.basis,
    pricesIncludeTax: pricesIncludeTax ? 1 : 0,
    usesOss: usesOss ? 1 : 0,
    isLarge: isLarge ? 1 : 0,
  }
  const saved = await write(context, id, version, columns)
  await applyCurrent(context)
  await context.record({
    kind: 'tax.registered',
    entity: 'organization',
    entityId: organizationId,
    data: { regime: regimeOf(values.regime).name, effectiveOn: values.effectiveOn },
  })
  return saved
}

type Columns = Omit<Registration, 'id' | 'version' | 'pricesIncludeTax' | 'usesOss' | 'isLarge'> & {
  readonly pricesIncludeTax: number
  readonly usesOss: number
  readonly isLarge: number
}

const write = async (context: CommandContext, id: string | null, version: number | null, columns: Columns) => {
  if (id !== null) return await updateRow(context, 'taxRegistrations', { id, version: version ?? 1 }, columns)
  const row = context.newRow()
  await context.trx
    .insertInto('taxRegistrations')
    .values({ ...row, ...columns })
    .execute()
  return { id: row.id, version: 1 }
}

const setCashRounding = async (
  context: CommandContext,
  { currency, method, stepE4 }: Input<(typeof contract)['taxSettings']['setCashRounding']>,
) => {
  const known = await context.trx
    .selectFrom('cashRoundings')
    .select(['id', 'version'])
    .where('organizationId', '=', context.organizationId)
    .where('currency', '=', currency)
    .where('method', '=', method)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  if (known !== undefined && stepE4 === null) await deleteRow(context, 'cashRoundings', known)
  else if (known !== undefined && stepE4 !== null) await updateRow(context, 'cashRoundings', known, { stepE4 })
  else if (stepE4 !== null) {
    await context.trx
      .insertInto('cashRoundings')
      .values({ ...context.newRow(), currency, method, stepE4 })
      .execute()
  }
  return { currency }
}

const lockPeriod = async (
  context: CommandContext,
  { lockedUntil, reason }: Input<(typeof contract)['taxSettings']['lockPeriod']>,
) => {
  const { trx, organizationId, timezone, now } = context
  if (lockedUntil > todayIn(timezone, now)) refuse('lockedUntil', 'A period can be locked once it is over.')
  const until = await lockedUntilOf(trx, organizationId)
  if (until !== null && lockedUntil <= until) refuse('lockedUntil', `Everything until ${until} is locked already.`)
  const row = context.newRow()
  await trx
    .insertInto('taxLocks')
    .values({ ...row, lockedUntil, reason })
    .execute()
  await context.record({
    kind: 'tax.locked',
    entity: 'organization',
    entityId: organizationId,
    data: { lockedUntil, reason },
  })
  return { id: row.id, version: 1 }
}

/** How the business is taxed, by date: registrations, cash rounding, and the periods that are locked. */
export const taxSettings: Handlers<'taxSettings'> = {
  get: async ({ db, organizationId, timezone, clock }) => {
    const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
    const registrations = await registrationsOf(db, organizationId)
    const locks = await db
      .selectFrom('taxLocks')
      .select(['id', 'version', 'lockedUntil', 'reason', 'createdAt'])
      .where('organizationId', '=', organizationId)
      .where('deletedAt', 'is', null)
      .orderBy('lockedUntil', 'desc')
      .execute()
    const cashRoundings = await db
      .selectFrom('cashRoundings')
      .select(['currency', 'method', 'stepE4'])
      .where('organizationId', '=', organizationId)
      .where('deletedAt', 'is', null)
      .orderBy('currency')
      .orderBy('method')
      .execute()
    const { standardRates } = taxTables()
    return {
      current:
        registrationOn(registrations, todayIn(timezone, clock.now())) ??
        registrationOfCountry(organization.country, organization.pricesIncludeTax === 1),
      registrations,
      locks,
      lockedUntil: locks[0]?.lockedUntil ?? null,
      numberLabel: taxIdLabelOf(organization.country),
      cashRoundings,
      tables: { standardRates: [...standardRates] },
    }
  },
  saveRegistration,
  deleteRegistration: (context, seen) => deleteRow(context, 'taxRegistrations', seen),
  restoreRegistration: (context, { id }) => restoreRow(context, 'taxRegistrations', id),
  setCashRounding,
  lockPeriod,
  unlockPeriod: async (context, { id, version, reason }) => {
    const lock = await getRow(context.trx, 'taxLocks', context.organizationId, id, 'lock')
    const unlocked = await deleteRow(context, 'taxLocks', { id, version })
    await context.record({
      kind: 'tax.unlocked',
      entity: 'organization',
      entityId: context.organizationId,
      data: { lockedUntil: lock.lockedUntil, reason },
    })
    return unlocked
  },
}
