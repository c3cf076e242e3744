import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { PageProblem } from './error-boundary.tsx'
import { restoreRoute } from './last-route.ts'
import { NotFoundPage } from './not-found-page.tsx'
import { reportSearch, statementSearch } from './report-search.ts'
import { Root } from './root.tsx'
import {
  bankingSearch,
  clientListSearch,
  creditNoteListSearch,
  importSearch,
  invoiceListSearch,
  itemListSearch,
  newInvoiceSearch,
  newPaymentSearch,
  newRecurringSearch,
  outboxSearch,
  paymentListSearch,
  quoteListSearch,
  recordSearch,
  recurringListSearch,
  remindersDueSearch,
} from './search-params.ts'

// Without the business and its taxes no paper is drawn to write on.
const drawnWith = ['organizations.get', 'taxRates.list', 'taxSettings.get'] as const

// What each route says of itself is asked in one place, the shell: see allowed-page.tsx.
const rootRoute = createRootRoute({
  staticData: { title: 'Counterfoil', calls: 'nothing' },
  component: Root,
  notFoundComponent: NotFoundPage,
})

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  staticData: { title: 'Home', calls: 'nothing' },
  component: lazyRouteComponent(() => import('../features/home/home-page.tsx'), 'HomePage'),
})

const invoiceList = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invoices',
  staticData: { title: 'Invoices', calls: 'invoices.list' },
  validateSearch: invoiceListSearch,
  component: lazyRouteComponent(() => import('../features/invoices/invoice-list-page.tsx'), 'InvoiceListPage'),
})

const newInvoice = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invoices/new',
  staticData: { title: 'New invoice', calls: ['invoices.saveDraft', ...drawnWith] },
  validateSearch: newInvoiceSearch,
  component: lazyRouteComponent(() => import('../features/invoices/invoice-page.tsx'), 'InvoicePage'),
})

const invoice = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invoices/$id',
  staticData: { title: 'Invoice', calls: 'invoices.get' },
  component: lazyRouteComponent(() => import('../features/invoices/invoice-page.tsx'), 'InvoicePage'),
})

const recurringList = createRoute({
  getParentRoute: () => rootRoute,
  path: '/recurring',
  staticData: { title: 'Recurring invoices', calls: 'recurringInvoices.list' },
  validateSearch: recurringListSearch,
  component: lazyRouteComponent(
    () => import('../features/recurring-invoices/recurring-list-page.tsx'),
    'RecurringListPage',
  ),
})

const newRecurring = createRoute({
  getParentRoute: () => rootRoute,
  path: '/recurring/new',
  staticData: { title: 'New recurring invoice', calls: 'recurringInvoices.create' },
  validateSearch: newRecurringSearch,
  component: lazyRouteComponent(
    () => import('../features/recurring-invoices/new-schedule-page.tsx'),
    'NewSchedulePage',
  ),
})

const recurring = createRoute({
  getParentRoute: () => rootRoute,
  path: '/recurring/$id',
  staticData: { title: 'Recurring invoice', calls: ['recurringInvoices.get', 'organizations.get', 'taxRates.list'] },
  component: lazyRouteComponent(() => import('../features/recurring-invoices/schedule-page.tsx'), 'SchedulePage'),
})

const clientDuplicates = createRoute({
  getParentRoute: () => rootRoute,
  path: '/clients/duplicates',
  staticData: { title: 'Duplicate clients', calls: ['clients.duplicates', 'clients.merge'] },
  component: lazyRouteComponent(() => import('../features/clients/merge/duplicates-page.tsx'), 'DuplicatesPage'),
})

const numberReport = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/numbering/report',
  staticData: { title: 'Numbers and gaps', calls: 'numberSeries.report' },
  component: lazyRouteComponent(
    () => import('../features/settings/numbering/number-report-page.tsx'),
    'NumberReportPage',
  ),
})

const quoteList = createRoute({
  getParentRoute: () => rootRoute,
  path: '/quotes',
  staticData: { title: 'Quotes', calls: 'quotes.list' },
  validateSearch: quoteListSearch,
  component: lazyRouteComponent(() => import('../features/quotes/quote-list-page.tsx'), 'QuoteListPage'),
})

