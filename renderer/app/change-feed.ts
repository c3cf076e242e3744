import type { Query } from '@tanstack/react-query'
import type { FeatureName } from '../../shared/contract/index.ts'
import type { Entity } from '../../shared/contract/procedure.ts'
import { api, isRefused } from '../api.ts'
import { setConnection } from '../connection.ts'
import { queryClient } from './query-client.ts'

/** Which features read from an entity: their queries are asked again when it changes. */
export const readersOf: Readonly<Record<Entity, readonly FeatureName[]>> = {
  organizations: ['eInvoices', 'organizations', 'setup', 'home', 'invoices', 'quotes', 'creditNotes'],
  branches: ['organizations'],
  clients: [
    'eInvoices',
    'clients',
    'reminders',
    'home',
    'search',
    'invoices',
    'payments',
    'activity',
    'audit',
    'bankTransactions',
    'quotes',
    'creditNotes',
  ],
  items: ['items', 'search', 'home'],
  taxRates: ['taxRates', 'items', 'invoices', 'quotes', 'creditNotes'],
  numberSeries: ['numberSeries'],
  invoices: [
    'eInvoices',
    'taxReports',
    'invoices',
    'reminders',
    'home',
    'activity',
    'clients',
    'payments',
    'search',
    'audit',
    'mail',
    'bankTransactions',
    'quotes',
    'creditNotes',
    'refunds',
  ],
  payments: [
    'taxReports',
    'payments',
    'reminders',
    'invoices',
    'clients',
    'home',
    'activity',
    'audit',
    'bankTransactions',
    'refunds',
    'creditNotes',
  ],
  mail: ['mail', 'reminders', 'home', 'activity', 'invoices', 'quotes', 'creditNotes'],
  attachments: ['attachments', 'organizations'],
  settings: ['settings'],
  savedViews: ['savedViews'],
  quotes: ['quotes', 'invoices', 'home', 'activity', 'clients', 'search', 'audit', 'reports'],
  creditNotes: [
    'eInvoices',
    'taxReports',
    'creditNotes',
    'reminders',
    'refunds',
    'invoices',
    'payments',
    'home',
    'activity',
    'clients',
    'search',
    'audit',
    'reports',
  ],
  recurringInvoices: ['recurringInvoices', 'home', 'activity'],
  reminders: ['reminders', 'invoices', 'home'],
  bank: ['bankAccounts', 'bankStatements', 'bankTransactions'],
  imports: ['dataImports'],
  documentTemplates: ['documentTemplates', 'invoices', 'quotes', 'creditNotes'],
  paymentAccounts: ['eInvoices', 'paymentAccounts', 'documentTemplates', 'invoices'],
  taxSettings: ['taxSettings', 'taxReports', 'organizations', 'taxRates'],
  exchangeRates: ['exchangeRates', 'invoices'],
  clientTypes: ['clientTypes', 'clients', 'reports'],
  accountManagers: ['accountManagers', 'clients', 'reports'],
  tags: ['tags', 'clients', 'items', 'invoices', 'quotes', 'creditNotes', 'payments'],
  notifications: ['notifications'],
  reports: ['reports'],
}

const isLive = (query: Query) => query.meta?.['live'] !== false

/** Asks again every shown query that reads from one of these entities. */
export const invalidate = (entities: readonly Entity[]): void => {
  const features = new Set<string>(entities.flatMap((entity) => readersOf[entity]))
  void queryClient.invalidateQueries({
    predicate: (query) => isLive(query) && features.has(String(query.queryKey[0])),
  })
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const follow = async (signal: AbortSignal, gap: boolean): Promise<void> => {
  const events = await api.changes.watch({}, { signal })
  // Only now: a read while the line is cut would fail and show so.
  if (gap) void queryClient.invalidateQueries({ predicate: isLive })
  for await (const event of events) {
    if (signal.aborted) return
    invalidate(event.entities)
  }
}

/** Follows the change events until the signal ends it; after a gap everything shown is read again. */
export const followChanges = async (signal: AbortSignal): Promise<void> => {
  for (let gap = false; !signal.aborted && !isRefused(); gap = true) {
    try {
      await follow(signal, gap)
    } catch {
      // The reason does not matter here: calls that fail say it, this loop only comes back.
      if (!signal.aborted) setConnection('reconnecting')
      await pause(1500)
    }
    await pause(250)
  }
}
