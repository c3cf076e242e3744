import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import { csvOf } from '../../electron/exports/write-sheets.ts'
import { figuresFor } from '../../electron/pdf/figures.ts'
import { addDays, addMonths, fiscalYearOf, lastDayOfMonth, startOfDayIn, todayIn } from '../../shared/dates.ts'
import { fillPeriod, nextOccurrences, periodOf } from '../../shared/documents/recurrence.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { contentFor, line, makeClient } from '../support/factories.ts'
import { openWorkspace } from '../support/workspace.ts'

/*
 * What a process says of civil dates, whatever its own time zone is: dates worked out, stored and read again, printed,
 * exported, and made by schedules. One line a zone named in the arguments: its offset in January, and the hash of the facts.
 */

// One for all zones, with a business for each: opening one takes longer than all that is asked of it.
const workspace = await openWorkspace({ jobs: true, empty: true })
const start = workspace.clock.now()

const factsIn = async (): Promise<string> => {
  const facts: string[] = []
  const say = (...values: unknown[]) =>
    facts.push(JSON.stringify(values, (_key, value) => (typeof value === 'bigint' ? String(value) : value)))

  const days = ['2026-01-01', '2026-03-29', '2026-03-31', '2024-02-29', '2026-10-25', '2026-12-31', '2011-12-30']
  for (const date of days) {
    say(date, addDays(date, 1), addDays(date, -1), addMonths(date, 1), addMonths(date, -12), lastDayOfMonth(date))
    say(fiscalYearOf(date, '04-06'))
    for (const zone of ['UTC', 'Asia/Kolkata', 'America/New_York']) {
      say(zone, startOfDayIn(zone, date), todayIn(zone, `${date}T23:30:00Z`), todayIn(zone, `${date}T00:30:00Z`))
    }
    for (const language of ['en-GB', 'en-US', 'de', 'hi', 'ar', 'ja']) {
      say(language, figuresFor(language, 'EUR', 2).date(date))
      say(fillPeriod('{MONTH} {YEAR} {PERIOD} {DATE}', { from: date, to: addDays(date, 30) }, language))
    }
    const rhythm = { unit: 'month', every: 1, anchor: 'last-day', startsOn: date, endsOn: null, count: null } as const
    say(nextOccurrences(rhythm, 0, 14), periodOf(rhythm, 3))
  }
  say(
    new TextDecoder().decode(
      csvOf(
        [{ header: 'On', key: 'on', kind: 'date' }],
        days.map((on) => ({ on })),
      ),
    ),
  )

  workspace.clock.set(start)
  workspace.use((await workspace.call('setup.createOrganization', { legalName: 'Linden Ltd', country: 'GB' })).id)
  const clientId = await makeClient(workspace)
  for (const issuedOn of days) {
    const id = v7()
    const content = await contentFor(workspace, clientId, {
      issuedOn,
      supplyFrom: issuedOn,
      supplyTo: addDays(issuedOn, 3),
      lines: [line()],
    })
    let { version } = await workspace.call('invoices.saveDraft', { id, version: null, content })
    // A date that moves does so on each save: the second one would show it.
    for (let save = 0; save < 2; save += 1) {
      const read = await workspace.call('invoices.get', { id })
      version = (await workspace.call('invoices.saveDraft', { id, version, content: read.content })).version
    }
    const { number } = await workspace.call('invoices.issue', { id, version })
    const { content: kept, overdueDays } = await workspace.call('invoices.get', { id })
    say(number, kept.issuedOn, kept.dueOn, kept.supplyFrom, kept.supplyTo, overdueDays)
  }
  await workspace.call('payments.create', {
    clientId,
    receivedOn: '2026-03-31',
    currency: 'GBP',
    amountE4: amountOf('50'),
  })
  const { statements } = await workspace.call('statements.get', { clientId, from: '2026-03-31', to: '2026-03-31' })
  say(
    statements[0]?.rows.map(({ on, kind, amountE4 }) => [on, kind, amountE4]),
    statements[0]?.ageing,
  )
  const id = v7()
  await workspace.call('recurringInvoices.create', {
    id,
    values: {
      name: 'Zones',
      unit: 'day',
      every: 1,
      anchor: 'same-day',
      startsOn: '2026-11-20',
      endsOn: null,
      count: 4,
      action: 'issue',
      prices: 'fixed',
      catchUp: 'all',
      content: await contentFor(workspace, clientId, {}),
    },
  })
  workspace.clock.advance(2 * 86_400_000)
  await workspace.core.settle()
  const { runs, nextOn } = await workspace.call('recurringInvoices.get', { id })
  say(
    runs.map(({ periodOn }) => periodOn),
    nextOn,
  )
  return facts.join('\n')
}

for (const zone of process.argv.slice(2)) {
  // Node tells its engine of the change; the offset printed shows that it did.
  process.env['TZ'] = zone
  const offset = new Date(2026, 0, 1).getTimezoneOffset()
  const hash = createHash('sha256')
    .update(await factsIn())
    .digest('hex')
  process.stdout.write(`${zone} ${offset} ${hash}\n`)
}
await workspace.close()
