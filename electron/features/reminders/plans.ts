import { sql } from 'kysely'
import type { ReminderPlanInput } from '../../../shared/contract/reminders.ts'
import type { ReminderStep } from '../../../shared/documents/reminders.ts'
import type { CommandContext, Db, Handlers, Trx } from '../../rpc/context.ts'
import { deleteRow, getRow, restoreRow, updateRow } from '../../rpc/rows.ts'
import { runSoon } from '../run-soon.ts'
import { reminderJob } from './job.ts'

export type Plan = {
  readonly id: string
  readonly name: string
  readonly isAutomatic: boolean
  readonly leastOpenE4: ReminderPlanInput['leastOpenE4']
  readonly steps: readonly ReminderStep[]
}

const stepsOf = (db: Db | Trx, planId: string) =>
  db
    .selectFrom('reminderSteps')
    .select(['id', 'days', 'tone', 'feePercentE6', 'feeAmountE4'])
    .where('planId', '=', planId)
    .where('deletedAt', 'is', null)
    .orderBy('days')
    .execute()

/** The plan of a client: its own, or the default one; null where there is none. */
export const planOf = async (db: Db | Trx, organizationId: string, clientId: string | null): Promise<Plan | null> => {
  const plans = db
    .selectFrom('reminderPlans')
    .select(['id', 'name', 'isAutomatic', 'leastOpenE4'])
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
  const own =
    clientId === null
      ? undefined
      : await plans
          .where('id', '=', db.selectFrom('clients').select('reminderPlanId').where('id', '=', clientId))
          .executeTakeFirst()
  const plan = own ?? (await plans.where('isDefault', '=', 1).executeTakeFirst())
  if (plan === undefined) return null
  return { ...plan, isAutomatic: plan.isAutomatic === 1, steps: await stepsOf(db, plan.id) }
}

export type PlanInUse = Plan & { readonly isDefault: boolean }

/** The plans that can remind of anything: the default one, and those that clients have of their own. */
export const plansInUse = async (db: Db, organizationId: string): Promise<PlanInUse[]> => {
  const plans = await db
    .selectFrom('reminderPlans')
    .select(['id', 'name', 'isAutomatic', 'isDefault', 'leastOpenE4'])
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .execute()
  const known: PlanInUse[] = []
  for (const plan of plans) {
    const steps = await stepsOf(db, plan.id)
    if (steps.length === 0) continue
    known.push({ ...plan, isAutomatic: plan.isAutomatic === 1, isDefault: plan.isDefault === 1, steps })
  }
  return known
}

/** Every reminder plan with its steps. */
export const listPlans: Handlers<'reminders'>['plans'] = async ({ db, organizationId }) => {
  const plans = await db
    .selectFrom('reminderPlans as p')
    .selectAll('p')
    .select(
      sql<number>`(SELECT count(*) FROM clients c WHERE c.reminder_plan_id = p.id AND c.deleted_at IS NULL)`.as(
        'clientCount',
      ),
    )
    .where('p.organizationId', '=', organizationId)
    .where('p.deletedAt', 'is', null)
    .orderBy('p.name')
    .execute()
  return await Promise.all(
    plans.map(async (plan) => ({
      ...plan,
      isDefault: plan.isDefault === 1,
      isAutomatic: plan.isAutomatic === 1,
      steps: await stepsOf(db, plan.id),
    })),
  )
}

const onlyDefault = async ({ trx, organizationId, now }: CommandContext, id: string) => {
  await trx
    .updateTable('reminderPlans')
    .set((row) => ({ isDefault: 0, updatedAt: now, version: row('version', '+', 1) }))
    .where('organizationId', '=', organizationId)
    .where('isDefault', '=', 1)
    .where('id', '!=', id)
    .execute()
}

