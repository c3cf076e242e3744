import { Button, FileButton } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { describeError } from '../../app/errors.ts'
import { DropArea } from '../../ui/drop-area.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { ImportHistory } from './import-history.tsx'
import classes from './imports.module.css'

export const acceptedFiles = '.csv,.txt,.tsv,.xlsx,.iif,text/csv,text/plain'

type Props = { readonly onFile: (file: File) => void; readonly error: unknown }

/** Where a file is dropped, with the imports so far below. */
export const FileStep = ({ onFile, error }: Props) => (
  <div className={classes['sheet']}>
    {error !== null && <ErrorPanel {...describeError(error)} />}
    <DropArea onFiles={(files) => files[0] !== undefined && onFile(files[0])}>
      <div className={classes['drop']}>
        <IconFileImport size={30} stroke={1.4} aria-hidden="true" />
        <p className={classes['lead']}>Drop a file with clients, items, invoices or payments</p>
        <p>CSV, Excel (XLSX) or QuickBooks IIF, up to 20 MB. Nothing is saved before you have seen what comes in.</p>
        <FileButton accept={acceptedFiles} onChange={(file) => file !== null && onFile(file)}>
          {(props) => <Button {...props}>Choose a file</Button>}
        </FileButton>
        <p className={classes['products']}>
          Exports of Invoice Ninja, FreshBooks, Zoho, Wave, Xero, QuickBooks, Frappe Books and Akaunting are recognized;
          any other table works by saying what its columns hold.
        </p>
      </div>
    </DropArea>
    <ImportHistory />
  </div>
)
