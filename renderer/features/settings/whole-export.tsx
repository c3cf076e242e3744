import { Button } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { BringIn } from '../../app/bring-in.tsx'
import { describeError } from '../../app/errors.ts'
import { useOrganization } from '../../app/organization.ts'
import type { ApiOutput } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { downloadFile, sizeText } from '../../ui/files.ts'
import { FormSection } from '../../ui/form.tsx'
import { useFormats } from '../../ui/locale.tsx'
import classes from './settings.module.css'

type Made = Omit<ApiOutput<'dataExports', 'everything'>, 'content'> & { readonly size: number }
type State = { readonly busy: boolean; readonly made?: Made; readonly problem?: unknown }

const files = (count: number) => (count === 1 ? '1 file' : `${count} files`)

const Result = ({ made }: { readonly made: Made }) => {
  const formats = useFormats()
  return (
    <div className={classes['exported']}>
      <p>
        {made.fileName}: {made.rowCount} records and {files(made.fileCount)}, {sizeText(made.size, formats.locale)}.
      </p>
      {made.missing.length > 0 && (
        <p role="alert">
          {files(made.missing.length)} that the books name {made.missing.length === 1 ? 'is' : 'are'} missing from the
          data folder, so also from this export.
        </p>
      )}
      <p className={classes['quiet']}>Fingerprint of the books: {made.stateHash.slice(0, 16)}…</p>
    </div>
  )
}

/** Everything of the business as one file, and the way back. */
export const WholeExport = () => {
  const name = useOrganization()?.name ?? 'the business'
  const [state, setState] = useState<State>({ busy: false })
  const save = async () => {
    setState({ busy: true })
    try {
      const { content, ...made } = await api.dataExports.everything({})
      downloadFile(content, made.fileName, 'application/zip')
      setState({ busy: false, made: { ...made, size: content.length } })
    } catch (thrown) {
      setState({ busy: false, problem: thrown })
    }
  }
  return (
    <FormSection
      title="Whole export"
      hint="Everything in one file: documents, clients, settings, files and the record, documented and readable by Counterfoil anywhere."
    >
      <div className={classes['row-of-buttons']}>
        <Button variant="default" loading={state.busy} onClick={() => void save()}>
          Save everything of {name}
        </Button>
        <BringIn />
      </div>
      <div aria-live="polite">
        {state.made !== undefined && <Result made={state.made} />}
        {state.problem !== undefined && <ErrorPanel {...describeError(state.problem)} onRetry={() => void save()} />}
      </div>
    </FormSection>
  )
}
