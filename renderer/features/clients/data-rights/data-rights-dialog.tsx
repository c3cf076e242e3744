import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../../api.ts'
import { describeError } from '../../../app/errors.ts'
import { MayCall } from '../../../app/may.tsx'
import { useApiQuery } from '../../../app/queries.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { FateList } from '../../../ui/fate-list.tsx'
import { downloadFile } from '../../../ui/files.ts'
import { useFormats } from '../../../ui/locale.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import type { SavedClient } from '../client-values.ts'
import classes from './data-rights.module.css'
import { EraseForm } from './erase-form.tsx'
import { goesInWords, type Preview, ruleInWords, staysInWords } from './erasure-texts.ts'

type Props = { readonly client: SavedClient; readonly onClose: () => void }

const ExportPart = ({ client }: { readonly client: SavedClient }) => {
  const [state, setState] = useState<{ busy: boolean; said?: string; problem?: unknown }>({ busy: false })
  const save = async () => {
    setState({ busy: true })
    try {
      const { content, fileName, rowCount, fileCount } = await api.dataRights.exportData({ clientId: client.id })
      downloadFile(content, fileName, 'application/zip')
      setState({ busy: false, said: `${fileName}: ${rowCount} records and ${fileCount} files.` })
    } catch (thrown) {
      setState({ busy: false, problem: thrown })
    }
  }
  return (
    <section className={classes['part']}>
      <h3>Give out the data</h3>
      <p>One file with all that names this client: a page to read, the same for programs, PDFs and files.</p>
      <div>
        <MayCall call="dataRights.exportData">
          <Button
            variant="default"
            loading={state.busy}
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            onClick={() => void save()}
          >
            Save the data of this client
          </Button>
        </MayCall>
      </div>
      <div aria-live="polite">
        {state.said !== undefined && <p className={classes['quiet']}>{state.said}</p>}
        {state.problem !== undefined && <ErrorPanel {...describeError(state.problem)} onRetry={() => void save()} />}
      </div>
    </section>
  )
}

const ErasurePreview = ({ preview }: { readonly preview: Preview }) => {
  const formats = useFormats()
  return (
    <>
      <FateList title="What goes" lines={goesInWords(preview)} />
      {preview.keptCount > 0 && (
        <>
          <FateList title="What stays, unchanged" lines={staysInWords(preview, formats.date)} />
          <p className={classes['quiet']}>
            The law asks to keep them {ruleInWords(preview)}. After that, erase once more and the names on them go too.
          </p>
        </>
      )}
      <p className={classes['quiet']}>
        Copies made before stay as they are: backups, bank statement files that were imported, and what was saved or
        sent. Remove old backups once you do not need them.
      </p>
      {preview.openInvoices > 0 && (
        <p role="note">
          {preview.openInvoices === 1 ? '1 invoice is' : `${preview.openInvoices} invoices are`} not paid. Without an
          address nobody can be reminded.
        </p>
      )}
      {preview.earlier.length > 0 && (
        <p className={classes['quiet']}>Erased before on {formats.date(preview.earlier[0]?.at.slice(0, 10) ?? '')}.</p>
      )}
    </>
  )
}

/** What a client may ask of a business about their own data: to have it, and to have it erased. */
export const DataRightsDialog = ({ client, onClose }: Props) => {
  const [isErasing, setErasing] = useState(false)
  const preview = useApiQuery(
    'dataRights',
    'previewErasure',
    { clientId: client.id },
    { enabled: isErasing, live: false },
  )
  if (!isErasing) {
    return (
      <Dialog open onClose={onClose} title={`Data of ${client.name}`}>
        <ExportPart client={client} />
        <section className={classes['part']}>
          <h3>Erase the data</h3>
          <p>Takes away who this client is. Documents that the law asks for stay; you see first what goes.</p>
          <div>
            <MayCall call="dataRights.erase">
              <Button variant="outline" color="red" onClick={() => setErasing(true)}>
                Look at what would go
              </Button>
            </MayCall>
          </div>
        </section>
      </Dialog>
    )
  }
  return (
    <Dialog open onClose={onClose} title={`Erase ${client.name}`} size="lg">
      {preview.data === undefined ? (
        preview.isError ? (
          <ErrorPanel {...describeError(preview.error)} onRetry={() => void preview.refetch()} />
        ) : (
          <Skeleton lines={6} label="Looking for what is known" />
        )
      ) : (
        <>
          <ErasurePreview preview={preview.data} />
          <EraseForm client={preview.data.client} onClose={onClose} />
        </>
      )}
    </Dialog>
  )
}
