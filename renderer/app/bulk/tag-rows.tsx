import { Button } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { type TagChoice, type TaggedEntity, TagPicker } from '../tags/tag-picker.tsx'
import { type BulkOutcome, runBulk } from './bulk-run.ts'

type Row = { readonly id: string }

export type Tagged<R extends Row> = {
  readonly entity: TaggedEntity
  readonly rows: readonly R[]
  readonly rowName: (row: R) => string
  /** `invoices`, and one of them: `invoice`. */
  readonly many: string
  readonly one: string
}

/** A number of rows in words: `3 invoices`. */
export const countWords = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

const assign = async (entity: TaggedEntity, id: string, tag: TagChoice, on: boolean): Promise<BulkOutcome> => {
  const input = { tagId: tag.id, entity, entityIds: [id] }
  const { changed } = await api.tags.assign({ ...input, on })
  if (changed === 0) return { text: on ? 'Has it already' : 'Does not have it', isSkipped: true }
  return {
    text: on ? `Tagged ${tag.label}` : `${tag.label} taken off`,
    undo: () => api.tags.assign({ ...input, on: !on }),
  }
}

const tagRows = <R extends Row>({ entity, rows, rowName, one, many }: Tagged<R>, tag: TagChoice, on: boolean) =>
  runBulk({
    title: on
      ? `Tag ${countWords(rows.length, one, many)} ${tag.label}`
      : `Take ${tag.label} off ${countWords(rows.length, one, many)}`,
    rows,
    rowId: ({ id }) => id,
    rowName,
    act: ({ id }) => assign(entity, id, tag, on),
    done: (count) =>
      on
        ? `${countWords(count, one, many)} tagged ${tag.label}.`
        : `${tag.label} taken off ${countWords(count, one, many)}.`,
  })

type Props<R extends Row> = Tagged<R> & { readonly onClose: () => void }

/** Puts a tag on the selected rows, or takes it off them. */
export const TagRowsDialog = <R extends Row>({ onClose, ...tagged }: Props<R>) => {
  const [tag, setTag] = useState<TagChoice | null>(null)
  const finish = (on: boolean) => {
    if (tag === null) return
    onClose()
    tagRows(tagged, tag, on)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Tag ${countWords(tagged.rows.length, tagged.one, tagged.many)}`}
      size="sm"
      footer={
        <>
          <Button variant="default" disabled={tag === null} onClick={() => finish(false)}>
            Take off
          </Button>
          <Button disabled={tag === null} onClick={() => finish(true)}>
            Put on
          </Button>
        </>
      }
    >
      <TagPicker label="Tag" value={tag} onPick={setTag} autoFocus />
    </Dialog>
  )
}
