import { ActionIcon, Button, FileButton } from '@mantine/core'
import { IconDownload, IconPaperclip, IconX } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { type ApiOutput, useApiQuery } from '../../app/queries.ts'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { DocumentKind } from '../document-kind.ts'
import { saveFile } from '../issued/save-file.ts'
import classes from './files-panel.module.css'

type Entity = NonNullable<DocumentKind['entity']>
type Attached = ApiOutput<'attachments', 'list'>[number]

const sizeText = (bytes: number, locale: string): string => {
  const format = (value: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1, unitDisplay: 'short' }).format(value)
  if (bytes < 1000) return format(bytes, 'byte')
  return bytes < 1_000_000 ? format(Math.round(bytes / 1000), 'kilobyte') : format(bytes / 1_000_000, 'megabyte')
}

const limit = 20 * 1024 * 1024

const useFiles = (entity: Entity, entityId: string, prepare: () => Promise<boolean>) => {
  const [busy, setBusy] = useState(false)
  const tell = (thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' })
  const add = async (files: readonly File[]) => {
    setBusy(true)
    try {
      if (!(await prepare())) return
      for (const file of files) {
        if (file.size > limit) {
          showToast({ message: `${file.name} is larger than 20 MB and was not added.`, tone: 'problem' })
          continue
        }
        const content = new Uint8Array(await file.arrayBuffer())
        await api.attachments.add({ entity, entityId, fileName: file.name, content })
      }
    } catch (thrown) {
      tell(thrown)
    } finally {
      setBusy(false)
    }
  }
  const download = async (file: Attached) => {
    try {
      const { content, fileName, mediaType } = await api.attachments.content({ id: file.id })
      saveFile(content, fileName, mediaType)
    } catch (thrown) {
      tell(thrown)
    }
  }
  const remove = async (file: Attached) => {
    try {
      const { content } = await api.attachments.content({ id: file.id })
      await api.attachments.delete({ id: file.id, version: file.version })
      showToast({
        message: `${file.fileName} removed.`,
        undo: () => api.attachments.add({ entity, entityId, fileName: file.fileName, content }),
      })
    } catch (thrown) {
      tell(thrown)
    }
  }
  return { busy, add, download, remove }
}

type RowProps = { readonly file: Attached; readonly onDownload: () => void; readonly onRemove: () => void }

const FileRow = ({ file, onDownload, onRemove }: RowProps) => {
  const formats = useFormats()
  return (
    <li className={classes['file']}>
      <IconPaperclip size={14} aria-hidden="true" />
      <span className={classes['name']}>{file.fileName}</span>
      <span className={classes['size']}>{sizeText(file.size, formats.locale)}</span>
      <ActionIcon size={24} aria-label={`Download ${file.fileName}`} onClick={onDownload}>
        <IconDownload size={14} />
      </ActionIcon>
      <MayCall call="attachments.delete">
        <ActionIcon size={24} aria-label={`Remove ${file.fileName}`} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      </MayCall>
    </li>
  )
}

type Props = {
  readonly entity: Entity
  /** What the files stay with: `invoice`. */
  readonly of: string
  readonly documentId: string
  /** Makes sure that the document is stored, before a file is put beside it. */
  readonly prepare?: () => Promise<boolean>
}

const alwaysReady = async () => true

/** Files kept beside the document: dropped or chosen, downloaded, removed with a way back. */
export const FilesPanel = ({ entity, of, documentId, prepare = alwaysReady }: Props) => {
  const [over, setOver] = useState(false)
  const list = useApiQuery('attachments', 'list', { entityId: documentId })
  const { busy, add, download, remove } = useFiles(entity, documentId, prepare)
  const drag = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      void add([...event.dataTransfer.files])
    },
  }
  const files = list.data ?? []
  return (
    <Panel
      title="Files"
      actions={
        <MayCall call="attachments.add">
          <FileButton multiple onChange={(chosen) => void add(chosen)} inputProps={{ 'aria-label': 'Files to add' }}>
            {(props) => (
              <Button variant="subtle" size="compact-sm" loading={busy} {...props}>
                Add file
              </Button>
            )}
          </FileButton>
        </MayCall>
      }
    >
      <div className={classes['drop']} data-over={over || undefined} {...drag}>
        {files.length === 0 ? (
          <p className={classes['hint']}>Drop receipts, orders or drawings here; they stay with the {of}.</p>
        ) : (
          <ul className={classes['list']}>
            {files.map((file) => (
              <FileRow
                key={file.id}
                file={file}
                onDownload={() => void download(file)}
                onRemove={() => void remove(file)}
              />
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}
