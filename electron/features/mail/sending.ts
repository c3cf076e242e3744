import { toJson } from '../../../db/json.ts'
import type { contract, Input } from '../../../shared/contract/index.ts'
import type { MessageKind } from '../../../shared/contract/mail.ts'
import { AppError } from '../../../shared/errors.ts'
import { standIn, wordFor } from '../../documents/tables.ts'
import { checkAddress } from '../../mail/address.ts'
import type { CommandContext, Handlers } from '../../rpc/context.ts'
import { getRow, updateRow } from '../../rpc/rows.ts'
import { findAccount } from './account.ts'
import { noAccount } from './compose.ts'
import { documentObstacle } from './documents.ts'
import { addressesOf, type OutboxMessage } from './outbox.ts'

type SendInput = Input<(typeof contract)['mail']['send']>

/** The kind of job that delivers a message. */
export const sendJob = 'mail.send'

const assertAddresses = (field: 'to' | 'cc', addresses: readonly string[]) => {
  for (const [index, address] of addresses.entries()) {
    const checked = checkAddress(address)
    if (!('problem' in checked)) continue
    const text = `The address ${address} ${checked.problem}.`
    throw new AppError('VALIDATION', text, { fields: { [`${field}.${index}`]: text } })
  }
}

// Made here and kept over every attempt: a repeat is then recognised by the recipient's server.
const messageIdOf = (id: string, fromAddress: string) => {
  const checked = checkAddress(fromAddress)
  if ('problem' in checked) {
    throw new AppError(
      'INVALID_STATE',
      `Your own address ${fromAddress} ${checked.problem}. Correct it in the settings.`,
    )
  }
  return `<${id}@${checked.ascii.slice(checked.ascii.lastIndexOf('@') + 1)}>`
}

/** Writes a line of the timeline of what a message is about. */
export const recordMessage = (
  context: CommandContext,
  message: Pick<OutboxMessage, 'id' | 'entity' | 'entityId' | 'clientId' | 'subject' | 'toAddresses'>,
  kind: 'mail.queued' | 'mail.accepted' | 'mail.failed' | 'mail.bounced' | 'mail.cancelled',
  detail: string | null = null,
): Promise<void> =>
  context.record({
    kind,
    entity: message.entity,
    entityId: message.entityId,
    clientId: message.clientId,
    data: { messageId: message.id, to: addressesOf(message.toAddresses).join(', '), subject: message.subject, detail },
  })

type Message = {
  readonly kind: MessageKind
  readonly entity: string
  readonly entityId: string
  readonly clientId: string | null
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly subject: string
  readonly body: string
  /** Not before this instant; null for at once. */
  readonly sendAt?: string | null
  /** Kept files that it brings besides its document. */
  readonly attachments?: readonly { readonly fileName: string; readonly sha256: string; readonly mediaType: string }[]
}

/** Puts a message into the outbox, for now or a later time; AppError says which address or setting is wrong. */
export const queueMessage = async (
  context: CommandContext,
  message: Message,
): Promise<{ id: string; version: number }> => {
  const { trx, organizationId, now } = context
  const account = await findAccount(trx, organizationId)
  if (account === undefined) throw new AppError('INVALID_STATE', noAccount)
  const { to, cc, attachments = [], sendAt = null, ...values } = message
  assertAddresses('to', to)
  assertAddresses('cc', cc)
  const row = context.newRow()
  const isLater = sendAt !== null && sendAt > now
  const runAt = isLater ? sendAt : now
  const queued = {
    ...row,
    ...values,
    messageId: messageIdOf(row.id, account.fromAddress),
    toAddresses: toJson(to),
    ccAddresses: toJson(cc),
    attachments: toJson(attachments),
    sendAt: isLater ? sendAt : null,
    nextAttemptAt: runAt,
    lastError: null,
    acceptedAt: null,
    serverResponse: null,
    seenAt: null,
    seenHow: null,
  }
  await trx.insertInto('outboxMessages').values(queued).execute()
  await recordMessage(context, queued, 'mail.queued')
  await context.enqueue({ kind: sendJob, subjectId: row.id, runAt })
  return { id: row.id, version: 1 }
}

