import {
  type Icon,
  IconArrowsExchange,
  IconBell,
  IconBuildingStore,
  IconDatabase,
  IconFileText,
  IconHash,
  IconMail,
  IconMessage2,
  IconPalette,
  IconQrcode,
  IconReceiptTax,
  IconTag,
  IconTemplate,
  IconUsersGroup,
} from '@tabler/icons-react'
import { type ComponentType, lazy } from 'react'

export type SettingsSection = {
  /** The last part of its address: `/settings/mail`. */
  readonly id: string
  readonly title: string
  /** What it decides, in one line. */
  readonly about: string
  readonly icon: Icon
  /** The names of its settings and other words that find it. */
  readonly keywords: readonly string[]
  readonly Content: ComponentType
}

/** Every section of the settings in order; a feature brings its own by one entry here. */
export const settingsSections: readonly SettingsSection[] = [
  {
    id: 'business',
    title: 'Business',
    about: 'Who you are on documents, and how you are paid.',
    icon: IconBuildingStore,
    keywords: [
      'Legal name',
      'Trade name',
      'Address',
      'Country',
      'E-mail',
      'Phone',
      'Website',
      'Tax numbers',
      'Bank details',
      'IBAN',
      'E-invoicing',
      'Electronic address',
      'Registration number',
      'Contact person',
      'XRechnung',
      'Currency',
      'Time zone',
      'Fiscal year',
    ],
    Content: lazy(async () => ({
      default: (await import('../features/settings/business-section.tsx')).BusinessSection,
    })),
  },
  {
    id: 'documents',
    title: 'Documents',
    about: 'How invoices look, count and what they say.',
    icon: IconFileText,
    keywords: [
      'Logo',
      'Accent colour',
      'Page size',
      'Language',
      'Notes',
      'Terms',
      'Footer',
      'Legal text',
      'Rounding',
      'Prices include tax',
      'Payment terms',
    ],
    Content: lazy(async () => ({
      default: (await import('../features/settings/documents-section.tsx')).DocumentsSection,
    })),
  },
  {
    id: 'templates',
    title: 'Templates',
    about: 'What documents look like: four finished ones, and your own.',
    icon: IconTemplate,
    keywords: ['Layout', 'Font', 'Colours', 'Columns', 'Footer', 'Own texts', 'Letterhead', 'PDF', 'Design'],
    Content: lazy(async () => ({
      default: (await import('../features/templates/templates-section.tsx')).TemplatesSection,
    })),
  },
  {
    id: 'payment-accounts',
    title: 'Ways to pay',
    about: 'The accounts, codes and links that documents name.',
    icon: IconQrcode,
    keywords: ['Bank account', 'IBAN', 'QR code', 'EPC', 'Swiss QR-bill', 'UPI', 'Payment link', 'Slip'],
    Content: lazy(async () => ({
      default: (await import('../features/payment-accounts/payment-accounts-section.tsx')).PaymentAccountsSection,
    })),
  },
  {
    id: 'numbering',
    title: 'Numbering',
    about: 'The numbers that documents get, in one series or several.',
    icon: IconHash,
    keywords: [
      'Number pattern',
      'Start value',
      'Invoice number',
      'Payment number',
      'Prefix',
      'Number series',
      'Gaps',
      'Default series',
    ],
    Content: lazy(async () => ({
      default: (await import('../features/settings/numbering-section.tsx')).NumberingSection,
    })),
  },
  {
    id: 'taxes',
    title: 'Taxes',
    about: 'How you are taxed and at which rates, by date.',
    icon: IconReceiptTax,
    keywords: [
      'VAT',
      'GST',
      'Sales tax',
      'Default rate',
      'Exempt',
      'Reverse charge',
      'Effective dates',
      'VAT registration',
      'Flat rate',
      'Cash rounding',
      'LUT',
      'One-stop shop',
    ],
    Content: lazy(async () => ({ default: (await import('../features/settings/taxes-section.tsx')).TaxesSection })),
  },
  {
    id: 'clients',
    title: 'Clients',
    about: 'Types of clients with their terms, and who looks after them.',
    icon: IconUsersGroup,
    keywords: ['Client types', 'Account managers', 'Default terms', 'Groups', 'Wholesale', 'Retail'],
    Content: lazy(async () => ({
      default: (await import('../features/settings/client-groups/client-groups-section.tsx')).ClientGroupsSection,
    })),
  },
  {
    id: 'tags',
    title: 'Tags',
    about: 'Words of your own to mark and to find by.',
    icon: IconTag,
    keywords: ['Tags', 'Labels', 'Colours', 'Categories'],
    Content: lazy(async () => ({ default: (await import('../features/settings/tags-section.tsx')).TagsSection })),
  },
  {
    id: 'exchange-rates',
    title: 'Exchange rates',
    about: 'What one unit of other currencies was worth, by day.',
    icon: IconArrowsExchange,
    keywords: ['Currency', 'Foreign currency', 'Rates', 'Import rates', 'Fetch rates', 'European Central Bank'],
    Content: lazy(async () => ({
      default: (await import('../features/exchange-rates/exchange-rates-section.tsx')).ExchangeRatesSection,
    })),
  },
  {
    id: 'mail',
    title: 'Mail',
    about: 'The account that sends your messages.',
    icon: IconMail,
    keywords: ['SMTP', 'Account', 'Password', 'Sender', 'Test message', 'Outgoing server'],
    Content: lazy(async () => ({ default: (await import('../features/mail/mail-settings.tsx')).MailSettings })),
  },
  {
    id: 'mail-templates',
    title: 'Mail templates',
    about: 'The words of messages, by kind and language.',
    icon: IconMessage2,
    keywords: [
      'Message templates',
      'Subject',
      'Variables',
      'Invoice message',
      'Quote message',
      'Credit note message',
      'Reminder message',
      'Statement message',
      'Placeholders',
    ],
    Content: lazy(async () => ({
      default: (await import('../features/mail/templates-section.tsx')).MailTemplatesSection,
    })),
  },
  {
    id: 'reminders',
    title: 'Reminders',
    about: 'When clients are reminded of open invoices, how, and at what fee.',
    icon: IconBell,
    keywords: ['Reminder plans', 'Dunning', 'Late fees', 'Overdue', 'Automatic reminders', 'Chasing', 'Mahnung'],
    Content: lazy(async () => ({
      default: (await import('../features/reminders/plans-section.tsx')).PlansSection,
    })),
  },
  {
    id: 'appearance',
    title: 'Appearance',
    about: 'Theme, density and keys on this computer.',
    icon: IconPalette,
    keywords: ['Theme', 'Dark', 'Light', 'Density', 'Single-letter shortcuts', 'Keyboard'],
    Content: lazy(async () => ({
      default: (await import('../features/settings/appearance-section.tsx')).AppearanceSection,
    })),
  },
  {
    id: 'data',
    title: 'Data',
    about: 'Where everything is kept, and whether it is sound.',
    icon: IconDatabase,
    keywords: [
      'Whole export',
      'Erasures',
      'Data rights',
      'Backup',
      'Folder',
      'Bring in',
      'Import',
      'CSV',
      'Integrity check',
      'Rebuild',
      'Demo data',
      'Storage',
      'Version',
      'Updates',
      'New version',
    ],
    Content: lazy(async () => ({ default: (await import('../features/settings/data-section.tsx')).DataSection })),
  },
]
