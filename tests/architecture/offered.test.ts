import { describe, expect, test } from 'vitest'
import { shownTo } from '../../electron/people/shown.ts'
import { closedBy, mayCallWith } from '../../renderer/app/calls.ts'
import { callableWith } from '../../shared/callable.ts'
import { procedures } from '../../shared/contract/index.ts'
import { rolePermissions, roles } from '../../shared/permissions.ts'
import { places, unguarded } from './offered.ts'
import { readText, sources } from './sources.ts'

// Reached by nobody who could lack the right, and why.
const exempt: Readonly<Record<string, string>> = {
  'renderer/features/setup/welcome-page.tsx: organizations.manage': 'the first run: whoever makes a business owns it',
  'renderer/features/payments/payment-list-page.tsx: creditNotes.issue':
    'the dialog is that of credit notes too; the credit of a payment is used by payments.allocate',
}

const frame = [
  { path: 'renderer/app/shell.tsx', name: 'Shell', guards: [] },
  { path: 'renderer/app/root.tsx', name: 'Root', guards: [] },
]

describe('what is offered', () => {
  test('every page, report and section asks for the right of whatever it ends in', () => {
    const all = [...places(), ...frame]
    expect(all.length).toBeGreaterThan(50)
    const open = all.flatMap(({ path, name, guards }) =>
      [...unguarded(path, name)]
        .filter(([need]) => !guards.includes(need) && exempt[`${path}: ${need}`] === undefined)
        .map(([need, way]) => `${path}: ${need} is asked for nowhere on the way ${way}`),
    )
    expect([...new Set(open)]).toEqual([])
  })

  test('an entry of a menu says what it calls: the library’s own are used by ours alone', () => {
    // A choice of taxes for a line that is not saved yet, which is ticked and not called.
    const own = new Set(['renderer/app/menu-act.tsx', 'renderer/documents/editor/tax-cell.tsx'])
    const raw = sources.filter(({ path, code }) => path.startsWith('renderer/') && code.includes('<Menu.Item'))
    expect(raw.map(({ path }) => path).filter((path) => !own.has(path))).toEqual([])
  })

  test('what is declared is a procedure', () => {
    const declared = sources
      .filter(({ path }) => path.startsWith('renderer/'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/\b(?:calls?|reads)[:=]\{?\s*['"]([a-zA-Z]+\.[a-zA-Z]+)['"]/g)].map(([, name]) => [
          path,
          name ?? '',
        ]),
      )
    expect(declared.length).toBeGreaterThan(100)
    expect(declared.filter(([, name]) => !procedures.has(name ?? ''))).toEqual([])
  })
})

describe('a page that is opened by its address', () => {
  // Their parts ask for themselves, each for its own.
  const ofEverybody = ['/', '/reports/$report', '/settings', '/settings/$section', '/welcome']
  const routes = readText('renderer/app/routes.tsx')
    .split('createRoute({')
    .slice(1)
    .map((text) => ({
      path: /path: '([^']+)'/.exec(text)?.[1] ?? '',
      names: [...(/staticData: \{.*?calls: (.*?) \},?\n/.exec(text)?.[1] ?? '').matchAll(/'([^']+)'/g)].map(
        ([, name]) => name ?? '',
      ),
    }))

  test('is refused in one place, by what its route says it calls', () => {
    expect(routes.length).toBeGreaterThan(30)
    expect(routes.filter(({ names }) => names.join() === 'nothing').map(({ path }) => path)).toEqual(
      expect.arrayContaining(ofEverybody),
    )
    const closed = routes.filter(({ path }) => !ofEverybody.includes(path))
    expect(closed.filter(({ names }) => names.length === 0 || !names.every((name) => procedures.has(name)))).toEqual([])
    // Around every page, and no page has another one of its own.
    expect(readText('renderer/app/shell.tsx')).toContain('<AllowedPage />')
    expect(sources.filter(({ code }) => code.includes('<MayOpen')).map(({ path }) => path)).toEqual([
      'renderer/app/allowed-page.tsx',
      'renderer/features/reports/report-page.tsx',
    ])
  })

  test('says whether the role keeps it closed or the moment that is looked at', () => {
    const mayCall = ['payments.list', 'payments.create']
    expect(closedBy(mayCall, undefined, 'payments.create')).toBeNull()
    expect(closedBy(mayCall, ['payments.list'], 'payments.list')).toBeNull()
    expect(closedBy(mayCall, ['payments.list'], 'payments.create')).toBe('past')
    expect(closedBy(mayCall, ['mail.outbox'], 'mail.outbox')).toBe('role')
    expect(closedBy([], undefined, 'nothing')).toBeNull()
  })
})

