import { todayIn } from '../../shared/dates.ts'
import { assertMayMakeBusiness, ownsWorkstation } from '../people/workstation.ts'
import { type Handlers, withPreparation } from '../rpc/context.ts'
import { scanJob } from './notifications/scan.ts'
import { runSoon } from './run-soon.ts'
import { countries, taxRatesOf } from './setup/countries.ts'
import { createOrganization, within } from './setup/create-organization.ts'
import { placeDays } from './setup/place-days.ts'
import { removeDemo } from './setup/remove-demo.ts'
import { takeKeys } from './users/shut-out.ts'

/** First run and switching: what there is before an organization is chosen. */
export const setup: Handlers<'setup'> = {
  state: async ({ db, clock, userId, engines }) => {
    const organizations = await db
      .selectFrom('organizations as o')
      // Businesses of others in the same file are nobody's business.
      .innerJoin('memberships as m', (join) =>
        join.onRef('m.organizationId', '=', 'o.id').on('m.userId', '=', userId).on('m.deletedAt', 'is', null),
      )
      .select(['o.id', 'o.legalName', 'o.tradeName', 'o.currency', 'o.language', 'o.timezone', 'o.isDemo'])
      .select(['o.id as organizationId', 'm.role', 'm.branchIds'])
      .where('o.deletedAt', 'is', null)
      .orderBy('o.isDemo')
      .orderBy('o.createdAt')
      .orderBy('o.id')
      .execute()
    const user =
      userId === null
        ? undefined
        : await db.selectFrom('users').select('name').where('id', '=', userId).executeTakeFirst()
    const now = clock.now()
    const today = todayIn(organizations[0]?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone, now)
    const days = await placeDays(db, organizations, now)
    return {
      organizations: organizations.map(({ id, legalName, tradeName, currency, language, isDemo }) => ({
        id,
        name: tradeName ?? legalName,
        currency,
        language,
        isDemo: isDemo === 1,
        ...(days.get(id) ?? { today, days: {} }),
      })),
      userId,
      userName: user?.name ?? null,
      ownsWorkstation: await ownsWorkstation(db, userId),
      deviceName: engines.workspace.deviceName,
      appVersion: engines.workspace.version,
      directory: engines.workspace.directory,
      today,
    }
  },

  countries: ({ clock }) =>
    Promise.resolve(
      [...countries().values()].map((country) => ({
        code: country.code,
        name: country.name,
        currency: country.currency,
        language: country.language,
        timezone: country.timezone,
        fiscalYearStart: country.fiscalYearStart,
        taxName: country.taxName,
        taxIdLabels: country.taxIdLabels,
        numberPattern: country.numberPattern,
        taxRates: taxRatesOf(country, todayIn(country.timezone, clock.now())).map((rate) => rate.name),
      })),
    ),

  createOrganization,

  loadDemo: withPreparation({
    prepare: async ({ db, userId, engines }) => {
      await assertMayMakeBusiness(db, userId)
      const known = await db
        .selectFrom('organizations')
        .select('id')
        .where('isDemo', '=', 1)
        .where('deletedAt', 'is', null)
        .executeTakeFirst()
      return known?.id ?? (await engines.workspace.demo.load())
    },
    run: async (context, _input, id) => {
      // The first look was at a business without documents.
      await runSoon(within(context, id), scanJob, id)
      return { id }
    },
  }),

  removeDemo: withPreparation({
    prepare: () => Promise.resolve({ shutOut: [] as string[] }),
    run: async (context, _input, { shutOut }) => {
      await assertMayMakeBusiness(context.trx, context.userId)
      const done = await removeDemo(context)
      shutOut.push(...done.shutOut)
      return { removed: done.removed }
    },
    settle: (context, { shutOut }) => takeKeys(context, shutOut),
  }),
}
