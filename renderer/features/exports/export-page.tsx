import { Button, Checkbox, Select } from '@mantine/core'
import { useState } from 'react'
import { sheetNames, sheetsShownBy } from '../../../shared/contract/data-exports.ts'
import { api } from '../../api.ts'
import { describeError, type ErrorText } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useMayCall } from '../../app/me.ts'
import { type ChosenRange, RangeBar } from '../../app/range-bar.tsx'
import { useRange } from '../../app/use-range.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { downloadFile, sizeText } from '../../ui/files.ts'
import { FormSection } from '../../ui/form.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './exports.module.css'
import { type SheetName, sheetTexts, workbookType } from './sheet-texts.ts'

type Made = { readonly content: Uint8Array; readonly fileName: string }

/** Makes a file and hands it over; while it is made, and when it fails, it says so. */
const useMaking = () => {
  const formats = useFormats()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<(ErrorText & { readonly message: string }) | null>(null)
  const make = async <M extends Made>(ask: () => Promise<M>, type: string, note?: (made: M) => string) => {
    setBusy(true)
    setProblem(null)
    try {
      const made = await ask()
      downloadFile(made.content, made.fileName, type)
      const more = note?.(made) ?? ''
      showToast({ message: `${made.fileName} is ready, ${sizeText(made.content.length, formats.locale)}.${more}` })
    } catch (thrown) {
      setProblem(describeError(thrown))
    }
    setBusy(false)
  }
  return { busy, make, status: <MakingStatus busy={busy} problem={problem} /> }
}

type StatusProps = { readonly busy: boolean; readonly problem: (ErrorText & { readonly message: string }) | null }

const MakingStatus = ({ busy, problem }: StatusProps) => (
  <div aria-live="polite">
    {busy && <p className={classes['quiet']}>Writing the file; large books take a moment. You can go on meanwhile.</p>}
    {problem !== null && <ErrorPanel {...problem} />}
  </div>
)

const useSheets = (): readonly SheetName[] => {
  const mayCall = useMayCall()
  return sheetNames.filter((name) => mayCall(sheetsShownBy[name]))
}

const OneTable = ({ range }: { readonly range: ChosenRange }) => {
  const sheets = useSheets()
  const [chosen, setSheet] = useState<SheetName>('invoices')
  const sheet = sheets.includes(chosen) ? chosen : (sheets[0] ?? chosen)
  const [separator, setSeparator] = useState<',' | ';'>(',')
  const { busy, make, status } = useMaking()
  const { title, about, isDated } = sheetTexts[sheet]
  const { from, to } = range
  const days = isDated ? { from, to } : {}
  return (
    <FormSection title="One table as CSV" hint="Opens in any spreadsheet. Numbers are exact, formulas are disarmed.">
      <div className={classes['row']}>
        <Select
          label="Table"
          className={classes['sheet']}
          allowDeselect={false}
          maxDropdownHeight={360}
          value={sheet}
          data={sheets.map((value) => ({ value, label: sheetTexts[value].title }))}
          onChange={(value) => setSheet(sheetNames.find((it) => it === value) ?? sheet)}
        />
        <Select
          label="Columns are parted by"
          className={classes['separator']}
          allowDeselect={false}
          value={separator}
          data={[
            { value: ',', label: 'Comma' },
            { value: ';', label: 'Semicolon' },
          ]}
          onChange={(value) => setSeparator(value === ';' ? ';' : ',')}
        />
      </div>
      <p className={classes['quiet']}>
        {about}
        {isDated ? '' : ' It has no dates: the period above does not narrow it.'}
      </p>
      <div>
        <Button
          variant="default"
          loading={busy}
          onClick={() => void make(() => api.dataExports.sheet({ sheet, separator, ...days }), 'text/csv')}
        >
          Save {title.toLowerCase()} as CSV
        </Button>
      </div>
      {status}
    </FormSection>
  )
}

