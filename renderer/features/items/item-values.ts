import { contract, type Input } from '../../../shared/contract/index.ts'
import type { Item } from '../../../shared/contract/items.ts'
import type { ComparedField } from '../../ui/differences.ts'
import { unitWord } from '../../ui/unit-select.tsx'

export const itemFormSchema = contract.items.create.input
export type CheckedItem = Input<typeof contract.items.create>

/** What the form edits of an item. */
export const itemValues = ({
  kind,
  name,
  code,
  description,
  classification,
  unit,
  priceE6,
  taxRateId,
}: Item): CheckedItem => ({
  kind,
  name,
  code,
  description,
  classification,
  unit,
  priceE6,
  taxRateId,
})

/** What an item begins with; its price is for the person to say. */
export const blankItem = (taxRateId: string | null): Omit<CheckedItem, 'priceE6'> => ({
  kind: 'service',
  name: '',
  code: null,
  description: null,
  classification: null,
  unit: 'C62',
  taxRateId,
})

/** The fields of an item as a comparison of two states names them; prices and rates need the words of the screen. */
export const comparedFields = (words: {
  readonly price: (value: unknown) => string
  readonly rate: (value: unknown) => string
}): readonly ComparedField[] => [
  { path: 'kind', label: 'Kind' },
  { path: 'name', label: 'Name' },
  { path: 'code', label: 'Code' },
  { path: 'description', label: 'Description' },
  { path: 'unit', label: 'Unit', text: (value) => unitWord(String(value)) },
  { path: 'priceE6', label: 'Price', text: words.price },
  { path: 'taxRateId', label: 'Tax', text: words.rate },
]