/** Queues a message for an issued document; it counts as sent only when a server has accepted it. */
export const send = async (
  context: CommandContext,
  { entity, entityId, to, cc, subject, body, sendAt }: SendInput,
): Promise<{ id: string; version: number }> => {
  const document = await getRow(context.trx, standIn(entity).head, context.organizationId, entityId, wordFor(entity))
  const obstacle = documentObstacle(entity, document)
  if (obstacle !== null) throw new AppError('INVALID_STATE', obstacle)
  const { clientId } = document
  return await queueMessage(context, { kind: entity, entity, entityId, clientId, to, cc, subject, body, sendAt })
}

const getMessage = (context: CommandContext, id: string) =>
  getRow(context.trx, 'outboxMessages', context.organizationId, id, 'message')

const stateWords: Readonly<Record<OutboxMessage['state'], string>> = {
  queued: 'waits to be sent',
  sending: 'is being sent right now',
  accepted: 'was accepted by the mail server',
  failed: 'failed',
  bounced: 'came back',
  cancelled: 'was cancelled',
}

const refuse = (message: OutboxMessage, only: string): never => {
  throw new AppError('INVALID_STATE', `This message ${stateWords[message.state]}. ${only}`)
}

/** Tries a waiting or failed message now; the job that waits for its time is brought forward. */
export const retry: Handlers<'mail'>['retry'] = async (context, { id, version }) => {
  const message = await getMessage(context, id)
  if (message.state !== 'queued' && message.state !== 'failed')
    refuse(message, 'Only a waiting or failed one is tried again.')
  const updated = await updateRow(
    context,
    'outboxMessages',
    { id, version },
    {
      state: 'queued',
      nextAttemptAt: context.now,
      // Tried by hand, it gets its full number of attempts again.
      ...(message.state === 'failed' ? { attempts: 0 } : {}),
    },
  )
  await context.trx
    .updateTable('jobs')
    .set({ runAt: context.now, updatedAt: context.now })
    .where('kind', '=', sendJob)
    .where('subjectId', '=', id)
    .where('state', '=', 'queued')
    .execute()
  await context.enqueue({ kind: sendJob, subjectId: id })
  return updated
}

/** Takes a message out before it goes. */
export const cancel: Handlers<'mail'>['cancel'] = async (context, { id, version }) => {
  const message = await getMessage(context, id)
  if (message.state !== 'queued' && message.state !== 'failed')
    refuse(message, 'Only a waiting or failed one can be cancelled.')
  const updated = await updateRow(
    context,
    'outboxMessages',
    { id, version },
    { state: 'cancelled', nextAttemptAt: null, lastError: null },
  )
  await context.trx
    .updateTable('jobs')
    .set({ state: 'cancelled', finishedAt: context.now, updatedAt: context.now })
    .where('kind', '=', sendJob)
    .where('subjectId', '=', id)
    .where('state', '=', 'queued')
    .execute()
  await recordMessage(context, message, 'mail.cancelled')
  return updated
}

/** Records that an accepted message came back. */
export const markBounced: Handlers<'mail'>['markBounced'] = async (context, { id, version, reason }) => {
  const message = await getMessage(context, id)
  if (message.state !== 'accepted') refuse(message, 'Only an accepted one can come back.')
  const detail = reason ?? 'It came back; no reason was noted.'
  const updated = await updateRow(context, 'outboxMessages', { id, version }, { state: 'bounced', lastError: detail })
  await context.trx
    .insertInto('mailLog')
    .values({ ...context.newRow(), outboxMessageId: id, outcome: 'bounced', code: null, detail, server: null })
    .execute()
  await recordMessage(context, message, 'mail.bounced', detail)
  return updated
}

/** Records that an accepted message arrived, and how that is known; null takes it back. */
export const markSeen: Handlers<'mail'>['markSeen'] = async (context, { id, version, how }) => {
  const message = await getMessage(context, id)
  if (message.state !== 'accepted') refuse(message, 'Only an accepted one can have arrived.')
  const seen = how === null ? { seenAt: null, seenHow: null } : { seenAt: context.now, seenHow: how }
  return await updateRow(context, 'outboxMessages', { id, version }, seen)
}
