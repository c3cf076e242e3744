import { hex } from '../../../db/record/effect.ts'
import type { DailyRoot } from '../../../shared/contract/audit.ts'
import { addDays, startOfDayIn, todayIn } from '../../../shared/dates.ts'
import { AppError } from '../../../shared/errors.ts'
import { sha256Of } from '../../files.ts'
import { figuresFor } from '../../pdf/figures.ts'
import { chainKey } from '../../record/open-record.ts'
import { recordReachesBackTo } from '../../record/retention/checkpoint.ts'
import type { Db, Handlers, QueryContext } from '../../rpc/context.ts'
import { withPreparation } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { queueMessage } from '../mail/sending.ts'

const rootsOf = async (db: Db, timezone: string, day: string): Promise<DailyRoot[]> => {
  const ofDay = db
    .selectFrom('chainEntries')
    .where('at', '>=', startOfDayIn(timezone, day))
    .where('at', '<', startOfDayIn(timezone, addDays(day, 1)))
  const devices = await ofDay
    .select((row) => ['deviceId', row.fn.max('seq').as('seq'), row.fn.countAll<number>().as('entries')])
    .groupBy('deviceId')
    .execute()
  const roots: DailyRoot[] = []
  for (const { deviceId, seq, entries } of devices) {
    const entry = await db
      .selectFrom('chainEntries as e')
      .leftJoin('devices as d', 'd.id', 'e.deviceId')
      .select(['e.hash', 'e.at', 'd.name'])
      .where('e.deviceId', '=', deviceId)
      .where('e.seq', '=', seq)
      .executeTakeFirstOrThrow()
    const publicKey = (await chainKey(db, deviceId)) ?? ''
    const deviceName = entry.name ?? deviceId
    roots.push({ day, deviceId, deviceName, seq, hash: hex(entry.hash), at: entry.at, entries, publicKey })
  }
  return roots
}

/** The last entries of days, newest day first; days without any are left out. */
export const dailyRoots: Handlers<'audit'>['roots'] = async ({ db, timezone, clock }, { to, days }) => {
  const last = to ?? todayIn(timezone, clock.now())
  const roots: DailyRoot[] = []
  for (let back = 0; back < days; back += 1) roots.push(...(await rootsOf(db, timezone, addDays(last, -back))))
  return roots
}

const grouped = (text: string) => text.match(/.{1,8}/g)?.join(' ') ?? text

const howToCheck = [
  'To check it in Counterfoil: open the record, choose "Check the record", and write the head into the field.',
  'Without Counterfoil: node verify.mjs record.jsonl --head HEAD --key "PUBLIC KEY". The archive of the business brings both files along.',
]

const clockTime = (timezone: string, at: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeStyle: 'long' }).format(new Date(at))

const rootReport = async (context: QueryContext, day: string) => {
  const { db, organizationId, timezone, clock } = context
  const roots = await rootsOf(db, timezone, day)
  if (roots.length === 0) {
    const cut = await recordReachesBackTo(db)
    const isGone = cut !== null && day <= todayIn(timezone, cut.at)
    const words = isGone ? 'That day is past its time: its record was removed.' : 'Nothing was recorded on that day.'
    throw new AppError('NOT_FOUND', words)
  }
  const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
  const { tradeName, legalName, pageSize, accentColor, language } = organization
  const dates = figuresFor(language.startsWith('en') ? language : 'en-GB', 'XXX', 2)
  const now = clock.now()
  const row = (label: string, text: string) => ({ kind: 'row' as const, cells: [label, text] })
  const report = {
    language: 'en',
    pageSize,
    business: tradeName ?? legalName,
    accentColor,
    title: `Root of the record, ${dates.date(day)}`,
    about:
      'Whoever keeps this page can show later that nothing recorded up to that day was changed, removed or put in.',
    madeOn: `Drawn up on ${dates.date(todayIn(timezone, now))}`,
    tables: roots.map((root) => ({
      title: root.deviceName,
      columns: [
        { label: '', align: 'start' as const },
        { label: '', align: 'start' as const },
      ],
      rows: [
        row('Last entry', `${root.seq}, at ${clockTime(timezone, root.at)}`),
        row('The same instant', root.at),
        row('Entries of the day', String(root.entries)),
        row('Head (SHA-256)', grouped(root.hash)),
        row('Public key (Ed25519)', grouped(root.publicKey)),
        row('Device', root.deviceId),
      ],
      notes: howToCheck,
    })),
    createdAt: now,
  }
  return { report, roots }
}

/** The root of a day on paper; AppError NOT_FOUND where nothing was recorded on it. */
export const rootPdf = async (context: QueryContext, { day }: { readonly day: string }) => {
  const { report } = await rootReport(context, day)
  return { pdf: await context.engines.pdf.renderReport(report, context.signal), fileName: `record-${day}.pdf` }
}

const textOf = (roots: readonly DailyRoot[]) =>
  [
    'This is the root of our record of that day. Keep it: with it anybody can show later that nothing recorded up to that day was changed.',
    ...roots.map(
      (root) => `${root.deviceName}\nEntry ${root.seq}, ${root.at}\nHead: ${root.hash}\nPublic key: ${root.publicKey}`,
    ),
  ].join('\n\n')

/** Renders the root of a day, keeps it, and queues the message that brings it. */
export const mailRoot = withPreparation({
  prepare: async (context: QueryContext, { day }: { day: string; to: string; subject: string }) => {
    const { pdf, fileName } = await rootPdf(context, { day })
    await context.engines.files.put(pdf)
    const { roots } = await rootReport(context, day)
    return { fileName, sha256: sha256Of(pdf), body: textOf(roots) }
  },
  run: async (context, { to, subject }, { body, fileName, sha256 }) =>
    await queueMessage(context, {
      kind: 'statement',
      entity: 'organization',
      entityId: context.organizationId,
      clientId: null,
      to: [to],
      cc: [],
      subject,
      body,
      attachments: [{ fileName, sha256, mediaType: 'application/pdf' }],
    }),
})
