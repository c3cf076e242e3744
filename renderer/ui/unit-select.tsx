import { Select, type SelectProps } from '@mantine/core'

/** Units offered by name: codes of UN/ECE Recommendation 20, as electronic invoices carry them. */
const names: Readonly<Record<string, string>> = {
  C62: 'piece',
  HUR: 'hour',
  DAY: 'day',
  WEE: 'week',
  MON: 'month',
  ANN: 'year',
  MIN: 'minute',
  KGM: 'kilogram',
  GRM: 'gram',
  TNE: 'tonne',
  MTR: 'metre',
  KMT: 'kilometre',
  MTK: 'square metre',
  MTQ: 'cubic metre',
  LTR: 'litre',
  KWH: 'kilowatt hour',
  SET: 'set',
  PR: 'pair',
  XBX: 'box',
  XPK: 'pack',
  P1: 'percent',
}

/** The word of a unit; a code without one stands for itself. */
export const unitWord = (code: string): string => names[code] ?? code

type Props = Omit<SelectProps, 'data' | 'value'> & { readonly value?: string | null | undefined }

/** What one is: a piece, an hour, a kilogram. The value is the unit's code. */
export const UnitSelect = ({ value = null, ...rest }: Props) => {
  const codes = Object.keys(names)
  const all = value === null || value === '' || codes.includes(value) ? codes : [...codes, value]
  return (
    <Select
      searchable
      nothingFoundMessage="No unit of this name"
      {...rest}
      value={value}
      data={all.map((code) => ({ value: code, label: unitWord(code) }))}
    />
  )
}
