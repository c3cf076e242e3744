import { notFound } from '../../../shared/errors.ts'
import { assertOwnsWorkstation } from '../../people/workstation.ts'
import { isTakeover } from '../../record/verify-keys.ts'
import type { Handlers } from '../../rpc/context.ts'
import { note } from '../users/note.ts'

/** Puts on record, as a security event, that a key was lost when another took over; the record is one for all businesses. */
export const confirmKeyLoss: Handlers<'audit'>['confirmKeyLoss'] = async (context, { deviceId, seq, publicKey }) => {
  const { trx, userId, now } = context
  await assertOwnsWorkstation(
    trx,
    userId,
    'Only an owner of this workstation, which is an owner of its first business, can confirm that a key was lost. Ask one of them.',
  )
  if (!(await isTakeover(trx, { deviceId, seq, publicKey }))) throw notFound('entry of another key', String(seq))
  await note(context, 'key-loss-confirmed', { device: deviceId, entry: seq, publicKey })
  return { confirmedAt: now }
}
