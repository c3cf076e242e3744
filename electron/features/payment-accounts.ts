import { compact } from '../../shared/documents/bank-ids.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { getRow, restoreRow, updateRow } from '../rpc/rows.ts'

const ofCurrency = ({ trx, organizationId }: CommandContext, currency: string | null) => {
  const rows = trx
    .selectFrom('paymentAccounts')
    .select(['id', 'isDefault', 'version'])
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
  return currency === null ? rows.where('currency', 'is', null) : rows.where('currency', '=', currency)
}

const dropDefault = async (context: CommandContext, currency: string | null, except: string | null) => {
  const rows = await ofCurrency(context, currency).where('isDefault', '=', 1).execute()
  for (const { id, version } of rows) {
    if (id !== except) await updateRow(context, 'paymentAccounts', { id, version }, { isDefault: 0 })
  }
}

type Ways = Readonly<Record<'iban' | 'qrIban' | 'accountNumber' | 'upiId' | 'linkTemplate', string | null>>

const assertWay = ({ iban, qrIban, accountNumber, upiId, linkTemplate }: Ways) => {
  if ((iban ?? qrIban ?? accountNumber ?? upiId ?? linkTemplate) !== null) return
  const message = 'Enter at least one way to pay: an IBAN, an account number, a UPI id or a payment link.'
  throw new AppError('VALIDATION', message, { fields: { iban: message } })
}

const cleaned = <T extends Partial<Record<'iban' | 'qrIban' | 'bic', string | null | undefined>>>(values: T): T => {
  const copy = { ...values }
  for (const key of ['iban', 'qrIban', 'bic'] as const) {
    const text = copy[key]
    if (typeof text === 'string') copy[key] = compact(text)
  }
  return copy
}

const nextPosition = async ({ trx, organizationId }: CommandContext): Promise<number> => {
  const { last } = await trx
    .selectFrom('paymentAccounts')
    .select(({ fn }) => fn.max('position').as('last'))
    .where('organizationId', '=', organizationId)
    .executeTakeFirstOrThrow()
  return (last ?? -1) + 1
}

/** Where clients pay to. */
export const paymentAccounts: Handlers<'paymentAccounts'> = {
  list: async ({ db, organizationId }) => {
    const rows = await db
      .selectFrom('paymentAccounts')
      .selectAll()
      .where('organizationId', '=', organizationId)
      .where('deletedAt', 'is', null)
      .orderBy('position')
      .orderBy('id')
      .execute()
    return rows.map((row) => ({ ...row, isDefault: row.isDefault === 1 }))
  },

  create: async (context, { isDefault, ...values }) => {
    assertWay(values)
    const others = await ofCurrency(context, values.currency).execute()
    const first = others.every((row) => row.isDefault === 0)
    if (isDefault) await dropDefault(context, values.currency, null)
    const row = context.newRow()
    await context.trx
      .insertInto('paymentAccounts')
      .values({
        ...row,
        ...cleaned(values),
        isDefault: isDefault || first ? 1 : 0,
        position: await nextPosition(context),
      })
      .execute()
    return { id: row.id, version: 1 }
  },

  update: async (context, { id, version, isDefault, ...values }) => {
    const before = await getRow(context.trx, 'paymentAccounts', context.organizationId, id, 'payment account')
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
    assertWay({ ...before, ...given })
    const currency = values.currency === undefined ? before.currency : values.currency
    const takesOver = isDefault === true || before.isDefault === 1
    if (takesOver) await dropDefault(context, currency, id)
    return await updateRow(
      context,
      'paymentAccounts',
      { id, version },
      { ...cleaned(values), ...(takesOver ? { isDefault: 1 } : {}) },
    )
  },

  delete: async (context, { id, version }) => {
    await getRow(context.trx, 'paymentAccounts', context.organizationId, id, 'payment account')
    return await updateRow(context, 'paymentAccounts', { id, version }, { deletedAt: context.now, isDefault: 0 })
  },

  restore: async (context, { id }) => {
    const restored = await restoreRow(context, 'paymentAccounts', id)
    const row = await getRow(context.trx, 'paymentAccounts', context.organizationId, id, 'payment account')
    const others = await ofCurrency(context, row.currency).execute()
    if (others.some((other) => other.isDefault === 1)) return restored
    return await updateRow(context, 'paymentAccounts', restored, { isDefault: 1 })
  },
}