const Workbook = ({ range: { from, to } }: { readonly range: ChosenRange }) => {
  const sheets = useSheets()
  const [chosen, setChosen] = useState<readonly SheetName[]>(sheets.filter((name) => name !== 'audit'))
  const { busy, make, status } = useMaking()
  const toggle = (name: SheetName) =>
    setChosen(sheets.filter((it) => (it === name ? !chosen.includes(it) : chosen.includes(it))))
  const all = chosen.length === sheets.length
  const isNone = chosen.length === 0
  return (
    <FormSection title="A workbook" hint="One Excel file (XLSX) with a sheet for each table you choose.">
      <fieldset className={classes['sheets']}>
        <legend className="visually-hidden">Sheets of the workbook</legend>
        {sheets.map((name) => (
          <Checkbox
            key={name}
            label={sheetTexts[name].title}
            checked={chosen.includes(name)}
            onChange={() => toggle(name)}
          />
        ))}
      </fieldset>
      <div className={classes['row']}>
        <Button
          variant="default"
          loading={busy}
          disabled={isNone}
          onClick={() => void make(() => api.dataExports.workbook({ sheets: [...chosen], from, to }), workbookType)}
        >
          {chosen.length === 1 ? 'Save 1 sheet as XLSX' : `Save ${chosen.length} sheets as XLSX`}
        </Button>
        <Button variant="subtle" onClick={() => setChosen(all ? [] : sheets)}>
          {all ? 'Choose none' : 'Choose all'}
        </Button>
      </div>
      {status}
    </FormSection>
  )
}

const Bundle = ({ range: { from, to } }: { readonly range: ChosenRange }) => {
  const formats = useFormats()
  const { busy, make, status } = useMaking()
  const counted = ({ documentCount, missing }: { documentCount: number; missing: readonly string[] }) => {
    const documents = ` It holds ${documentCount === 1 ? '1 document' : `${documentCount} documents`}.`
    return missing.length === 0
      ? documents
      : `${documents} The PDF of ${missing.length === 1 ? '1 document' : `${missing.length} documents`} is missing: ${missing.slice(0, 5).join(', ')}.`
  }
  return (
    <FormSection title="For the accountant" hint="Everything about a period in one archive, ready to hand over.">
      <ul className={classes['holds']}>
        <li>Every table of the period that you may see, as CSV, and all of them as one workbook</li>
        <li>The PDFs of invoices, credit notes and quotes, as they were issued</li>
        <MayCall call="audit.list">
          <li>The record of who changed what, and when</li>
        </MayCall>
        <li>A page, index.html, that leads to all of it: open it in any browser, it needs no program</li>
      </ul>
      <div>
        <Button
          loading={busy}
          onClick={() => void make(() => api.dataExports.bundle({ from, to }), 'application/zip', counted)}
        >
          Save the bundle, {formats.date(from)} to {formats.date(to)}
        </Button>
      </div>
      {status}
    </FormSection>
  )
}

/** Tables as CSV or a workbook, and the accountant's bundle, over any period. */
export const ExportPage = () => {
  const [own, setOwn] = useState<ChosenRange | null>(null)
  const { chosen, years, error, retry } = useRange({}, 'this-fiscal-year')
  const range = own ?? chosen
  return (
    <Page
      narrow
      title="Export"
      subtitle="Files to work with elsewhere. Nothing leaves this computer unless you send it."
      toolbar={range === null ? undefined : <RangeBar years={years} value={range} onChange={setOwn} />}
    >
      {error !== null && <ErrorPanel {...describeError(error)} onRetry={retry} />}
      {error === null && range === null && <Skeleton />}
      {range !== null && (
        <div>
          <MayCall call="dataExports.bundle">
            <Bundle range={range} />
          </MayCall>
          <Workbook range={range} />
          <OneTable range={range} />
        </div>
      )}
    </Page>
  )
}
