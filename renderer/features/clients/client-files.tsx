import { ActionIcon, Button, FileButton } from '@mantine/core'
import { IconDownload, IconTrash, IconUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { type ApiOutput, useApiQuery } from '../../app/queries.ts'
import { DropArea } from '../../ui/drop-area.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { bytesOf, downloadFile, sizeText } from '../../ui/files.ts'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './client-page.module.css'
import type { SavedClient } from './client-values.ts'

type KeptFile = ApiOutput<'attachments', 'list'>[number]

const tell = (thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' })

const download = async ({ id }: KeptFile) => {
  try {
    const { content, fileName, mediaType } = await api.attachments.content({ id })
    downloadFile(content, fileName, mediaType)
  } catch (thrown) {
    tell(thrown)
  }
}

const remove = async (file: KeptFile, clientId: string) => {
  try {
    const { content } = await api.attachments.content({ id: file.id })
    await api.attachments.delete({ id: file.id, version: file.version })
    showToast({
      message: `${file.fileName} removed.`,
      undo: () => api.attachments.add({ entity: 'client', entityId: clientId, fileName: file.fileName, content }),
    })
  } catch (thrown) {
    tell(thrown)
  }
}

const useAddFiles = (clientId: string) => {
  const [busy, setBusy] = useState(false)
  const add = async (files: readonly File[]) => {
    setBusy(true)
    for (const file of files) {
      try {
        const content = await bytesOf(file)
        await api.attachments.add({ entity: 'client', entityId: clientId, fileName: file.name, content })
      } catch (thrown) {
        showToast({ message: `${file.name}: ${describeError(thrown).message}`, tone: 'problem' })
      }
    }
    setBusy(false)
  }
  return { add, busy }
}

const FileRow = ({ file, clientId }: { readonly file: KeptFile; readonly clientId: string }) => {
  const formats = useFormats()
  return (
    <tr>
      <th scope="row">{file.fileName}</th>
      <td data-align="end">{sizeText(file.size, formats.locale)}</td>
      <td>{formats.instant(file.createdAt)}</td>
      <td data-align="end">
        <span className={classes['row-acts']}>
          <ActionIcon aria-label={`Save a copy of ${file.fileName}`} onClick={() => void download(file)}>
            <IconDownload size={15} />
          </ActionIcon>
          <MayCall call="attachments.delete">
            <ActionIcon aria-label={`Remove ${file.fileName}`} onClick={() => void remove(file, clientId)}>
              <IconTrash size={15} />
            </ActionIcon>
          </MayCall>
        </span>
      </td>
    </tr>
  )
}

/** Contracts, purchase orders and other files kept with a client. */
export const ClientFiles = ({ client }: { readonly client: SavedClient }) => {
  const files = useApiQuery('attachments', 'list', { entityId: client.id }).data ?? []
  const { add, busy } = useAddFiles(client.id)
  const reset = useRef<() => void>(null)
  const button = (
    <MayCall call="attachments.add">
      <FileButton
        multiple
        resetRef={reset}
        onChange={(chosen) => {
          void add(chosen)
          reset.current?.()
        }}
        inputProps={{ 'aria-label': 'Files to add' }}
      >
        {(props) => (
          <Button variant="default" loading={busy} leftSection={<IconUpload size={15} aria-hidden="true" />} {...props}>
            Add files
          </Button>
        )}
      </FileButton>
    </MayCall>
  )
  return (
    <DropArea onFiles={(dropped) => void add(dropped)}>
      {files.length === 0 ? (
        <EmptyState
          sentence="Contracts, orders and letters can lie here with the client: drop them or choose them, at most 20 MB each."
          action={button}
        />
      ) : (
        <Panel title="Files" actions={button}>
          <div className={classes['scroll']}>
            <table className={classes['table']}>
              <caption className="visually-hidden">Files of {client.name}</caption>
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col" data-align="end">
                    Size
                  </th>
                  <th scope="col">Added</th>
                  <th scope="col" data-align="end">
                    <span className="visually-hidden">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {files.map((file) => (
                  <FileRow key={file.id} file={file} clientId={client.id} />
                ))}
              </tbody>
            </table>
          </div>
        </Panel>
      )}
    </DropArea>
  )
}
