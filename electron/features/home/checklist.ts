import type { Selectable } from 'kysely'
import type { OrganizationTable } from '../../../db/tables/organizations.ts'
import type { Db } from '../../rpc/context.ts'

type Step = { readonly key: string; readonly title: string; readonly done: boolean; readonly route: string }

/** What a new business still has to set up; each step is derived from what is there. */
export const checklistOf = async (db: Db, organization: Selectable<OrganizationTable>): Promise<Step[]> => {
  const { id } = organization
  const has = async (table: 'clients' | 'payments' | 'mailAccounts') =>
    (await db
      .selectFrom(table)
      .select('id')
      .where('organizationId', '=', id)
      .where('deletedAt', 'is', null)
      .limit(1)
      .executeTakeFirst()) !== undefined
  const issued = await db
    .selectFrom('invoices')
    .select('id')
    .where('organizationId', '=', id)
    .where('deletedAt', 'is', null)
    .where('state', 'in', ['open', 'paid'])
    .limit(1)
    .executeTakeFirst()
  const details = organization.addressLine1 !== null && organization.city !== null && organization.email !== null
  return [
    { key: 'business', title: 'Complete the details of your business', done: details, route: '/settings/business' },
    { key: 'logo', title: 'Add your logo', done: organization.logoAttachmentId !== null, route: '/settings/documents' },
    { key: 'client', title: 'Add your first client', done: await has('clients'), route: '/clients' },
    { key: 'invoice', title: 'Issue your first invoice', done: issued !== undefined, route: '/invoices/new' },
    { key: 'mail', title: 'Set up your mail account', done: await has('mailAccounts'), route: '/settings/mail' },
    { key: 'payment', title: 'Record your first payment', done: await has('payments'), route: '/payments/new' },
  ]
}