const saveSteps = async (context: CommandContext, planId: string, steps: ReminderPlanInput['steps']) => {
  const { trx, now } = context
  const kept = await trx.selectFrom('reminderSteps').select(['id', 'version']).where('planId', '=', planId).execute()
  const known = new Map(kept.map((row) => [row.id, row.version]))
  const sorted = [...steps].sort((a, b) => a.days - b.days)
  for (const [position, { id, feePercentE6, feeAmountE4, ...rest }] of sorted.entries()) {
    const step = { ...rest, feePercentE6: feePercentE6 || null, feeAmountE4: feeAmountE4 || null }
    const version = known.get(id)
    known.delete(id)
    if (version === undefined) {
      await trx
        .insertInto('reminderSteps')
        .values({ ...context.newRow(), ...step, id, planId, position })
        .execute()
    } else {
      await trx
        .updateTable('reminderSteps')
        .set({ ...step, position, deletedAt: null, updatedAt: now, version: version + 1 })
        .where('id', '=', id)
        .execute()
    }
  }
  // What is left had its turn for some invoices: it stays for their history.
  for (const [id, version] of known) {
    await trx
      .updateTable('reminderSteps')
      .set({ deletedAt: now, updatedAt: now, version: version + 1 })
      .where('id', '=', id)
      .where('deletedAt', 'is', null)
      .execute()
  }
}

/** Makes a plan or changes one; the first is the default. */
export const savePlan: Handlers<'reminders'>['savePlan'] = async (context, { id, version, values }) => {
  const { trx, organizationId } = context
  const { steps, isDefault, isAutomatic, ...rest } = values
  const others = await trx
    .selectFrom('reminderPlans')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('isDefault', '=', 1)
    .where('deletedAt', 'is', null)
    .where('id', '!=', id)
    .executeTakeFirst()
  const columns = { ...rest, isAutomatic: isAutomatic ? 1 : 0, isDefault: isDefault || others === undefined ? 1 : 0 }
  if (columns.isDefault === 1) await onlyDefault(context, id)
  if (version === null) {
    await trx
      .insertInto('reminderPlans')
      .values({ ...context.newRow(), ...columns, id })
      .execute()
  }
  const saved =
    version === null ? { id, version: 1 } : await updateRow(context, 'reminderPlans', { id, version }, columns)
  await saveSteps(context, id, steps)
  if (isAutomatic) await runSoon(context, reminderJob, organizationId)
  return saved
}

/** Removes a plan; its clients take the default one. */
export const deletePlan: Handlers<'reminders'>['deletePlan'] = async (context, { id, version }) => {
  const { trx, organizationId, now } = context
  await getRow(trx, 'reminderPlans', organizationId, id, 'reminder plan')
  const had = await trx
    .updateTable('clients')
    .set((row) => ({ reminderPlanId: null, updatedAt: now, version: row('version', '+', 1) }))
    .where('reminderPlanId', '=', id)
    .returning('id')
    .execute()
  const deleted = await deleteRow(context, 'reminderPlans', { id, version })
  return { ...deleted, clientIds: had.map((client) => client.id) }
}

/** Takes back a removal: the plan with its steps, whose history still holds, and the clients that had it. */
export const restorePlan: Handlers<'reminders'>['restorePlan'] = async (context, { id, clientIds }) => {
  const { trx, organizationId, now } = context
  const other = await trx
    .selectFrom('reminderPlans')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('isDefault', '=', 1)
    .where('deletedAt', 'is', null)
    .where('id', '!=', id)
    .executeTakeFirst()
  // One that became the default meanwhile stays it.
  if (other !== undefined) await trx.updateTable('reminderPlans').set({ isDefault: 0 }).where('id', '=', id).execute()
  const restored = await restoreRow(context, 'reminderPlans', id)
  for (const clientId of clientIds) {
    await trx
      .updateTable('clients')
      .set((row) => ({ reminderPlanId: id, updatedAt: now, version: row('version', '+', 1) }))
      .where('id', '=', clientId)
      .where('organizationId', '=', organizationId)
      .where('reminderPlanId', 'is', null)
      .execute()
  }
  return restored
}