describe('what is told of', () => {
  // Handed on from where it is written out: a document, or what a message or a file belongs to.
  const handedOn = ['kind', 'spec.kind', 'draft.type', 'message.entity', undefined]
  const words = (text: string | undefined) =>
    [...(text ?? '').matchAll(/'([a-z-]+)(?:\.[a-z-]+)?'/g)].map(([, it]) => it ?? '')
  const written = sources
    .filter(({ path }) => path.startsWith('electron/'))
    .flatMap(({ path, text }) => {
      const lines = [...text.matchAll(/\brecord\(\{\s*kind\b(?:: ([^\n]*?))?,\s*entity\b(?:: ([^\n]*?))?,/g)]
      return lines.map(([, kind, entity]) => ({ path, text, kind, entity }))
    })

  test('names in each line of a timeline what it happened to, and says for whom both are', () => {
    expect(written.length).toBeGreaterThan(45)
    const unnamed = written.filter(({ entity }) => words(entity).length === 0 && !handedOn.includes(entity))
    expect(unnamed.map(({ path, entity }) => `${path}: ${entity}`)).toEqual([])
    const named = written.flatMap(({ path, text, kind, entity }) => {
      // `payment.${status}` begins with what it is of; a kind that is handed in stands elsewhere in the file (and no column: `i.id`).
      const first = /^`([a-z-]+)\./.exec(kind ?? '')?.[1]
      const kinds = kind === undefined ? words(text.match(/'[a-z-]{3,}\.[a-z-]+'/g)?.join()) : words(kind)
      return [...kinds, ...words(entity), ...(first === undefined ? [] : [first])].map((it) => [path, it] as const)
    })
    expect(new Set(named.map(([, it]) => it)).size).toBeGreaterThan(12)
    expect(named.filter(([, it]) => shownTo[it] === undefined)).toEqual([])
  })

  test('in the inbox, to whom a file and a message belong, is for somebody as well', () => {
    const files = ['notifications/scan.ts', 'audit/roots.ts', 'statements/send.ts', 'reminders/take-step.ts']
    const ofBackups = ['electron/backup/tell-people.ts', 'electron/backup/tell.ts']
    const texts = [...files.map((file) => `electron/features/${file}`), ...ofBackups].map(readText)
    const inbox = texts.flatMap((text) => [
      ...[...text.matchAll(/\bentity(?:: | = )'([a-z-]+)'/g)].map(([, it]) => it ?? ''),
      ...[...text.matchAll(/SELECT (?:'[a-z-]+'|CASE [^,]*)(?: AS kind)?, '([a-z-]+)'/g)].map(([, it]) => it ?? ''),
    ])
    expect(inbox).toEqual(
      expect.arrayContaining(['mail', 'backup', 'client', 'invoice', 'quote', 'organization', 'people']),
    )
    expect(inbox.filter((it) => shownTo[it] === undefined)).toEqual([])
    expect(
      sources
        .filter(({ text }) => /insertInto\('notifications'\)/.test(text))
        .map(({ path }) => path)
        .sort(),
    ).toEqual([...ofBackups, 'electron/features/notifications/scan.ts', 'electron/record/tell-shorter.ts'])
    const callers = sources.filter(
      ({ path, text }) => path.startsWith('electron/') && text.includes('await queueMessage('),
    )
    expect(callers.map(({ path }) => path.replace('electron/features/', '')).sort()).toEqual(
      [...files.slice(1), 'mail/sending.ts'].sort(),
    )
  })
})

describe('by role', () => {
  const of = (role: (typeof roles)[number]) => callableWith(rolePermissions[role])

  test.each(roles)('%s is offered exactly what the pipeline lets them call', (role) => {
    const offered = of(role)
    const allowed = [...procedures]
      .filter(([, { permission }]) => permission === 'anyone' || rolePermissions[role].has(permission))
      .map(([name]) => name)
    expect([...offered].sort()).toEqual(allowed.sort())
    expect(mayCallWith(offered, 'nothing')).toBe(true)
  })

  test('several at once are offered to whoever may call each', () => {
    expect(mayCallWith(of('staff'), ['invoices.saveDraft', 'quotes.accept'])).toBe(true)
    expect(mayCallWith(of('staff'), ['invoices.saveDraft', 'invoices.issue'])).toBe(false)
  })
})
