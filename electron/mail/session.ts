import { rootCertificates } from 'node:tls'
import SMTPConnection, { type Options, type SMTPError } from 'nodemailer/lib/smtp-connection'
import { DEFAULT_TIMEOUTS, type MailOptions, type MailTimeouts, type SmtpAccount } from './account.ts'
import { certificateFailure, readCertificate } from './certificate.ts'
import { openLine } from './line.ts'
import { brokenLine, fromTls, isCertificateFailure, timeout } from './line-failures.ts'
import { MailError, type MailStep } from './mail-error.ts'
import { type FailureContext, fromReply } from './smtp-failures.ts'

/** How long a server may take to answer the good-bye before the line is cut. */
const QUIT_MS = 1000

/** What is said to the server instead of this computer's name. */
const HELLO_NAME = '[127.0.0.1]'

export type MailSession = {
  readonly connection: SMTPConnection
  readonly limits: MailTimeouts
  /** Runs one exchange and turns its failure, or that of the line meanwhile, into a rejection. */
  readonly exchange: <T>(
    run: (done: (error: Error | null | undefined, result?: T) => void) => void,
  ) => Promise<T | undefined>
  readonly quit: () => void
}

function connectionOptions(account: SmtpAccount, options: MailOptions, limits: MailTimeouts): Options {
  return {
    host: account.host,
    port: account.port,
    secure: account.security === 'tls',
    requireTLS: account.security === 'starttls',
    ignoreTLS: account.security === 'none',
    name: HELLO_NAME,
    connectionTimeout: limits.connection,
    greetingTimeout: limits.greeting,
    socketTimeout: limits.socket,
    socketCloseTimeout: QUIT_MS,
    maxResponseSize: 64 * 1024,
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(options.extraCa === undefined ? {} : { ca: [...rootCertificates, ...options.extraCa] }),
    },
  }
}

function startSession(connection: SMTPConnection, limits: MailTimeouts): MailSession {
  let fail: ((error: SMTPError) => void) | null = null
  // Stays for the life of the connection: an error after the last exchange must not end the process.
  connection.on('error', (error: SMTPError) => fail?.(error))
  return {
    connection,
    limits,
    exchange: (run) =>
      new Promise((resolve, reject) => {
        fail = reject
        run((error, result) => (error ? reject(error) : resolve(result)))
      }),
    quit: () => {
      fail = null
      if (connection.destroyed) return
      connection.quit()
      setTimeout(() => connection.close(), QUIT_MS).unref()
    },
  }
}

/** Turns a failure of a running session into a MailError. */
export function toMailError(
  error: SMTPError,
  step: MailStep,
  context: FailureContext,
  maybeAccepted = false,
): MailError {
  if (error instanceof MailError) return error
  if (error.responseCode !== undefined || error.response !== undefined) return fromReply(error, step, context)
  if (error.code === 'ETIMEDOUT') return timeout(step, context, maybeAccepted)
  if (step === 'tls') return fromTls(error, context)
  return brokenLine(step, context, maybeAccepted)
}

async function connectFailure(
  error: SMTPError,
  session: MailSession,
  again: () => Promise<Options>,
  context: FailureContext,
): Promise<MailError> {
  const inTls = session.connection.upgrading === true || error.code === 'ETLS' || error.command === 'STARTTLS'
  if (!inTls) return toMailError(error, 'greeting', context)
  if (!isCertificateFailure(error)) return toMailError(error, 'tls', context)
  const facts = await again()
    .then(readCertificate)
    .catch(() => null)
  return certificateFailure(error, facts, context)
}

async function signIn(session: MailSession, user: string, password: string, context: FailureContext): Promise<void> {
  if (!session.connection.allowsAuth) {
    throw new MailError({
      code: 'auth-failed',
      step: 'auth',
      permanent: true,
      message: `${context.host}:${context.port} offers no sign-in, so ${user} could not sign in. Check the port, or send without user name.`,
    })
  }
  await session.exchange((done) => session.connection.login({ credentials: { user, pass: password } }, done))
}

/** Connects, encrypts and signs in; `account` must have passed `checkAccount`. Throws MailError naming the step. */
export async function openSession(
  account: SmtpAccount,
  password: string | null,
  options: MailOptions,
  context: FailureContext,
): Promise<MailSession> {
  const limits = { ...DEFAULT_TIMEOUTS, ...options.timeouts }
  const settings = async () => ({
    ...connectionOptions(account, options, limits),
    connection: await openLine(account, options, limits, context),
  })
  const session = startSession(new SMTPConnection(await settings()), limits)
  try {
    await session.exchange((done) => session.connection.connect(done))
  } catch (error) {
    session.connection.close()
    // Only the connection's own failures reach this point.
    throw await connectFailure(error as SMTPError, session, settings, context)
  }
  try {
    if (account.user !== null && password !== null) await signIn(session, account.user, password, context)
  } catch (error) {
    session.connection.close()
    // As above.
    throw toMailError(error as SMTPError, 'auth', context)
  }
  return session
}
