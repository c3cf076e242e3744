import { AppError, notFound } from '../../../shared/errors.ts'
import { newestCheckpoint } from '../../record/retention/checkpoint.ts'
import { forecast } from '../../record/retention/forecast.ts'
import { retentions, writeRetention } from '../../record/retention/setting.ts'
import type { Db, Handlers, Trx } from '../../rpc/context.ts'
import { note } from '../users/note.ts'

const ofBusiness = async (db: Db | Trx, organizationId: string, now: string) => {
  const all = await retentions(db, now)
  const own = all.find((it) => it.organizationId === organizationId)
  if (own === undefined) throw notFound('business', organizationId)
  return { own, all }
}

/** How long the record is kept, what goes next, and how far back it reaches now. */
export const retention: Handlers<'audit'>['retention'] = async ({ db, organizationId, clock }) => {
  const now = clock.now()
  const { own, all } = await ofBusiness(db, organizationId, now)
  const { years, legalHold, rule, keptFrom } = own
  const checkpoint = await newestCheckpoint(db)
  return {
    years,
    legalHold,
    minimumYears: rule.years,
    rule: rule.source,
    reachesBackTo: checkpoint?.cut.at ?? null,
    last:
      checkpoint === null
        ? null
        : { at: checkpoint.madeAt, entries: checkpoint.cut.entries, changes: checkpoint.cut.changes },
    keptLonger: all.some(
      (other) =>
        other.organizationId !== organizationId &&
        (other.legalHold || other.keptFrom === null || (keptFrom !== null && other.keptFrom < keptFrom)),
    ),
    ...(await forecast(db, own, now)),
  }
}

/** Sets how long the record is kept; never shorter than the law of the country asks. */
export const setRetention: Handlers<'audit'>['setRetention'] = async (context, { years, legalHold }) => {
  const { trx, organizationId, now, ids } = context
  const { rule } = (await ofBusiness(trx, organizationId, now)).own
  if (years !== null && years < rule.years) {
    throw new AppError('VALIDATION', `The law asks for at least ${rule.years} years here (${rule.source}).`, {
      fields: { years: `At least ${rule.years} years.` },
    })
  }
  await writeRetention(trx, { organizationId, now, id: ids.next() }, { years, legalHold })
  await note(context, 'settings-changed', { record: years === null ? 'for ever' : `${years} years`, legalHold })
  return { years, legalHold }
}
