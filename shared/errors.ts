/** Expected problems: what a person can be told and do something about. Anything else is a bug. */
export const errorCodes = [
  'VALIDATION',
  'NOT_FOUND',
  'CONFLICT',
  'DUPLICATE',
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'LOCKED',
  'REAUTHENTICATE',
  'SIGN_IN_FAILED',
  'INVALID_STATE',
  'IMMUTABLE',
  'OVER_ALLOCATED',
  'MAIL_FAILED',
  'IMPORT_FAILED',
  'FILE_REFUSED',
  'TOO_MANY_CALLS',
  'STORAGE_FULL',
  'STORAGE_UNAVAILABLE',
  'CANCELLED',
  'UNEXPECTED',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Problems by form field: the path as in the input (`lines.0.priceE6`) and a sentence for it. */
export type FieldErrors = Readonly<Record<string, string>>

export type AppErrorJson = {
  readonly code: ErrorCode
  readonly message: string
  readonly fields?: FieldErrors
  readonly details?: unknown
}

/** An expected problem that crosses the wire intact: code, a sentence for a person, problems by field, details. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly fields: FieldErrors | undefined
  readonly details: unknown

  constructor(code: ErrorCode, message: string, more: { fields?: FieldErrors; details?: unknown } = {}) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.fields = more.fields
    this.details = more.details
  }

  toJSON(): AppErrorJson {
    return {
      code: this.code,
      message: this.message,
      ...(this.fields === undefined ? {} : { fields: this.fields }),
      ...(this.details === undefined ? {} : { details: this.details }),
    }
  }
}

/** Tells whether a string is one of the closed set of error codes. */
export const isErrorCode = (code: unknown): code is ErrorCode => errorCodes.some((known) => known === code)

/** The error that says which row of which kind is missing. */
export const notFound = (what: string, id: string): AppError =>
  new AppError('NOT_FOUND', `This ${what} no longer exists or belongs to another organization.`, { details: { id } })
