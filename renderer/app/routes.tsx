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

const rootRoute = createRootRoute({ component: Root, notFoundComponent: NotFoundPage })

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../features/home/home-page.tsx'), 'HomePage'),
})

const invoiceList = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invoices',
  validateSearch: invoiceListSearch,
  component: lazyRouteComponent(() => import('../features/invoices/invoice-list-page.tsx'), 'InvoiceListPage'),
})

const newInvoice = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invoices/new',
  validateSearch: newInvoiceSearch,
  component: lazyRouteComponent(() => import('../features/invoices/invoice-page.tsx'), 'InvoicePage'),
})

const invoice = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invoices/$id',
  component: lazyRouteComponent(() => import('../features/invoices/invoice-page.tsx'), 'InvoicePage'),
})

const recurringList = createRoute({
  getParentRoute: () => rootRoute,
  path: '/recurring',
  validateSearch: recurringListSearch,
  component: lazyRouteComponent(
    () => import('../features/recurring-invoices/recurring-list-page.tsx'),
    'RecurringListPage',
  ),
})

const newRecurring = createRoute({
  getParentRoute: () => rootRoute,
  path: '/recurring/new',
  validateSearch: newRecurringSearch,
  component: lazyRouteComponent(
    () => import('../features/recurring-invoices/new-schedule-page.tsx'),
    'NewSchedulePage',
  ),
})

const recurring = createRoute({
  getParentRoute: () => rootRoute,
  path: '/recurring/$id',
  component: lazyRouteComponent(() => import('../features/recurring-invoices/schedule-page.tsx'), 'SchedulePage'),
})

const clientDuplicates = createRoute({
  getParentRoute: () => rootRoute,
  path: '/clients/duplicates',
  component: lazyRouteComponent(() => import('../features/clients/merge/duplicates-page.tsx'), 'DuplicatesPage'),
})

const numberReport = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/numbering/report',
  component: lazyRouteComponent(
    () => import('../features/settings/numbering/number-report-page.tsx'),
    'NumberReportPage',
  ),
})

const quoteList = createRoute({
  getParentRoute: () => rootRoute,
  path: '/quotes',
  validateSearch: quoteListSearch,
  component: lazyRouteComponent(() => import('../features/quotes/quote-list-page.tsx'), 'QuoteListPage'),
})

const newQuote = createRoute({
  getParentRoute: () => rootRoute,
  path: '/quotes/new',
  validateSearch: newInvoiceSearch,
  component: lazyRouteComponent(() => import('../features/quotes/quote-page.tsx'), 'QuotePage'),
})

const quote = createRoute({
  getParentRoute: () => rootRoute,
  path: '/quotes/$id',
  component: lazyRouteComponent(() => import('../features/quotes/quote-page.tsx'), 'QuotePage'),
})

const creditNoteList = createRoute({
  getParentRoute: () => rootRoute,
  path: '/credit-notes',
  validateSearch: creditNoteListSearch,
  component: lazyRouteComponent(
    () => import('../features/credit-notes/credit-note-list-page.tsx'),
    'CreditNoteListPage',
  ),
})

const newCreditNote = createRoute({
  getParentRoute: () => rootRoute,
  path: '/credit-notes/new',
  validateSearch: newInvoiceSearch,
  component: lazyRouteComponent(() => import('../features/credit-notes/credit-note-page.tsx'), 'CreditNotePage'),
})

const creditNote = createRoute({
  getParentRoute: () => rootRoute,
  path: '/credit-notes/$id',
  component: lazyRouteComponent(() => import('../features/credit-notes/credit-note-page.tsx'), 'CreditNotePage'),
})

const clientList = createRoute({
  getParentRoute: () => rootRoute,
  path: '/clients',
  validateSearch: clientListSearch,
  component: lazyRouteComponent(() => import('../features/clients/client-list-page.tsx'), 'ClientListPage'),
})

const client = createRoute({
  getParentRoute: () => rootRoute,
  path: '/clients/$id',
  component: lazyRouteComponent(() => import('../features/clients/client-page.tsx'), 'ClientPage'),
})

const itemList = createRoute({
  getParentRoute: () => rootRoute,
  path: '/items',
  validateSearch: itemListSearch,
  component: lazyRouteComponent(() => import('../features/items/item-list-page.tsx'), 'ItemListPage'),
})

const paymentList = createRoute({
  getParentRoute: () => rootRoute,
  path: '/payments',
  validateSearch: paymentListSearch,
  component: lazyRouteComponent(() => import('../features/payments/payment-list-page.tsx'), 'PaymentListPage'),
})

const newPayment = createRoute({
  getParentRoute: () => rootRoute,
  path: '/payments/new',
  validateSearch: newPaymentSearch,
  component: lazyRouteComponent(() => import('../features/payments/new-payment-page.tsx'), 'NewPaymentPage'),
})

const banking = createRoute({
  getParentRoute: () => rootRoute,
  path: '/banking',
  validateSearch: bankingSearch,
  component: lazyRouteComponent(() => import('../features/bank/banking-page.tsx'), 'BankingPage'),
})

const bankImport = createRoute({
  getParentRoute: () => rootRoute,
  path: '/banking/import',
  component: lazyRouteComponent(() => import('../features/bank/import-page.tsx'), 'ImportPage'),
})

const outbox = createRoute({
  getParentRoute: () => rootRoute,
  path: '/outbox',
  validateSearch: outboxSearch,
  component: lazyRouteComponent(() => import('../features/mail/outbox-page.tsx'), 'OutboxPage'),
})

const record = createRoute({
  getParentRoute: () => rootRoute,
  path: '/record',
  validateSearch: recordSearch,
  component: lazyRouteComponent(() => import('../features/audit/record-page.tsx'), 'RecordPage'),
})

const remindersDue = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reminders',
  validateSearch: remindersDueSearch,
  component: lazyRouteComponent(() => import('../features/reminders/due-page.tsx'), 'RemindersDuePage'),
})

const notifications = createRoute({
  getParentRoute: () => rootRoute,
  path: '/notifications',
  component: lazyRouteComponent(() => import('../features/notifications/notifications-page.tsx'), 'NotificationsPage'),
})

const importFile = createRoute({
  getParentRoute: () => rootRoute,
  path: '/import',
  validateSearch: importSearch,
  component: lazyRouteComponent(() => import('../features/imports/import-page.tsx'), 'ImportPage'),
})

const reportsIndex = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reports',
  component: lazyRouteComponent(() => import('../features/reports/reports-page.tsx'), 'ReportsPage'),
})

const report = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reports/$report',
  validateSearch: reportSearch,
  component: lazyRouteComponent(() => import('../features/reports/report-page.tsx'), 'ReportPage'),
})

const clientStatement = createRoute({
  getParentRoute: () => rootRoute,
  path: '/clients/$id/statement',
  validateSearch: statementSearch,
  component: lazyRouteComponent(() => import('../features/statements/statement-page.tsx'), 'StatementPage'),
})

const settingsIndex = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/$section', params: { section: 'business' } })
  },
})

const settings = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/$section',
  component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
})

const templateEditor = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/templates/$id',
  component: lazyRouteComponent(() => import('../features/templates/template-editor-page.tsx'), 'TemplateEditorPage'),
})

const welcome = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
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
