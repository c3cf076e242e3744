import { Button } from '@mantine/core'
import type { BankPreview } from '../../../shared/contract/bank.ts'
import { describeError } from '../../app/errors.ts'
import { Amount } from '../../ui/amount.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import classes from './bank.module.css'
import { CsvMapping } from './csv-mapping.tsx'
import { ImportAccount } from './import-account.tsx'
import type { ChosenFile, Import } from './import-state.ts'
import { CheckMark, periodText } from './statement-list.tsx'

const Statements = ({ preview }: { readonly preview: BankPreview }) => {
  const formats = useFormats()
  return (
    <div className={classes['table-place']}>
      <table className={classes['table']} aria-label="Statements in the file">
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Period</th>
            <th scope="col" data-align="end">
              Opening
            </th>
            <th scope="col" data-align="end">
              Sum of lines
            </th>
            <th scope="col" data-align="end">
              Closing
            </th>
            <th scope="col">Check</th>
            <th scope="col" data-align="end">
              New lines
            </th>
          </tr>
        </thead>
        <tbody>
          {preview.statements.slice(0, 60).map((statement, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the statements of a file have no other name than their place
            <tr key={index} data-known={statement.newTransactions === 0 || undefined}>
              <td>
                {statement.accountName === '' ? '—' : statement.accountName}
                {statement.isNewAccount && ' (new)'}
              </td>
              <td>{periodText(formats, statement.fromOn, statement.toOn)}</td>
              <td data-align="end">
                {statement.openingE4 === null ? (
                  '—'
                ) : (
                  <Amount value={statement.openingE4} currency={statement.currency} />
                )}
              </td>
              <td data-align="end">
                <Amount value={statement.sumE4} currency={statement.currency} />
              </td>
              <td data-align="end">
                {statement.closingE4 === null ? (
                  '—'
                ) : (
                  <Amount value={statement.closingE4} currency={statement.currency} />
                )}
              </td>
              <td>
                <CheckMark statement={statement} />
              </td>
              <td data-align="end">
                {statement.isKnown ? 'imported already' : `${statement.newTransactions} of ${statement.transactions}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Sample = ({ preview }: { readonly preview: BankPreview }) => {
  const formats = useFormats()
  return (
    <div className={classes['table-place']}>
      <table className={classes['table']} aria-label="First lines of the file">
        <thead>
          <tr>
            <th scope="col">Booked</th>
            <th scope="col">Other side</th>
            <th scope="col">Text</th>
            <th scope="col" data-align="end">
              Amount
            </th>
            <th scope="col">
              <span className="visually-hidden">New</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {preview.sample.slice(0, 12).map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines of a file may be equal
            <tr key={index} data-known={!line.isNew || undefined}>
              <td>{formats.date(line.bookedOn)}</td>
              <td>{line.counterpartyName ?? '—'}</td>
              <td>{line.purpose}</td>
              <td data-align="end">
                <Amount value={line.amountE4} currency={line.currency} />
              </td>
              <td>{line.isNew ? '' : 'there already'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Skipped = ({ preview }: { readonly preview: BankPreview }) =>
  preview.skippedCount === 0 ? null : (
    <div className={classes['note']}>
      {preview.skippedCount === 1 ? 'One line is left out:' : `${preview.skippedCount} lines are left out:`}
      <ul>
        {preview.skipped.slice(0, 8).map((it) => (
          <li key={`${it.line} ${it.reason}`}>
            Line {it.line}: {it.reason}
          </li>
        ))}
      </ul>
    </div>
  )

const isReady = (preview: BankPreview) => !preview.needsAccount && preview.statements.length > 0

type ShownProps = { readonly state: Import; readonly file: ChosenFile; readonly preview: BankPreview }

const Shown = ({ state, file, preview }: ShownProps) => (
  <>
    <ImportAccount preview={preview} choice={file.choice} onChoose={state.choose} />
    {preview.csv !== null && (
      <CsvMapping csv={preview.csv} given={file.choice.csv} onChange={(csv) => state.choose({ csv })} />
    )}
    {preview.statements.length > 0 && (
      <Panel title="What is in it">
        <div className={classes['stack']}>
          <Statements preview={preview} />
          <Skipped preview={preview} />
          {preview.sample.length > 0 && <Sample preview={preview} />}
        </div>
      </Panel>
    )}
    {preview.csv !== null && preview.statements.length === 0 && (
      <p className={classes['note']}>Say which columns hold the date and the amount: then the lines appear here.</p>
    )}
    <div className={classes['acts']}>
      <Button disabled={!isReady(preview)} loading={state.isBusy} onClick={() => void state.take()}>
        {preview.newTransactions === 1 ? 'Import 1 line' : `Import ${preview.newTransactions} lines`}
      </Button>
      <Button variant="default" onClick={state.next}>
        Leave this file out
      </Button>
      {preview.needsAccount && <span className={classes['hint']}>Choose the account above first.</span>}
    </div>
  </>
)

type Props = { readonly state: Import; readonly file: ChosenFile }

/** What an import of a file would do, and the way to do it. */
export const ImportPreview = ({ state, file }: Props) => {
  const { preview, problem } = state
  return (
    <div className={classes['stack']}>
      <div className={classes['file-head']} style={{ marginBottom: 0 }}>
        <h2>{file.name}</h2>
        {preview !== null && <span className={classes['quiet']}>{preview.formatName}</span>}
      </div>
      {problem !== null && (
        <ErrorPanel {...describeError(problem)} onRetry={state.next} retryLabel="Choose another file" />
      )}
      {preview === null && problem === null && <Skeleton lines={6} label="Reading the file" />}
      {preview !== null && <Shown state={state} file={file} preview={preview} />}
    </div>
  )
}
