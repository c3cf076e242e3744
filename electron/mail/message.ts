import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { type CheckedAddress, checkAddress, findControlCharacter, type MailAddress } from './address.ts'
import { MailError } from './mail-error.ts'

export type MailAttachment = {
  readonly fileName: string
  /** Like 'application/pdf'. */
  readonly contentType: string
  readonly content: Uint8Array
}

export type MailMessage = {
  readonly from: MailAddress
  readonly to: readonly MailAddress[]
  readonly cc?: readonly MailAddress[]
  readonly bcc?: readonly MailAddress[]
  readonly replyTo?: MailAddress | null
  readonly subject: string
  readonly text: string
  readonly html?: string | null
  readonly attachments?: readonly MailAttachment[]
  /** `<unique@domain>`, kept over retries so that the recipient's server can tell a repeat. */
  readonly messageId: string
  readonly date: Date
}

export type BuiltMessage = {
  readonly from: string
  /** ASCII address as sent to the server -> address as given; one entry a recipient. */
  readonly recipients: ReadonlyMap<string, string>
  readonly messageId: string
  readonly raw: Buffer
}

const MESSAGE_ID = /^<[!#-;=?A-Z[\]^_`a-z{|}~]{1,200}@[a-zA-Z0-9.-]{1,200}>$/
const CONTENT_TYPE = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+(; ?charset=[a-z0-9-]+)?$/i
const MAX_SUBJECT = 500
const MAX_RECIPIENTS = 500

function invalid(message: string): MailError {
  return new MailError({ code: 'invalid-message', step: 'message', permanent: true, message })
}

function refuseControls(what: string, text: string): void {
  const control = findControlCharacter(text)
  if (control !== null) throw invalid(`${what} contains ${control}, which is not allowed in a mail. Remove it.`)
}

type NodemailerAddress = { name: string; address: string }
type Person = { readonly checked: CheckedAddress; readonly header: NodemailerAddress }

function toPerson(what: string, given: MailAddress): Person {
  const name = given.name ?? ''
  refuseControls(`The name of the ${what}`, name)
  const checked = checkAddress(given.address)
  if ('problem' in checked)
    throw invalid(`The ${what} address ${JSON.stringify(given.address)} ${checked.problem}. Correct it.`)
  return { checked, header: { name: name.trim(), address: checked.ascii } }
}

function collectRecipients(people: readonly Person[]): Map<string, string> {
  const recipients = new Map<string, string>()
  const seen = new Set<string>()
  for (const { checked } of people) {
    const key = checked.ascii.toLowerCase()
    if (seen.has(key)) continue
    seen.add(key)
    recipients.set(checked.ascii, checked.given)
  }
  if (recipients.size === 0) throw invalid('The mail has no recipient. Enter at least one address.')
  if (recipients.size > MAX_RECIPIENTS)
    throw invalid(`The mail has ${recipients.size} recipients; ${MAX_RECIPIENTS} is the most.`)
  return recipients
}

function toAttachment({ fileName, contentType, content }: MailAttachment) {
  refuseControls('The file name of an attachment', fileName)
  if (fileName.trim() === '') throw invalid('An attachment has no file name. Give it one.')
  if (!CONTENT_TYPE.test(contentType) || /^(multipart|message)\//i.test(contentType)) {
    throw invalid(
      `The attachment "${fileName}" has the content type ${JSON.stringify(contentType)}, which cannot be sent.`,
    )
  }
  return {
    // Invoice numbers may carry slashes; a file name must not.
    filename: fileName.replace(/[/\\]/g, '-'),
    contentType,
    contentDisposition: 'attachment',
    contentTransferEncoding: 'base64',
    content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
  }
}

function checkHeaders(message: MailMessage): void {
  refuseControls('The subject', message.subject)
  if (message.subject.length > MAX_SUBJECT)
    throw invalid(`The subject is longer than ${MAX_SUBJECT} characters. Shorten it.`)
  if (!MESSAGE_ID.test(message.messageId))
    throw invalid(`The message id ${JSON.stringify(message.messageId)} is not of the form <name@domain>.`)
  if (Number.isNaN(message.date.getTime())) throw invalid('The date of the mail is not a date.')
}

/** Checks a message and gives its bytes and envelope; the same message gives the same bytes. Throws MailError 'invalid-message'. */
export async function buildMessage(message: MailMessage): Promise<BuiltMessage> {
  checkHeaders(message)
  const from = toPerson('sender', message.from)
  const to = message.to.map((one) => toPerson('recipient', one))
  const cc = (message.cc ?? []).map((one) => toPerson('copy recipient', one))
  const bcc = (message.bcc ?? []).map((one) => toPerson('blind copy recipient', one))
  const replyTo = message.replyTo == null ? null : toPerson('reply-to', message.replyTo)
  const recipients = collectRecipients([...to, ...cc, ...bcc])
  const attachments = (message.attachments ?? []).map(toAttachment)
  const composer = new MailComposer({
    from: from.header,
    to: to.map((one) => one.header),
    cc: cc.map((one) => one.header),
    ...(replyTo === null ? {} : { replyTo: replyTo.header }),
    subject: message.subject,
    text: message.text,
    ...(message.html == null ? {} : { html: message.html }),
    attachments,
    messageId: message.messageId,
    date: message.date,
    baseBoundary: createHash('sha256').update(message.messageId).digest('hex').slice(0, 24),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // Blind copies are in the envelope only: they never reach the composer.
  const raw = await composer.compile().build()
  return { from: from.checked.ascii, recipients, messageId: message.messageId, raw }
}
