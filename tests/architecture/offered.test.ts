import { describe, expect, test } from 'vitest'
import { mayCallWith } from '../../renderer/app/calls.ts'
import { callableWith } from '../../shared/callable.ts'
import { procedures } from '../../shared/contract/index.ts'
import { rolePermissions, roles } from '../../shared/permissions.ts'
import { places, unguarded } from './offered.ts'
import { sources } from './sources.ts'

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
        [...text.matchAll(/\bcalls?[:=]\{?\s*['"]([a-zA-Z]+\.[a-zA-Z]+)['"]/g)].map(([, name]) => [path, name ?? '']),
      )
    expect(declared.length).toBeGreaterThan(100)
    expect(declared.filter(([, name]) => !procedures.has(name ?? ''))).toEqual([])
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
