import { useMemo } from 'react'
import type { Column } from '../../ui/data-table-types.ts'
import { TagChips } from './tag-chip.tsx'
import { useTagsOf } from './use-tags-of.ts'

type Row = { readonly id: string }

/** The columns of a list with one for tags before its last ones, wherever a row that is loaded has any. */
export const useTagColumn = <R extends Row>(
  columns: readonly Column<R>[],
  rows: readonly R[],
  /** The column that the tags stand before. */
  before: string,
): readonly Column<R>[] => {
  const ids = useMemo(() => rows.map(({ id }) => id), [rows])
  const tags = useTagsOf(ids)
  return useMemo(() => {
    if (tags.size === 0) return columns
    const place = columns.findIndex(({ id }) => id === before)
    const column: Column<R> = {
      id: 'tags',
      header: 'Tags',
      width: 'minmax(90px, 1fr)',
      from: 1010,
      cell: (row) => <TagChips tags={tags.get(row.id)} />,
    }
    return [...columns.slice(0, place), column, ...columns.slice(place)]
  }, [columns, tags, before])
}
