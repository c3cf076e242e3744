import { useState } from 'react'
import type { Item } from '../../../shared/contract/items.ts'
import type { TaxRate } from '../../../shared/contract/tax-rates.ts'
import { unitPrice } from '../../../shared/money/scaled.ts'
import { api } from '../../api.ts'
import { useCommand } from '../../app/queries.ts'
import { TagEditor } from '../../app/tags/tag-editor.tsx'
import { HistoryPanel } from '../../documents/desk/history-panel.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useGuardedSave } from '../../ui/guarded-save.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { showToast } from '../../ui/toast.tsx'
import { ItemForm } from './item-form.tsx'
import { blankItem, type CheckedItem, comparedFields, itemValues } from './item-values.ts'

type NewProps = { readonly rates: readonly TaxRate[]; readonly onClose: () => void }

/** Makes an item with all its details. */
export const NewItemDialog = ({ rates, onClose }: NewProps) => {
  const create = useCommand('items', 'create')
  const save = async (values: CheckedItem) => {
    const made = await create.mutateAsync(values)
    onClose()
    showToast({
      message: `${values.name} added.`,
      undo: () => api.items.setStatus({ ...made, status: 'archived' }),
    })
  }
  return (
    <Dialog open onClose={onClose} title="New item" size="lg">
      <ItemForm start={blankItem(null)} rates={rates} verb="Add item" onSave={save} onCancel={onClose} />
    </Dialog>
  )
}

type EditProps = { readonly item: Item; readonly rates: readonly TaxRate[]; readonly onClose: () => void }

/** Changes an item; documents keep what they hold, and a change by somebody else is compared. */
export const EditItemDialog = ({ item: current, rates, onClose }: EditProps) => {
  // The state that editing began with: a later one that arrives meanwhile must not pass for it.
  const [item] = useState(current)
  const formats = useFormats()
  const update = useCommand('items', 'update')
  const guarded = useGuardedSave<CheckedItem>({
    what: item.name,
    fields: comparedFields({
      price: (value) => (typeof value === 'bigint' ? formats.price(unitPrice(value)) : 'empty'),
      rate: (value) => rates.find((rate) => rate.id === value)?.name ?? 'Default rate',
    }),
    before: itemValues(item),
    latest: async () => {
      const latest = await api.items.get({ id: item.id })
      return { ...itemValues(latest), version: latest.version }
    },
    save: (values, version) => update.mutateAsync({ id: item.id, version, ...values }),
    onSaved: () => {
      onClose()
      showToast({ message: 'Item saved.' })
    },
  })
  return (
    <>
      <Dialog open onClose={onClose} title={`Edit ${item.name}`} size="lg">
        <TagEditor entity="item" entityId={item.id} />
        <ItemForm
          start={itemValues(item)}
          rates={rates}
          verb="Save item"
          onSave={(values) => guarded.save(values, item.version)}
          onCancel={onClose}
        />
        <HistoryPanel documentId={item.id} table="items" name={item.name} />
      </Dialog>
      {guarded.dialog}
    </>
  )
}
