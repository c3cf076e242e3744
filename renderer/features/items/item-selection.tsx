import { useState } from 'react'
import type { Item } from '../../../shared/contract/items.ts'
import { toDecimalString } from '../../../shared/money/decimal-string.ts'
import { digits } from '../../../shared/money/scaled.ts'
import { api } from '../../api.ts'
import { runBulk } from '../../app/bulk/bulk-run.ts'
import type { CsvColumn } from '../../app/bulk/csv.ts'
import { downloadCsv } from '../../app/bulk/download-csv.ts'
import { SelectionButtons } from '../../app/bulk/selection-buttons.tsx'
import { countWords, TagRowsDialog } from '../../app/bulk/tag-rows.tsx'
import { useOrganization, useToday } from '../../app/organization.ts'
import { unitWord } from '../../ui/unit-select.tsx'

const words = (count: number) => countWords(count, 'item', 'items')

const columnsIn = (currency: string): readonly CsvColumn<Item>[] => [
  { header: 'Name', value: (item) => item.name },
  { header: 'Code', value: (item) => item.code },
  { header: 'Kind', value: (item) => item.kind },
  { header: 'Description', value: (item) => item.description },
  { header: 'Unit', value: (item) => unitWord(item.unit) },
  { header: `Price, ${currency}`, value: (item) => toDecimalString(item.priceE6, digits.unitPrice, 2) },
  { header: 'Status', value: (item) => item.status },
]

const statusWords = { active: 'active again', archived: 'archived; lines no longer offer it' } as const

/** Archives items or brings them back, one after the other, with a way back. */
export const setItemStatus = (items: readonly Item[], status: Item['status'], onEnd: () => void): void => {
  const [only] = items
  runBulk({
    title: status === 'archived' ? `Archive ${words(items.length)}` : `Make ${words(items.length)} active`,
    rows: items,
    rowId: ({ id }) => id,
    rowName: ({ name }) => name,
    onEnd,
    reread: ({ id }) => api.items.get({ id }),
    act: async ({ id, version, status: before }) => {
      if (before === status) return { text: `Is ${status} already`, isSkipped: true }
      const saved = await api.items.setStatus({ id, version, status })
      return {
        text: status === 'archived' ? 'Archived' : 'Active again',
        undo: () => api.items.setStatus({ ...saved, status: before }),
      }
    },
    done: (count) =>
      items.length === 1 && only !== undefined
        ? `${only.name} is ${statusWords[status]}.`
        : `${words(count)} are ${status === 'archived' ? 'archived; lines no longer offer them' : 'active again'}.`,
  })
}

type Props = { readonly rows: readonly Item[]; readonly onDone: () => void }

/** What can be done with the selected items. */
export const ItemSelection = ({ rows, onDone }: Props) => {
  const today = useToday()
  const currency = useOrganization()?.currency ?? ''
  const [tagging, setTagging] = useState(false)
  const next = rows.every(({ status }) => status === 'archived') ? 'active' : 'archived'
  return (
    <>
      <SelectionButtons
        actions={[
          {
            id: 'selection.archive',
            label: next === 'active' ? 'Make active' : 'Archive',
            title: next === 'active' ? 'Make the selected items active' : 'Archive the selected items',
            calls: 'items.setStatus',
            run: () => setItemStatus(rows, next, onDone),
          },
          {
            id: 'selection.tag',
            label: 'Tag',
            title: 'Tag the selected items',
            calls: 'tags.assign',
            run: () => setTagging(true),
          },
          {
            id: 'selection.export',
            label: 'Export',
            title: 'Export the selected items as CSV',
            calls: 'nothing',
            run: () => downloadCsv(columnsIn(currency), rows, `items-${today}.csv`),
          },
        ]}
      />
      {tagging && (
        <TagRowsDialog
          entity="item"
          rows={rows}
          rowName={({ name }) => name}
          one="item"
          many="items"
          onClose={() => setTagging(false)}
        />
      )}
    </>
  )
}
