import { z } from 'zod'
import { fromJson, toJson } from '../../../db/json.ts'
import { type CsvProfile, csvProfileSchema } from '../../../shared/contract/bank.ts'
import type { contract, Input } from '../../../shared/contract/index.ts'
import { AppError } from '../../../shared/errors.ts'
import { sha256Of } from '../../files.ts'
import type { CsvGiven } from '../../importers/bank/csv.ts'
import { accountKeyOf } from '../../importers/bank/iban.ts'
import type { ParsedFile } from '../../importers/bank/statement.ts'
import type { QueryContext } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'

export type FileInput = Input<(typeof contract)['bankStatements']['import']>

/** A file as it was read, with what was decided about reading it. */
export type ReadFile = { readonly file: ParsedFile; readonly sha256: string; readonly isKept: boolean }

const profilesSchema = z.record(z.string(), csvProfileSchema).catch({})

/** The ways to read CSV files that an account keeps, by what the files look like. */
export const profilesOf = (json: string): Readonly<Record<string, CsvProfile>> => profilesSchema.parse(fromJson(json))

/** The kept ways with one more; the oldest go beyond twenty. */
export const withProfile = (json: string, fingerprint: string, profile: CsvProfile): string =>
  toJson(
    Object.fromEntries(
      [...Object.entries(profilesOf(json)).filter(([key]) => key !== fingerprint), [fingerprint, profile]].slice(-20),
    ),
  )

const keptProfile = async ({ db, organizationId }: QueryContext, input: FileInput, file: ParsedFile) => {
  if (file.csv === null) return undefined
  const keys = file.statements.flatMap((it) => (it.account === null ? [] : [accountKeyOf(it.account)]))
  const accounts = await db
    .selectFrom('bankAccounts')
    .select(['id', 'accountKey', 'csvProfiles'])
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .execute()
  const own = accounts.find((it) => it.id === input.accountId || keys.includes(it.accountKey ?? ''))
  return own === undefined ? undefined : profilesOf(own.csvProfiles)[file.csv.fingerprint]
}

/** Reads a file as a person said, or as the account's files were read before; AppError IMPORT_FAILED with the line. */
export const readFile = async (context: QueryContext, input: FileInput): Promise<ReadFile> => {
  const organization = await getRow(
    context.db,
    'organizations',
    context.organizationId,
    context.organizationId,
    'organization',
  )
  const preferredOrder = organization.country === 'US' ? 'mdy' : 'dmy'
  const read = async (csv: CsvGiven): Promise<ParsedFile> => {
    const reading = await context.engines.bankFiles.read(input.content, { csv, preferredOrder })
    if (reading.ok) return reading.file
    const { line, detail } = reading.fault
    throw new AppError('IMPORT_FAILED', `${input.fileName}, line ${line}: ${detail}`, { details: { line } })
  }
  const sha256 = sha256Of(input.content)
  const file = await read(input.csv ?? {})
  const kept = input.csv === null ? await keptProfile(context, input, file) : undefined
  if (kept === undefined) return { file, sha256, isKept: false }
  return { file: await read(kept), sha256, isKept: true }
}