const newQuote = createRoute({
  getParentRoute: () => rootRoute,
  path: '/quotes/new',
  staticData: { title: 'New quote', calls: ['quotes.saveDraft', ...drawnWith] },
  validateSearch: newInvoiceSearch,
  component: lazyRouteComponent(() => import('../features/quotes/quote-page.tsx'), 'QuotePage'),
})

const quote = createRoute({
  getParentRoute: () => rootRoute,
  path: '/quotes/$id',
  staticData: { title: 'Quote', calls: 'quotes.get' },
  component: lazyRouteComponent(() => import('../features/quotes/quote-page.tsx'), 'QuotePage'),
})

const creditNoteList = createRoute({
  getParentRoute: () => rootRoute,
  path: '/credit-notes',
  staticData: { title: 'Credit notes', calls: 'creditNotes.list' },
  validateSearch: creditNoteListSearch,
  component: lazyRouteComponent(
    () => import('../features/credit-notes/credit-note-list-page.tsx'),
    'CreditNoteListPage',
  ),
})

const newCreditNote = createRoute({
  getParentRoute: () => rootRoute,
  path: '/credit-notes/new',
  staticData: { title: 'New credit note', calls: ['creditNotes.saveDraft', ...drawnWith] },
  validateSearch: newInvoiceSearch,
  component: lazyRouteComponent(() => import('../features/credit-notes/credit-note-page.tsx'), 'CreditNotePage'),
})

const creditNote = createRoute({
  getParentRoute: () => rootRoute,
  path: '/credit-notes/$id',
  staticData: { title: 'Credit note', calls: 'creditNotes.get' },
  component: lazyRouteComponent(() => import('../features/credit-notes/credit-note-page.tsx'), 'CreditNotePage'),
})

const clientList = createRoute({
  getParentRoute: () => rootRoute,
  path: '/clients',
  staticData: { title: 'Clients', calls: 'clients.list' },
  validateSearch: clientListSearch,
  component: lazyRouteComponent(() => import('../features/clients/client-list-page.tsx'), 'ClientListPage'),
})

const client = createRoute({
  getParentRoute: () => rootRoute,
  path: '/clients/$id',
  staticData: { title: 'Client', calls: 'clients.get' },
  component: lazyRouteComponent(() => import('../features/clients/client-page.tsx'), 'ClientPage'),
})

const itemList = createRoute({
  getParentRoute: () => rootRoute,
  path: '/items',
  staticData: { title: 'Items', calls: 'items.list' },
  validateSearch: itemListSearch,
  component: lazyRouteComponent(() => import('../features/items/item-list-page.tsx'), 'ItemListPage'),
})

const paymentList = createRoute({
  getParentRoute: () => rootRoute,
  path: '/payments',
  staticData: { title: 'Payments', calls: 'payments.list' },
  validateSearch: paymentListSearch,
  component: lazyRouteComponent(() => import('../features/payments/payment-list-page.tsx'), 'PaymentListPage'),
})

const newPayment = createRoute({
  getParentRoute: () => rootRoute,
  path: '/payments/new',
  staticData: { title: 'Record a payment', calls: 'payments.create' },
  validateSearch: newPaymentSearch,
  component: lazyRouteComponent(() => import('../features/payments/new-payment-page.tsx'), 'NewPaymentPage'),
})

const banking = createRoute({
  getParentRoute: () => rootRoute,
  path: '/banking',
  staticData: { title: 'Banking', calls: ['bankAccounts.list', 'bankTransactions.list'] },
  validateSearch: bankingSearch,
  component: lazyRouteComponent(() => import('../features/bank/banking-page.tsx'), 'BankingPage'),
})

const bankImport = createRoute({
  getParentRoute: () => rootRoute,
  path: '/banking/import',
  staticData: { title: 'Import bank statements', calls: 'bankStatements.import' },
  component: lazyRouteComponent(() => import('../features/bank/import-page.tsx'), 'ImportPage'),
})

