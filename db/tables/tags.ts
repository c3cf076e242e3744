import type { RowColumns } from './row.ts'

export type TagTable = RowColumns & {
  name: string
  color: 'gray' | 'red' | 'orange' | 'yellow' | 'green' | 'teal' | 'blue' | 'violet'
}
