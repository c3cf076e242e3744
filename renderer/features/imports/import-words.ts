import type { ApiOutput } from '../../app/queries.ts'

export type Inspection = ApiOutput<'dataImports', 'inspect'>
export type DryRun = ApiOutput<'dataImports', 'dryRun'>
export type Ran = ApiOutput<'dataImports', 'run'>
export type Entity = NonNullable<Inspection['entity']>
export type Group = DryRun['duplicates'][number]['group']
export type Action = DryRun['duplicates'][number]['action']

type Made = Entity | 'creditNotes'

const nouns: Readonly<Record<Made, readonly [string, string]>> = {
  clients: ['client', 'clients'],
  items: ['item', 'items'],
  invoices: ['invoice', 'invoices'],
  creditNotes: ['credit note', 'credit notes'],
  payments: ['payment', 'payments'],
}

/** A number of records in words: `1 client`, `2 clients`. */
export const countOf = (entity: Made, count: number): string => `${count.toLocaleString('en')} ${nounOf(entity, count)}`

/** The word for a kind of record. */
export const nounOf = (entity: Made, count = 2): string => nouns[entity][count === 1 ? 0 : 1]

/** What would be new, or is, in words: `3 invoices and 1 credit note`. */
export const newOf = (entity: Entity, { counts, made }: Pick<Ran, 'counts' | 'made'>): string =>
  entity === 'invoices' && made.creditNotes > 0
    ? [
        ...(made.invoices > 0 ? [countOf('invoices', made.invoices)] : []),
        countOf('creditNotes', made.creditNotes),
      ].join(' and ')
    : countOf(entity, counts.create)

/** The kinds of record to choose from. */
export const entityTitles: Readonly<Record<Entity, string>> = {
  clients: 'Clients',
  items: 'Items',
  invoices: 'Invoices',
  payments: 'Payments',
}

export const formatTitles = { csv: 'CSV', xlsx: 'Excel workbook', iif: 'QuickBooks IIF' } as const

export const encodingTitles = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little endian)',
  'utf-16be': 'UTF-16 (big endian)',
  'windows-1252': 'Western (Windows-1252)',
  'windows-1250': 'Central European (Windows-1250)',
  'windows-1251': 'Cyrillic (Windows-1251)',
  'iso-8859-15': 'Western (ISO-8859-15)',
  shift_jis: 'Japanese (Shift JIS)',
  'euc-jp': 'Japanese (EUC-JP)',
  gbk: 'Chinese (GBK)',
} as const

export const separatorTitles = { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Vertical bar' } as const

export const dateOrderTitles = { dmy: 'Day, month, year', mdy: 'Month, day, year', ymd: 'Year, month, day' } as const

export const decimalTitles = { '.': 'Point: 1,234.50', ',': 'Comma: 1.234,50' } as const

/** Why rows are taken for ones that are there, by the kind of record. */
export const groupTitle = (group: Group, entity: Entity): string => {
  if (group === 'in-file') return 'Twice in this file'
  if (group === 'tax-id') return 'Same tax number'
  if (group === 'email') return 'Same e-mail'
  if (entity === 'payments')
    return group === 'number' ? 'Same reference, date and amount' : 'Same client, date and amount'
  if (group === 'name') return 'Same name'
  return { clients: 'Same client number', items: 'Same code', invoices: 'Same invoice number' }[entity]
}

/** What can be done with duplicates: documents and money are never changed by a file. */
export const actionsFor = (entity: Entity): readonly { readonly value: Action; readonly label: string }[] => [
  { value: 'skip', label: 'Skip' },
  ...(entity === 'clients' || entity === 'items' ? [{ value: 'update' as const, label: 'Update' }] : []),
  { value: 'create', label: 'Add anyway' },
]

/** Where the imported records are seen. */
export const placeOf = { clients: '/clients', items: '/items', invoices: '/invoices', payments: '/payments' } as const
