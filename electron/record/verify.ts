import type { Db } from '../rpc/handles.ts'
import { checkpointsOf } from './retention/checkpoint.ts'
import {
  createFindings,
  type Findings,
  type RecordProblem,
  type RecordVerification,
  type Takeover,
  type VerifyInput,
} from './verification.ts'
import { verifyCheckpoint } from './verify-checkpoint.ts'
import { verifyDocuments } from './verify-documents.ts'
import { verifyCommands, verifyEffects } from './verify-effects.ts'
import { verifyEvents } from './verify-events.ts'
import { judgeTakeovers } from './verify-keys.ts'
import { type Links, verifyLinks } from './verify-links.ts'
import { verifyRows } from './verify-rows.ts'
import { verifySums } from './verify-sums.ts'
import { verifyTimeline } from './verify-timeline.ts'

const eventsOf = async (db: Db, known: Required<VerifyInput>['events'], findings: Findings): Promise<number> => {
  const { count, firstBad, text, notes } = await verifyEvents(db, { known })
  if (firstBad !== null) {
    findings.add({ kind: 'event', deviceId: null, seq: null, commandSeq: null, event: firstBad, text: text ?? '' })
  }
  for (const note of notes) findings.note(note)
  return count
}

const headsOf = async (
  db: Db,
  { heads, unsigned = [] }: Pick<VerifyInput, 'heads' | 'unsigned'>,
  links: Links,
  findings: Findings,
) => {
  for (const head of unsigned) {
    const text = `The head ${head.slice(0, 16)}… beside the database is not signed by the key that it names.`
    findings.add({ kind: 'head', deviceId: null, seq: null, commandSeq: null, text })
  }
  const gone = new Map((await checkpointsOf(db)).flatMap(({ roots }) => roots.map(({ hash, at }) => [hash, at])))
  for (const head of heads) {
    const known = await db
      .selectFrom('chainEntries')
      .select('seq')
      .where('hash', '=', Buffer.from(head, 'hex'))
      .executeTakeFirst()
    if (known !== undefined) continue
    const removed = gone.get(head)
    if (removed !== undefined) {
      findings.note(`The known head is of ${removed}; the checkpoint that stands for that time holds it.`)
      continue
    }
    const last = links.heads[0]
    const text = `The known head ${head.slice(0, 16)}… is not in the record: what came after entry ${last?.seq ?? 0} was cut off, or this is another record.`
    findings.add({ kind: 'head', deviceId: last?.deviceId ?? null, seq: (last?.seq ?? 0) + 1, commandSeq: null, text })
  }
}

const logOf = async (db: Db, input: VerifyInput, findings: Findings) => {
  const links = await verifyLinks(db, findings, input.keys)
  await verifyCommands(db, findings)
  const counts = await verifyEffects(db, links, findings)
  const documents = await verifyDocuments(db, findings)
  const begun = Math.max(0, ...links.geneses.map(({ before }) => before.commands))
  const { checkpoint } = links
  let rows = await verifyRows(db, { begun, isCut: checkpoint !== null }, findings)
  if (checkpoint !== null) {
    rows += await verifyCheckpoint(db, checkpoint, findings)
    const { at, entries, changes } = checkpoint.cut
    findings.note(
      `What was recorded until ${at} (${entries} entries, ${changes} changes) was past its time and removed; checkpoint ${checkpoint.seq} stands for it.`,
    )
  }
  const events = await eventsOf(db, input.events ?? [], findings)
  await headsOf(db, input, links, findings)
  if (links.entries === 0) findings.note('There is no record yet: it begins when this version opens the data.')
  if (begun > 0) findings.note(`The record began after command ${begun}; what came before is kept as one hash.`)
  return { links, counts: { ...counts, documents, rows, events } }
}

/**
 * Checks what the record says of a database and nothing else, for work that goes on from it: which keys took over is told,
 * and no problem of the data.
 */
export const verifyLog = async (
  db: Db,
  heads: readonly string[],
): Promise<{ readonly problems: readonly RecordProblem[]; readonly takeovers: readonly Takeover[] }> => {
  const findings = createFindings()
  const { links } = await logOf(db, { heads }, findings)
  return { problems: findings.problems(), takeovers: links.takeovers }
}

/**
 * Checks the record of a database: chains, signatures and whose they are, that every command and change is as it was
 * recorded, that issued documents and all rows are what the record makes of them, the security events what it says of them,
 * and the sums what the rows give. A cut-off end shows only against a known head.
 */
export const verifyRecord = async (db: Db, input: VerifyInput): Promise<RecordVerification> => {
  const findings = createFindings()
  const { links, counts } = await logOf(db, input, findings)
  const how = { named: input.keys ?? [], acceptsConfirmed: input.acceptsConfirmed === true }
  const takeovers = await judgeTakeovers(db, links.takeovers, how, findings)
  const timeline = await verifyTimeline(db, findings)
  const sums = await verifySums(db, input.organizationId, findings)
  const problems = findings.problems()
  return {
    ok: problems.length === 0,
    entries: links.entries,
    ...counts,
    timeline,
    sums,
    heads: links.heads,
    takeovers,
    first: problems[0] ?? null,
    problems,
    notes: findings.notes(),
  }
}
