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
import type { Permission } from '../../shared/permissions.ts'

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
  /** Whoever may not do this does not see it. */
  readonly needs?: Permission
}

/** The places of the sidebar, in order; Settings stands at its foot. */
export const modules: readonly Module[] = [
  { path: '/', title: 'Home', icon: IconHome, key: 'h', keywords: 'dashboard overview start' },
  {
    path: '/invoices',
    title: 'Invoices',
    icon: IconFileInvoice,
    key: 'i',
    keywords: 'bills drafts overdue',
    needs: 'invoices.read',
  },
  {
    path: '/recurring',
    title: 'Recurring',
    icon: IconRepeat,
    key: 'e',
    keywords: 'repeat schedules subscriptions retainers monthly',
    needs: 'recurring.read',
  },
  {
    path: '/quotes',
    title: 'Quotes',
    icon: IconFileDescription,
    key: 'q',
    keywords: 'offers estimates proposals',
    needs: 'quotes.read',
  },
  {
    path: '/credit-notes',
    title: 'Credit notes',
    icon: IconReceiptRefund,
    key: 'n',
    keywords: 'credits refunds returns corrections',
    needs: 'creditNotes.read',
  },
  {
    path: '/clients',
    title: 'Clients',
    icon: IconUsers,
    key: 'c',
    keywords: 'customers people companies',
    needs: 'clients.read',
  },
  {
    path: '/items',
    title: 'Items',
    icon: IconBox,
    key: 't',
    keywords: 'products services prices',
    needs: 'items.read',
  },
  {
    path: '/payments',
    title: 'Payments',
    icon: IconCoins,
    key: 'p',
    keywords: 'money received cheques credit',
    needs: 'payments.read',
  },
  {
    path: '/banking',
    title: 'Banking',
    icon: IconBuildingBank,
    key: 'b',
    keywords: 'bank statements matching camt ofx',
    needs: 'bank.read',
  },
  {
    path: '/reports',
    title: 'Reports',
    icon: IconChartBar,
    key: 'r',
    keywords: 'tax VAT return revenue figures',
    needs: 'reports.read',
  },
  {
    path: '/outbox',
    title: 'Outbox',
    icon: IconMail,
    key: 'o',
    keywords: 'mail messages sent queue',
    needs: 'mail.read',
  },
]

export const settingsModule: Module = {
  path: '/settings',
  title: 'Settings',
  icon: IconSettings,
  key: 's',
  keywords: 'preferences options configuration',
}
