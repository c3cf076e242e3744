import {
  type Icon,
  IconBox,
  IconBuildingBank,
  IconChartBar,
  IconCoins,
  IconFileDescription,
  IconFileInvoice,
  IconHome,
  IconMail,
  IconReceiptRefund,
  IconRepeat,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react'

export type ModulePath =
  | '/'
  | '/invoices'
  | '/recurring'
  | '/quotes'
  | '/credit-notes'
  | '/clients'
  | '/items'
  | '/payments'
  | '/banking'
  | '/reports'
  | '/outbox'
  | '/settings'

export type Module = {
  readonly path: ModulePath
  readonly title: string
  readonly icon: Icon
  /** The second key of `g …`. */
  readonly key: string
  readonly keywords: string
}

/** The places of the sidebar, in order; Settings stands at its foot. */
export const modules: readonly Module[] = [
  { path: '/', title: 'Home', icon: IconHome, key: 'h', keywords: 'dashboard overview start' },
  { path: '/invoices', title: 'Invoices', icon: IconFileInvoice, key: 'i', keywords: 'bills drafts overdue' },
  {
    path: '/recurring',
    title: 'Recurring',
    icon: IconRepeat,
    key: 'e',
    keywords: 'repeat schedules subscriptions retainers monthly',
  },
  { path: '/quotes', title: 'Quotes', icon: IconFileDescription, key: 'q', keywords: 'offers estimates proposals' },
  {
    path: '/credit-notes',
    title: 'Credit notes',
    icon: IconReceiptRefund,
    key: 'n',
    keywords: 'credits refunds returns corrections',
  },
  { path: '/clients', title: 'Clients', icon: IconUsers, key: 'c', keywords: 'customers people companies' },
  { path: '/items', title: 'Items', icon: IconBox, key: 't', keywords: 'products services prices' },
  { path: '/payments', title: 'Payments', icon: IconCoins, key: 'p', keywords: 'money received cheques credit' },
  {
    path: '/banking',
    title: 'Banking',
    icon: IconBuildingBank,
    key: 'b',
    keywords: 'bank statements matching camt ofx',
  },
  { path: '/reports', title: 'Reports', icon: IconChartBar, key: 'r', keywords: 'tax VAT return revenue figures' },
  { path: '/outbox', title: 'Outbox', icon: IconMail, key: 'o', keywords: 'mail messages sent queue' },
]

export const settingsModule: Module = {
  path: '/settings',
  title: 'Settings',
  icon: IconSettings,
  key: 's',
  keywords: 'preferences options configuration',
}
