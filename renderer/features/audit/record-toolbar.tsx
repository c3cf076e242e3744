import { Button, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useActions } from '../../app/actions.ts'
import { useToday } from '../../app/organization.ts'
import { useApiQuery } from '../../app/queries.ts'
import type { RecordSearch } from '../../app/search-params.ts'
import { DateField } from '../../ui/date-field.tsx'
import { FilterTabs } from '../../ui/tabs.tsx'
import classes from './audit.module.css'

/** Tables that a person would ask for, under the name that they know. */
const kinds: readonly { readonly value: string; readonly label: string; readonly tables: readonly string[] }[] = [
  {
    value: 'invoices',
    label: 'Invoices',
    tables: ['invoices', 'invoice_lines', 'invoice_taxes', 'invoice_adjustments', 'write_offs', 'invoice_reminders'],
  },
  {
    value: 'quotes',
    label: 'Quotes',
    tables: ['quotes', 'quote_lines', 'quote_taxes', 'quote_adjustments', 'quote_invoices'],
  },
  {
    value: 'credit_notes',
    label: 'Credit notes',
    tables: ['credit_notes', 'credit_note_lines', 'credit_note_taxes', 'credit_note_adjustments', 'credit_allocations'],
  },
  { value: 'payments', label: 'Payments', tables: ['payments', 'payment_allocations', 'refunds'] },
  { value: 'clients', label: 'Clients', tables: ['clients', 'client_contacts', 'client_notes', 'erasures'] },
  { value: 'items', label: 'Items', tables: ['items'] },
  { value: 'recurring', label: 'Recurring invoices', tables: ['recurring_invoices', 'recurring_runs'] },
  { value: 'mail', label: 'Mail', tables: ['outbox_messages', 'mail_accounts', 'message_templates'] },
  {
    value: 'bank',
    label: 'Banking',
    tables: ['bank_accounts', 'bank_statements', 'bank_transactions', 'bank_match_rules'],
  },
  {
    value: 'business',
    label: 'Business settings',
    tables: [
      'organizations',
      'branches',
      'number_series',
      'payment_accounts',
      'tax_rates',
      'tax_rate_versions',
      'tax_registrations',
      'tax_locks',
    ],
  },
  { value: 'people', label: 'People', tables: ['memberships', 'roles', 'person_erasures'] },
]

/** The tables of a kind that the list can be narrowed to. */
export const tablesOf = (kind: string | undefined): readonly string[] =>
  kinds.find(({ value }) => value === kind)?.tables ?? []

type Props = {
  readonly search: RecordSearch
  readonly change: (next: Partial<RecordSearch>) => void
  readonly clear: (...names: readonly (keyof RecordSearch)[]) => void
}

const tabs = [
  { value: 'done', label: 'Done' },
  { value: 'insert', label: 'Added' },
  { value: 'update', label: 'Changed' },
  { value: 'export', label: 'Taken out' },
  { value: 'read', label: 'Looked at' },
  { value: 'all', label: 'Everything' },
] as const

const Days = ({ search, change, clear }: Props) => {
  const today = useToday()
  const set = (name: 'from' | 'to') => (date: string | null) =>
    date === null || date === '' ? clear(name) : change({ [name]: date })
  return (
    <>
      <DateField label="From" today={today} value={search.from ?? null} onChange={set('from')} />
      <DateField label="To" today={today} value={search.to ?? null} onChange={set('to')} />
    </>
  )
}

/** Narrows the record: what was done, to what, by whom, when, by which command. */
export const RecordToolbar = (props: Props) => {
  const { search, change, clear } = props
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(search.procedure ?? '')
  const apply = useDebouncedCallback(
    (text: string) => (text === '' ? clear('procedure') : change({ procedure: text })),
    150,
  )
  const choices = useApiQuery('audit', 'choices', {}).data
  useActions([
    {
      id: 'record.search',
      title: 'Search the record',
      group: 'This page',
      shortcut: '/',
      calls: 'nothing',
      run: () => input.current?.focus(),
    },
  ])
  const options = (rows: readonly { readonly id: string; readonly name: string }[] | undefined) =>
    (rows ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const set = (name: 'kind' | 'user' | 'device') => (value: string | null) =>
    value === null ? clear(name) : change({ [name]: value })
  return (
    <>
      <div className={classes['what']}>
        <FilterTabs
          label="The record by what was done"
          tabs={tabs}
          value={search.action ?? 'done'}
          onChange={(action) => (action === 'done' ? clear('action') : change({ action }))}
        />
      </div>
      <div className={classes['finders']}>
        <Select
          label="Of"
          placeholder="Everything"
          clearable
          clearButtonProps={{ 'aria-label': 'Of everything' }}
          data={kinds.map(({ value, label }) => ({ value, label }))}
          value={search.kind ?? null}
          onChange={set('kind')}
        />
        <Select
          label="By"
          placeholder="Anybody"
          clearable
          clearButtonProps={{ 'aria-label': 'By anybody' }}
          data={options(choices?.users)}
          value={search.user ?? null}
          onChange={set('user')}
        />
        {(choices?.devices.length ?? 0) > 1 && (
          <Select
            label="On"
            placeholder="Any device"
            clearable
            clearButtonProps={{ 'aria-label': 'On any device' }}
            data={options(choices?.devices)}
            value={search.device ?? null}
            onChange={set('device')}
          />
        )}
        <Days {...props} />
        <TextInput
          ref={input}
          label="Command"
          type="search"
          placeholder="mail.send"
          leftSection={<IconSearch size={14} />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            apply(event.currentTarget.value)
          }}
        />
        {search.row !== undefined && (
          <Button variant="light" rightSection={<IconX size={13} />} onClick={() => clear('row')}>
            One row only
          </Button>
        )}
      </div>
    </>
  )
}
