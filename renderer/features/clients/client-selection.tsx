import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { runBulk } from '../../app/bulk/bulk-run.ts'
import { type CsvColumn, csvAmount } from '../../app/bulk/csv.ts'
import { downloadCsv } from '../../app/bulk/download-csv.ts'
import { SelectionButtons } from '../../app/bulk/selection-buttons.tsx'
import { countWords, TagRowsDialog } from '../../app/bulk/tag-rows.tsx'
import { useToday } from '../../app/organization.ts'
import { Dialog } from '../../ui/dialog.tsx'
import type { ClientRow } from './client-columns.tsx'
import { useClientGroups } from './client-groups.tsx'
import type { ClientStatus } from './client-values.ts'

const words = (count: number) => countWords(count, 'client', 'clients')
const rowId = ({ id }: ClientRow) => id
const rowName = ({ name }: ClientRow) => name

const columns: readonly CsvColumn<ClientRow>[] = [
  { header: 'Name', value: (row) => row.name },
  { header: 'Code', value: (row) => row.code },
  { header: 'Kind', value: (row) => row.kind },
  { header: 'E-mail', value: (row) => row.email },
  { header: 'Town', value: (row) => row.city },
  { header: 'Country', value: (row) => row.country },
  { header: 'Status', value: (row) => row.status },
  { header: 'Terms, days', value: (row) => (row.paymentTermsDays === null ? null : String(row.paymentTermsDays)) },
  { header: 'Currency', value: (row) => row.currency },
  { header: 'Billed', value: (row) => csvAmount(row.billedE4) },
  { header: 'Outstanding', value: (row) => csvAmount(row.openE4) },
]

const statusWords: Readonly<Record<ClientStatus, string>> = {
  active: 'active again',
  inactive: 'inactive',
  archived: 'archived',
}

const setStatus = (rows: readonly ClientRow[], status: ClientStatus, onEnd: () => void) => {
  const [only] = rows
  runBulk({
    title: status === 'archived' ? `Archive ${words(rows.length)}` : `Make ${words(rows.length)} ${status}`,
    rows,
    rowId,
    rowName,
    onEnd,
    reread: async (row) => {
      const { version, status: now } = await api.clients.get({ id: row.id })
      return { ...row, version, status: now }
    },
    act: async ({ id, version, status: before }) => {
      if (before === status) return { text: `Is ${status} already`, isSkipped: true }
      const saved = await api.clients.setStatus({ id, version, status })
      return {
        text: status === 'archived' ? 'Archived' : `Now ${status}`,
        undo: () => api.clients.setStatus({ ...saved, status: before }),
      }
    },
    done: (count) =>
      rows.length === 1 && only !== undefined
        ? `${only.name} is ${statusWords[status]}.`
        : `${words(count)} ${count === 1 ? 'is' : 'are'} ${statusWords[status]}.`,
  })
}

type Group = { readonly field: 'clientTypeId' | 'accountManagerId'; readonly id: string | null; readonly name: string }

const assign = (rows: readonly ClientRow[], { field, id: value, name }: Group) =>
  runBulk({
    title: field === 'clientTypeId' ? `Type of ${words(rows.length)}: ${name}` : `${words(rows.length)} to ${name}`,
    rows,
    rowId,
    rowName,
    act: async ({ id }) => {
      const client = await api.clients.get({ id })
      const before = client[field]
      if (before === value) return { text: `${name} already`, isSkipped: true }
      const saved = await api.clients.update({ id, version: client.version, [field]: value })
      return { text: name, undo: () => api.clients.update({ ...saved, [field]: before }) }
    },
    done: (count) => `${words(count)}: ${name}.`,
  })

type DialogProps = { readonly rows: readonly ClientRow[]; readonly onClose: () => void }

const nobody = 'none'

/** Gives the selected clients a type or an account manager. */
const AssignDialog = ({ rows, onClose }: DialogProps) => {
  const { types, managers } = useClientGroups()
  const [type, setType] = useState<string | null>(null)
  const [manager, setManager] = useState<string | null>(null)
  const offered = (groups: typeof types | typeof managers, none: string) => [
    ...groups.filter(({ isActive }) => isActive).map(({ id, name }) => ({ value: id, label: name })),
    { value: nobody, label: none },
  ]
  const group = (field: Group['field'], chosen: string, groups: readonly { id: string; name: string }[]): Group =>
    chosen === nobody
      ? { field, id: null, name: field === 'clientTypeId' ? 'No type' : 'Nobody' }
      : { field, id: chosen, name: groups.find(({ id }) => id === chosen)?.name ?? '' }
  const finish = () => {
    onClose()
    if (manager !== null) assign(rows, group('accountManagerId', manager, managers))
    else if (type !== null) assign(rows, group('clientTypeId', type, types))
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Assign ${words(rows.length)}`}
      size="sm"
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={type === null && manager === null} onClick={finish}>
            Assign
          </Button>
        </>
      }
    >
      <Select
        label="Account manager"
        placeholder="As it is"
        data={offered(managers, 'Nobody')}
        value={manager}
        onChange={(next) => {
          setManager(next)
          setType(null)
        }}
      />
      <Select
        label="Or client type"
        placeholder="As it is"
        data={offered(types, 'No type')}
        value={type}
        onChange={(next) => {
          setType(next)
          setManager(null)
        }}
      />
    </Dialog>
  )
}

type Props = { readonly rows: readonly ClientRow[]; readonly onDone: () => void }

/** What can be done with the selected clients. */
export const ClientSelection = ({ rows, onDone }: Props) => {
  const today = useToday()
  const [open, setOpen] = useState<'tag' | 'assign' | null>(null)
  const next = rows.every(({ status }) => status === 'archived') ? 'active' : 'archived'
  return (
    <>
      <SelectionButtons
        actions={[
          {
            id: 'selection.archive',
            label: next === 'active' ? 'Make active' : 'Archive',
            title: next === 'active' ? 'Make the selected clients active' : 'Archive the selected clients',
            calls: 'clients.setStatus',
            run: () => setStatus(rows, next, onDone),
          },
          {
            id: 'selection.assign',
            label: 'Assign',
            title: 'Assign the selected clients to a manager or a type',
            calls: 'clients.update',
            run: () => setOpen('assign'),
          },
          {
            id: 'selection.tag',
            label: 'Tag',
            title: 'Tag the selected clients',
            calls: 'tags.assign',
            run: () => setOpen('tag'),
          },
          {
            id: 'selection.export',
            label: 'Export',
            title: 'Export the selected clients as CSV',
            calls: 'nothing',
            run: () => downloadCsv(columns, rows, `clients-${today}.csv`),
          },
        ]}
      />
      {open === 'assign' && <AssignDialog rows={rows} onClose={() => setOpen(null)} />}
      {open === 'tag' && (
        <TagRowsDialog
          entity="client"
          rows={rows}
          rowName={rowName}
          one="client"
          many="clients"
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}
