import { canonicalJson } from '../../db/record/canonical-json.ts'
import type { Db } from '../rpc/handles.ts'

const pageOf = 500

type Event = {
  readonly at: string
  readonly organizationId: string | null
  readonly userId: string | null
  readonly kind: string
}

// As the list of security events: what is this business's, what its people did before they chose one, and wrong codes of
// nobody known.
const isOf = async (db: Db, organizationId: string): Promise<(event: Event) => boolean> => {
  const memberships = await db
    .selectFrom('memberships')
    .select(['userId', 'createdAt', 'deletedAt'])
    .where('organizationId', '=', organizationId)
    .execute()
  return ({ at, organizationId: of, userId, kind }) => {
    if (of !== null) return of === organizationId
    if (userId === null) return kind === 'sign-in-failed' || kind === 'blocked'
    return memberships.some(
      (it) => it.userId === userId && it.createdAt <= at && (it.deletedAt === null || it.deletedAt >= at),
    )
  }
}

// From where the events go on is for whoever checks them: it names a backup, and no business.
const isRestart = ({ kind, organizationId, data }: Event & { readonly data: string }) =>
  kind === 'restored' && organizationId === null && !data.includes('"businessId"')

/**
 * The chain of security events up to one of them as lines of a record; with what they tell where they are of this
 * business.
 */
export const eventLines = async function* (
  db: Db,
  organizationId: string | null,
  last: number,
): AsyncGenerator<string> {
  const isOwn = organizationId === null ? () => false : await isOf(db, organizationId)
  for (let after = 0; ; ) {
    const page = await db
      .selectFrom('securityEvents')
      .selectAll()
      .where('seq', '>', after)
      .where('seq', '<=', last)
      .orderBy('seq')
      .limit(pageOf)
      .execute()
    for (const event of page) {
      const { seq, prevHash: previous, hash, at, organizationId: organization, userId: user, deviceId, kind } = event
      const told =
        isOwn(event) || isRestart(event) ? { at, data: event.data, device: deviceId, kind, organization, user } : null
      yield canonicalJson({ event: { hash, previous, seq, told } })
    }
    if (page.length < pageOf) return
    after = page.at(-1)?.seq ?? after
  }
}
