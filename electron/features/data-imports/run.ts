import { toJson } from '../../../db/json.ts'
import type { contract, Input } from '../../../shared/contract/index.ts'
import { AppError } from '../../../shared/errors.ts'
import { sha256Of } from '../../files.ts'
import type { Reporter } from '../../importers/progress.ts'
import type { Chunk } from '../../importers/tables/read.ts'
import { templateById } from '../../importers/tables/templates/index.ts'
import type { CommandContext, QueryContext } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { assertMapped, takeAll } from './request.ts'
import { createTally, type Tally } from './tally.ts'

type RunInput = Input<(typeof contract)['dataImports']['run']>

export type PreparedRun = {
  readonly chunks: AsyncIterable<Chunk>
  readonly sha256: string
  readonly progress: Reporter
}

/** Starts reading, so that the first records wait when the transaction begins. */
export const prepareRun = async ({ engines, signal }: QueryContext, input: RunInput): Promise<PreparedRun> => {
  assertMapped(input)
  const progress = engines.progress.begin(input.progressId, signal)
  const source = engines.tables.records(input.file, input)[Symbol.asyncIterator]()
  const first = await source.next().catch((error: unknown) => {
    progress.end()
    throw error
  })
  const chunks = async function* () {
    try {
      for (let next = first; next.done !== true; next = await source.next()) yield next.value
    } finally {
      // An import that fails half way lets go of the worker, too.
      await source.return?.()
    }
  }
  return { chunks: chunks(), sha256: sha256Of(input.file), progress }
}

const assertTaken = (tally: Tally, { leaveOutRefused, entity }: RunInput) => {
  const { counts, problems } = tally.report()
  if (counts.refuse > 0 && !leaveOutRefused) {
    const first = problems.find((problem) => problem.refuses)
    const where =
      first === undefined ? '' : ` The first: row ${first.row}, ${first.column ?? 'the row'}: ${first.message}`
    throw new AppError(
      'IMPORT_FAILED',
      `${counts.refuse} of ${counts.records} ${entity} cannot come in, so nothing was saved.${where} Correct the file, or leave those out.`,
      { details: { counts } },
    )
  }
  if (counts.create + counts.update === 0) {
    throw new AppError('IMPORT_FAILED', 'Nothing of the file would come in, so nothing was saved.', {
      details: { counts },
    })
  }
}

const commandId = async ({ trx, commandSeq }: CommandContext) => {
  const { id } = await trx.selectFrom('commands').select('id').where('seq', '=', commandSeq).executeTakeFirstOrThrow()
  return id
}

/** Imports a file in the command's transaction: whatever fails takes all of it back. */
export const runImport = async (context: CommandContext, input: RunInput, prepared: PreparedRun) => {
  try {
    return await runPrepared(context, input, prepared)
  } finally {
    prepared.progress.end()
  }
}

const runPrepared = async (context: CommandContext, input: RunInput, { chunks, sha256, progress }: PreparedRun) => {
  const { trx, organizationId } = context
  const organization = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
  const tally = createTally()
  await takeAll({ db: trx, command: context, organization, plan: input, ids: context.ids, tally, progress }, chunks)
  assertTaken(tally, input)
  const { file: _file, progressId: _progress, fileName, ...plan } = input
  const row = context.newRow()
  const counts = tally.counts()
  await trx
    .insertInto('imports')
    .values({
      ...row,
      entity: input.entity,
      product: templateById(input.templateId)?.product ?? null,
      fileName,
      sha256,
      plan: toJson(plan),
      counts: toJson(counts),
      made: toJson(tally.made),
      commandId: await commandId(context),
      undoneAt: null,
    })
    .execute()
  await context.record({
    kind: 'import.run',
    entity: 'import',
    entityId: row.id,
    data: { fileName, what: input.entity, created: counts.create, updated: counts.update },
  })
  return { id: row.id, counts, made: tally.made }
}
