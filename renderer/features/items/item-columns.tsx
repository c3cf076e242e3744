import type { Item } from '../../../shared/contract/items.ts'
import type { TaxRate } from '../../../shared/contract/tax-rates.ts'
import type { Column } from '../../ui/data-table-types.ts'
import type { LocaleFormats } from '../../ui/locale.tsx'
import { unitWord } from '../../ui/unit-select.tsx'
import { ItemStatusChip } from './item-status.tsx'
import classes from './items.module.css'

const status: Column<Item> = {
  id: 'status',
  header: 'Status',
  width: '104px',
  from: 900,
  cell: (item) => <ItemStatusChip status={item.status} />,
}

/** The columns of the list of items; the status is one only where it differs from row to row. */
export const itemColumns = (
  formats: LocaleFormats,
  rates: readonly TaxRate[],
  mixed: boolean,
): readonly Column<Item>[] => [
  {
    id: 'name',
    header: 'Name',
    width: 'minmax(200px, 3fr)',
    cell: (item) => (
      <>
        <span className={classes['name']}>{item.name}</span>
        {item.description !== null && <span className={classes['description']}>{item.description}</span>}
      </>
    ),
  },
  { id: 'code', header: 'Code', width: 'minmax(80px, 120px)', from: 620, cell: (item) => item.code },
  {
    id: 'kind',
    header: 'Kind',
    width: '84px',
    from: 760,
    cell: (item) => (item.kind === 'service' ? 'Service' : 'Product'),
  },
  {
    id: 'tax',
    header: 'Tax',
    width: 'minmax(90px, 150px)',
    from: 560,
    cell: (item) => rates.find((rate) => rate.id === item.taxRateId)?.name ?? 'Default rate',
  },
  ...(mixed ? [status] : []),
  {
    id: 'price',
    header: 'Price',
    width: 'minmax(130px, 190px)',
    align: 'end',
    cell: (item) => (
      <>
        {formats.price(item.priceE6)} <span className={classes['unit']}>/ {unitWord(item.unit)}</span>
      </>
    ),
  },
]
