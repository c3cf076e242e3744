import { useEffect, useId, useRef } from 'react'
import { create } from 'zustand'
import type { Permission } from '../../shared/permissions.ts'
import { type Calls, mayCallWith } from './calls.ts'
import { currentRouter } from './current-router.ts'
import { modules, settingsModule } from './modules.ts'
import { openHelp, openPalette } from './overlays.ts'

export type Action = {
  readonly id: string
  readonly title: string
  /** Where it stands in the palette and the list of shortcuts. */
  readonly group: 'Go to' | 'Make' | 'This page' | 'Settings' | 'App'
  /** `n`, `g i`, `mod+enter`; single letters can be turned off. */
  readonly shortcut?: string
  /** Other words that find it. */
  readonly keywords?: string
  /** What it ends in: whoever may not call it is not offered the action, nor its keys. */
  readonly calls: Calls
  /** What the place that it leads to needs besides. */
  readonly needs?: Permission
  readonly run: () => unknown
}

/** What can always be done. */
export const appActions: readonly Action[] = [
  {
    id: 'invoice.new',
    title: 'New invoice',
    group: 'Make',
    shortcut: 'n',
    keywords: 'bill create write draft',
    calls: 'invoices.saveDraft',
    run: () => currentRouter().navigate({ to: '/invoices/new' }),
  },
  {
    id: 'recurring.new',
    title: 'New recurring invoice',
    group: 'Make',
    keywords: 'repeat schedule subscription retainer monthly create',
    calls: 'recurringInvoices.create',
    run: () => currentRouter().navigate({ to: '/recurring/new' }),
  },
  {
    id: 'client.duplicates',
    title: 'Find duplicate clients',
    group: 'App',
    keywords: 'merge double same twice',
    calls: 'clients.merge',
    run: () => currentRouter().navigate({ to: '/clients/duplicates' }),
  },
  {
    id: 'reminders.due',
    title: 'Reminders due',
    group: 'Go to',
    keywords: 'overdue chase dunning late remind',
    calls: 'reminders.due',
    run: () => currentRouter().navigate({ to: '/reminders' }),
  },
  {
    id: 'record',
    title: 'Record of changes',
    group: 'Go to',
    keywords: 'audit log history who changed read proof verify chain',
    calls: 'audit.list',
    run: () => currentRouter().navigate({ to: '/record' }),
  },
  {
    id: 'numbers.report',
    title: 'Numbers and gaps',
    group: 'App',
    keywords: 'numbering series report missing void audit',
    needs: 'organizations.read',
    calls: 'nothing',
    run: () => currentRouter().navigate({ to: '/settings/numbering/report' }),
  },
  {
    id: 'quote.new',
    title: 'New quote',
    group: 'Make',
    keywords: 'offer estimate proposal create write draft',
    calls: 'quotes.saveDraft',
    run: () => currentRouter().navigate({ to: '/quotes/new' }),
  },
  {
    id: 'credit-note.new',
    title: 'New credit note',
    group: 'Make',
    keywords: 'refund give back create write draft',
    calls: 'creditNotes.saveDraft',
    run: () => currentRouter().navigate({ to: '/credit-notes/new' }),
  },
  {
    id: 'payment.new',
    title: 'Record a payment',
    group: 'Make',
    shortcut: 'p',
    keywords: 'money received paid cheque',
    calls: 'payments.create',
    run: () => currentRouter().navigate({ to: '/payments/new' }),
  },
  ...[...modules, settingsModule].map(
    (module): Action => ({
      id: `go.${module.path}`,
      title: `Go to ${module.title}`,
      group: 'Go to',
      shortcut: `g ${module.key}`,
      keywords: module.keywords,
      calls: 'nothing',
      ...(module.needs === undefined ? {} : { needs: module.needs }),
      run: () => currentRouter().navigate({ to: module.path }),
    }),
  ),
  {
    id: 'notifications',
    title: 'Open notifications',
    group: 'Go to',
    keywords: 'inbox bell news unread',
    calls: 'nothing',
    run: () => currentRouter().navigate({ to: '/notifications' }),
  },
  {
    id: 'import',
    title: 'Import from a file',
    group: 'App',
    keywords:
      'csv excel xlsx iif spreadsheet move migrate invoice ninja freshbooks zoho wave xero quickbooks akaunting upload',
    calls: 'dataImports.run',
    run: () => currentRouter().navigate({ to: '/import' }),
  },
  {
    id: 'search',
    title: 'Search everything',
    group: 'App',
    shortcut: 'mod+k',
    keywords: 'find palette command',
    calls: 'nothing',
    run: openPalette,
  },
  {
    id: 'search.slash',
    title: 'Search',
    group: 'App',
    shortcut: '/',
    keywords: 'find',
    calls: 'nothing',
    run: openPalette,
  },
  {
    id: 'back',
    title: 'Go back',
    group: 'App',
    shortcut: 'escape',
    keywords: 'before previous return',
    calls: 'nothing',
    run: () => {
      const router = currentRouter()
      return router.history.canGoBack() ? router.history.back() : router.navigate({ to: '/' })
    },
  },
  {
    id: 'help',
    title: 'Keyboard shortcuts',
    group: 'App',
    shortcut: '?',
    keywords: 'help keys',
    calls: 'nothing',
    run: openHelp,
  },
]

type Registry = {
  readonly byOwner: ReadonlyMap<string, readonly Action[]>
  /** null until it is known who it is. */
  readonly may: { readonly permissions: readonly Permission[]; readonly mayCall: readonly string[] } | null
}

const useRegistry = create<Registry>(() => ({ byOwner: new Map(), may: null }))

/** Says what the person may do: what needs more is not offered. */
export const allowActions = (may: NonNullable<Registry['may']>): void => useRegistry.setState({ may })

const isAllowed = ({ calls, needs }: Action): boolean => {
  const { may } = useRegistry.getState()
  // The first keys after the start are not lost: what may not be done is refused by the page and by the core.
  if (may === null) return true
  return mayCallWith(may.mayCall, calls) && (needs === undefined || may.permissions.includes(needs))
}

/** All actions that can be done now: the app's and those of the mounted screens, a screen's own first. */
export const currentActions = (): readonly Action[] =>
  [...useRegistry.getState().byOwner.values()].flat().concat(appActions).filter(isAllowed)

/** Offers actions in the palette and by their shortcuts while the calling screen is mounted. */
export const useActions = (actions: readonly Action[]): void => {
  const owner = useId()
  const latest = useRef(actions)
  latest.current = actions
  const shape = actions.map((action) => `${action.id}\n${action.title}\n${action.shortcut ?? ''}`).join('\n\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the actions, whose functions change with each render
  useEffect(() => {
    const stable = latest.current.map((action, index) => ({ ...action, run: () => latest.current[index]?.run() }))
    useRegistry.setState(({ byOwner }) => ({ byOwner: new Map(byOwner).set(owner, stable) }))
    return () =>
      useRegistry.setState(({ byOwner }) => {
        const rest = new Map(byOwner)
        rest.delete(owner)
        return { byOwner: rest }
      })
  }, [owner, shape])
}
