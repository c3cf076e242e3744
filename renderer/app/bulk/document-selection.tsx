import { useState } from 'react'
import type { MailKind } from '../../../shared/contract/mail.ts'
import { useFormats } from '../../ui/locale.tsx'
import { documentCalls } from '../document-calls.ts'
import { useToday } from '../organization.ts'
import { SentDialog } from '../sent-by-hand.tsx'
import type { CsvColumn } from './csv.ts'
import { type DocumentRow, documentBulk, documentName } from './document-rows.ts'
import { downloadCsv } from './download-csv.ts'
import { type SelectionAction, SelectionButtons } from './selection-buttons.tsx'
import { TagRowsDialog } from './tag-rows.tsx'

type Props<R extends DocumentRow> = {
  readonly entity: MailKind
  readonly one: string
  readonly many: string
  readonly rows: readonly R[]
  readonly onDone: () => void
  readonly isDraft: (row: R) => boolean
  readonly isVoid: (row: R) => boolean
  readonly columns: readonly CsvColumn<R>[]
  /** What only this kind can do, behind sending. */
  readonly more?: readonly SelectionAction[]
}

/** What can be done with selected documents; each act takes those that it is for. */
export const DocumentSelection = <R extends DocumentRow>(props: Props<R>) => {
  const { entity, one, many, rows, onDone } = props
  const today = useToday()
  const formats = useFormats()
  const [open, setOpen] = useState<'tag' | 'sent' | null>(null)
  const bulk = documentBulk(entity)
  const drafts = rows.filter(props.isDraft)
  const sendable = rows.filter((row) => !props.isDraft(row) && !props.isVoid(row))
  const some = (of: readonly R[], ...actions: readonly SelectionAction[]) => (of.length === 0 ? [] : actions)
  return (
    <>
      <SelectionButtons
        actions={[
          ...some(drafts, {
            id: 'selection.issue',
            label: `Issue ${drafts.length}`,
            title: `Issue the selected drafts (${drafts.length})`,
            calls: documentCalls[entity].issue,
            run: () => bulk.issue(drafts, formats, onDone),
          }),
          ...some(
            sendable,
            {
              id: 'selection.send',
              label: `Send ${sendable.length}`,
              title: `Send the selected ${many} by mail (${sendable.length})`,
              calls: ['mail.compose', 'mail.send'],
              run: () => bulk.send(sendable, onDone),
            },
            {
              id: 'selection.mark-sent',
              label: 'Mark as sent',
              title: `Mark the selected ${many} as sent by post or by hand (${sendable.length})`,
              calls: documentCalls[entity].markSent,
              run: () => setOpen('sent'),
            },
          ),
          ...(props.more ?? []),
          {
            id: 'selection.tag',
            label: 'Tag',
            title: `Tag the selected ${many}`,
            calls: 'tags.assign',
            run: () => setOpen('tag'),
          },
          {
            id: 'selection.export',
            label: 'Export',
            title: `Export the selected ${many} as CSV`,
            calls: 'nothing',
            run: () => downloadCsv(props.columns, rows, `${many.replaceAll(' ', '-')}-${today}.csv`),
          },
          ...some(drafts, {
            id: 'selection.delete',
            label: `Delete ${drafts.length}`,
            title: `Delete the selected drafts (${drafts.length})`,
            isDangerous: true,
            calls: documentCalls[entity].remove,
            run: () => bulk.remove(drafts, onDone),
          }),
        ]}
      />
      <SentDialog
        what={bulk.words(sendable.length)}
        opened={open === 'sent'}
        onClose={() => setOpen(null)}
        onMark={async (words) => bulk.mark(sendable, words, onDone)}
      />
      {open === 'tag' && (
        <TagRowsDialog
          entity={entity}
          rows={rows}
          rowName={documentName}
          one={one}
          many={many}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}