const outbox = createRoute({
  getParentRoute: () => rootRoute,
  path: '/outbox',
  staticData: { title: 'Outbox', calls: 'mail.outbox' },
  validateSearch: outboxSearch,
  component: lazyRouteComponent(() => import('../features/mail/outbox-page.tsx'), 'OutboxPage'),
})

const record = createRoute({
  getParentRoute: () => rootRoute,
  path: '/record',
  staticData: { title: 'Record', calls: 'audit.list' },
  validateSearch: recordSearch,
  component: lazyRouteComponent(() => import('../features/audit/record-page.tsx'), 'RecordPage'),
})

const remindersDue = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reminders',
  staticData: { title: 'Reminders due', calls: 'reminders.due' },
  validateSearch: remindersDueSearch,
  component: lazyRouteComponent(() => import('../features/reminders/due-page.tsx'), 'RemindersDuePage'),
})

const notifications = createRoute({
  getParentRoute: () => rootRoute,
  path: '/notifications',
  staticData: { title: 'Notifications', calls: 'notifications.list' },
  component: lazyRouteComponent(() => import('../features/notifications/notifications-page.tsx'), 'NotificationsPage'),
})

const importFile = createRoute({
  getParentRoute: () => rootRoute,
  path: '/import',
  staticData: { title: 'Import', calls: 'dataImports.run' },
  validateSearch: importSearch,
  component: lazyRouteComponent(() => import('../features/imports/import-page.tsx'), 'ImportPage'),
})

const reportsIndex = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reports',
  staticData: { title: 'Reports', calls: 'reports.run' },
  component: lazyRouteComponent(() => import('../features/reports/reports-page.tsx'), 'ReportsPage'),
})

const report = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reports/$report',
  staticData: { title: 'Reports', calls: 'nothing' },
  validateSearch: reportSearch,
  component: lazyRouteComponent(() => import('../features/reports/report-page.tsx'), 'ReportPage'),
})

const clientStatement = createRoute({
  getParentRoute: () => rootRoute,
  path: '/clients/$id/statement',
  staticData: { title: 'Statement', calls: 'statements.get' },
  validateSearch: statementSearch,
  component: lazyRouteComponent(() => import('../features/statements/statement-page.tsx'), 'StatementPage'),
})

const settingsIndex = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  staticData: { title: 'Settings', calls: 'nothing' },
  beforeLoad: () => {
    throw redirect({ to: '/settings/$section', params: { section: 'business' } })
  },
})

const settings = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/$section',
  staticData: { title: 'Settings', calls: 'nothing' },
  component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
})

const templateEditor = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/templates/$id',
  staticData: { title: 'Template', calls: 'documentTemplates.list' },
  component: lazyRouteComponent(() => import('../features/templates/template-editor-page.tsx'), 'TemplateEditorPage'),
})

const welcome = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  staticData: { title: 'Welcome', calls: 'nothing' },
  component: lazyRouteComponent(() => import('../features/setup/welcome-page.tsx'), 'WelcomePage'),
})

const routeTree = rootRoute.addChildren([
  home,
  invoiceList,
  newInvoice,
  invoice,
  recurringList,
  newRecurring,
  recurring,
  clientDuplicates,
  numberReport,
  quoteList,
  newQuote,
  quote,
  creditNoteList,
  newCreditNote,
  creditNote,
  clientList,
  client,
  itemList,
  paymentList,
  newPayment,
  banking,
  bankImport,
  outbox,
  notifications,
  record,
  remindersDue,
  importFile,
  reportsIndex,
  report,
  clientStatement,
  settingsIndex,
  settings,
  templateEditor,
  welcome,
])

// Before the history below reads the address.
restoreRoute()

/** The addresses of the app; behind a hash, so that app:// and loopback behave the same. */
export const router = createRouter({
  routeTree,
  history: createHashHistory(),
  defaultPreload: 'intent',
  defaultErrorComponent: PageProblem,
  defaultPendingMs: 300,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
