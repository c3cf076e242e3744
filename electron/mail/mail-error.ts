/** Every way in which sending a mail can fail. */
export const mailErrorCodes = [
  'host-not-found',
  'connection-refused',
  'timeout',
  'tls-certificate',
  'tls-unavailable',
  'auth-failed',
  'auth-required',
  'recipient-refused',
  'sender-refused',
  'message-too-large',
  'temporary',
  'offline',
  'protocol',
  'invalid-message',
] as const

export type MailErrorCode = (typeof mailErrorCodes)[number]

/** The steps of a delivery in their order; a failure names the one it happened in. */
export type MailStep =
  | 'settings'
  | 'message'
  | 'resolve'
  | 'connect'
  | 'greeting'
  | 'tls'
  | 'auth'
  | 'sender'
  | 'recipients'
  | 'data'

export type RefusedRecipient = {
  readonly address: string
  /** The server's own words, on one line. */
  readonly reason: string
  /** False where the server asked to try again later (4xx). */
  readonly permanent: boolean
}

export type MailErrorInit = {
  readonly code: MailErrorCode
  readonly message: string
  readonly step: MailStep
  readonly permanent: boolean
  readonly serverResponse?: string | undefined
  readonly rejected?: readonly RefusedRecipient[] | undefined
  readonly maybeAccepted?: boolean | undefined
}

/** An expected failure of a delivery: `message` says what is wrong and what to do, `permanent` that a retry cannot help. */
export class MailError extends Error {
  readonly code: MailErrorCode
  readonly step: MailStep
  readonly permanent: boolean
  /** What the server said, on one line and without secrets. */
  readonly serverResponse?: string
  readonly rejected: readonly RefusedRecipient[]
  /** True where the line broke after the whole message was handed over: the server may have it. */
  readonly maybeAccepted: boolean

  constructor(init: MailErrorInit) {
    super(init.message)
    this.name = 'MailError'
    this.code = init.code
    this.step = init.step
    this.permanent = init.permanent
    this.rejected = init.rejected ?? []
    this.maybeAccepted = init.maybeAccepted ?? false
    if (init.serverResponse !== undefined) this.serverResponse = init.serverResponse
  }
}
