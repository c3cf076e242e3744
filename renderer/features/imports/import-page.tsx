import { Button, Checkbox } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useActions } from '../../app/actions.ts'
import { describeError } from '../../app/errors.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { sizeText } from '../../ui/files.ts'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { CheckStep } from './check-step.tsx'
import { ColumnsPanel, missingFields } from './columns-panel.tsx'
import { DoneStep } from './done-step.tsx'
import { FileStep } from './file-step.tsx'
import { FoundPanel } from './found-panel.tsx'
import { countOf, type Entity, newOf, nounOf } from './import-words.ts'
import classes from './imports.module.css'
import { type ImportActs, type ImportState, type Step, useImport } from './use-import.ts'

const stepTitles: Readonly<Record<Step, string>> = {
  file: '1 File',
  columns: '2 Columns',
  check: '3 Check',
  done: '4 Done',
}

const Steps = ({ step }: { readonly step: Step }) => (
  <ol className={classes['steps']} aria-label="Steps">
    {(['file', 'columns', 'check', 'done'] as const).map((it) => (
      <li key={it} aria-current={it === step ? 'step' : undefined}>
        {stepTitles[it]}
      </li>
    ))}
  </ol>
)

type StepProps = { readonly state: ImportState; readonly acts: ImportActs }

const ColumnsStep = ({ state, acts }: StepProps) => {
  const { found, decisions } = state
  if (found === null) return state.error === null ? <Skeleton lines={8} label="Reading the file" /> : null
  const columns = decisions.columns ?? found.columns.map((column) => column.field)
  // What has no place here yet may still name clients.
  const instead = found.entity === null && found.template !== null ? found.entities[0] : undefined
  const ready = found.entity !== null && missingFields(found, columns).length === 0
  return (
    <>
      <FoundPanel found={found} state={state} acts={acts} />
      {found.entity !== null && (
        <ColumnsPanel found={found} columns={columns} onChange={(next) => acts.decide({ columns: next })} />
      )}
      <div className={classes['foot']}>
        <Button variant="default" onClick={acts.restart}>
          Another file
        </Button>
        {found.entity !== null && (
          <Button disabled={!ready || state.isBusy} onClick={() => acts.goTo('check')}>
            Check every row
          </Button>
        )}
        {instead !== undefined && (
          <Button onClick={() => acts.choose({ entity: instead })}>Import {nounOf(instead)} from it</Button>
        )}
      </div>
    </>
  )
}

const CheckFoot = ({ state, acts, entity }: StepProps & { readonly entity: Entity }) => {
  const [leaveOut, setLeaveOut] = useState(false)
  const { dryRun } = state
  if (dryRun === null || state.isRunning) return null
  const { create, update, refuse } = dryRun.counts
  const verb = create > 0 || update === 0 ? `Import ${newOf(entity, dryRun)}` : `Update ${countOf(entity, update)}`
  return (
    <div className={classes['foot']}>
      <Button variant="default" onClick={() => acts.goTo('columns')}>
        Back to the columns
      </Button>
      <div className={classes['foot-end']}>
        {refuse > 0 && create + update > 0 && (
          <Checkbox
            label={`Leave out the ${countOf(entity, refuse)} with errors`}
            checked={leaveOut}
            onChange={(event) => setLeaveOut(event.currentTarget.checked)}
          />
        )}
        <Button
          disabled={create + update === 0 || (refuse > 0 && !leaveOut)}
          loading={state.isBusy}
          onClick={() => void acts.run(leaveOut)}
        >
          {verb}
        </Button>
      </div>
    </div>
  )
}

const subtitleOf = ({ step, fileName, size }: ImportState, locale: string) =>
  step === 'file' ? 'From another product or a spreadsheet' : `${fileName} · ${sizeText(size, locale)}`

/** Brings tables of other products in: choose a file, say what its columns hold, look at every row, import, undo. */
export const ImportPage = () => {
  const { entity: asked } = useSearch({ from: '/import' })
  const formats = useFormats()
  const [state, acts] = useImport(asked ?? null)
  const { step, found, ran } = state
  const entity = found?.entity ?? null
  useActions([
    {
      id: 'import.again',
      title: 'Import another file',
      group: 'This page',
      keywords: 'restart file',
      calls: 'dataImports.run',
      run: acts.restart,
    },
  ])
  return (
    <Page title="Import" subtitle={subtitleOf(state, formats.locale)} toolbar={<Steps step={step} />}>
      {step === 'file' ? (
        <FileStep onFile={(file) => void acts.open(file)} error={state.error} />
      ) : (
        <div className={classes['sheet']}>
          {state.error !== null && (
            <ErrorPanel {...describeError(state.error)} onRetry={acts.restart} retryLabel="Choose another file" />
          )}
          {step === 'columns' && <ColumnsStep state={state} acts={acts} />}
          {step === 'check' && entity !== null && (
            <>
              <CheckStep entity={entity} state={state} acts={acts} />
              <CheckFoot entity={entity} state={state} acts={acts} />
            </>
          )}
          {step === 'done' && ran !== null && entity !== null && (
            <DoneStep entity={entity} fileName={state.fileName} ran={ran} onAnother={acts.restart} />
          )}
        </div>
      )}
    </Page>
  )
}
