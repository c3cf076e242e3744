import { Select } from '@mantine/core'
import type { BankPreview, CsvProfile, CsvRole } from '../../../shared/contract/bank.ts'
import { FieldRow } from '../../ui/form.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './bank.module.css'

const roleNames: Readonly<Record<CsvRole, string>> = {
  ignore: 'Not used',
  bookedOn: 'Booked on',
  valuedOn: 'Value date',
  amount: 'Amount',
  moneyIn: 'Money in',
  moneyOut: 'Money out',
  direction: 'In or out',
  currency: 'Currency',
  counterpartyName: 'Other side',
  counterpartyAccount: 'Other side’s account',
  purpose: 'Text',
  reference: 'Reference',
  bankReference: 'Bank’s reference',
  balance: 'Balance after it',
  account: 'Own account',
}
const roleOptions = Object.entries(roleNames).map(([value, label]) => ({ value, label }))

const encodingNames: Readonly<Record<CsvProfile['encoding'], string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16 (big-endian)',
  'windows-1252': 'Western (Windows-1252)',
  'windows-1250': 'Central European (Windows-1250)',
  'euc-jp': 'Japanese (EUC-JP)',
  shift_jis: 'Japanese (Shift JIS)',
}
const delimiterNames: Readonly<Record<CsvProfile['delimiter'], string>> = {
  ',': 'Comma',
  ';': 'Semicolon',
  '\t': 'Tab',
  '|': 'Bar |',
}
const orderNames: Readonly<Record<CsvProfile['dateOrder'], string>> = {
  dmy: 'Day, month, year',
  mdy: 'Month, day, year',
  ymd: 'Year, month, day',
}
const decimalNames: Readonly<Record<CsvProfile['decimal'], string>> = { '.': '1234.50', ',': '1234,50' }
const signNames: Readonly<Record<CsvProfile['signs'], string>> = {
  signed: 'As in the file',
  reversed: 'Turned round: plus is money out',
  marked: 'Money out, unless plus or CR',
}

// The keys of the tables above are the values themselves, which the library hands back as text.
const options = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

type Csv = NonNullable<BankPreview['csv']>
type Props = {
  readonly csv: Csv
  readonly given: Partial<CsvProfile> | null
  readonly onChange: (profile: Partial<CsvProfile>) => void
}

const Columns = ({ csv, onRole }: { readonly csv: Csv; readonly onRole: (column: number, role: CsvRole) => void }) => (
  <div className={classes['table-place']}>
    <table className={`${classes['table']} ${classes['columns']}`} aria-label="Columns of the file">
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">What it is</th>
          <th scope="col">Looks like</th>
        </tr>
      </thead>
      <tbody>
        {csv.headers.map((header, column) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns are their places; two may have one name
          <tr key={column}>
            <th scope="row">{header}</th>
            <td>
              <Select
                size="xs"
                w={190}
                aria-label={`What ${header} is`}
                allowDeselect={false}
                data={roleOptions}
                value={csv.profile.roles[column] ?? 'ignore'}
                // The options are the roles themselves.
                onChange={(role) => role !== null && onRole(column, role as CsvRole)}
              />
            </td>
            <td>
              <span className={classes['quiet']}>
                {csv.rows
                  .map((row) => row[column] ?? '')
                  .filter((cell) => cell !== '')
                  .slice(0, 3)
                  .join('  ·  ')}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

/** How a CSV file is read: found out from the file, changed here, kept with the account. */
export const CsvMapping = ({ csv, given, onChange }: Props) => {
  const { profile } = csv
  const set = (change: Partial<CsvProfile>) => onChange({ ...profile, ...given, ...change })
  const setRole = (column: number, role: CsvRole) => {
    const single = role !== 'purpose' && role !== 'ignore'
    const roles = profile.roles.map((old, at) => (at === column ? role : single && old === role ? 'ignore' : old))
    set({ roles })
  }
  return (
    <Panel title="How it is read">
      <div className={classes['stack']}>
        {csv.isKept && <p className={classes['quiet']}>As the files of this account were read before.</p>}
        {!csv.isDateOrderSure && (
          <p className={classes['note']}>
            Day and month could be either way round in this file. Check the dates below, and change the order if they
            are wrong.
          </p>
        )}
        <FieldRow>
          <Select
            label="Dates"
            allowDeselect={false}
            data={options(orderNames)}
            value={profile.dateOrder}
            onChange={(value) => value !== null && set({ dateOrder: value as CsvProfile['dateOrder'] })}
          />
          <Select
            label="Amounts"
            allowDeselect={false}
            data={options(decimalNames)}
            value={profile.decimal}
            onChange={(value) => value !== null && set({ decimal: value as CsvProfile['decimal'] })}
          />
          <Select
            label="Signs"
            allowDeselect={false}
            data={options(signNames)}
            value={profile.signs}
            onChange={(value) => value !== null && set({ signs: value as CsvProfile['signs'] })}
          />
        </FieldRow>
        <FieldRow>
          <Select
            label="Between columns"
            allowDeselect={false}
            data={options(delimiterNames)}
            value={profile.delimiter}
            // Other columns: what they are has to be found out anew.
            onChange={(value) => value !== null && onChange({ delimiter: value as CsvProfile['delimiter'] })}
          />
          <Select
            label="Encoding"
            allowDeselect={false}
            data={options(encodingNames)}
            value={profile.encoding}
            onChange={(value) => value !== null && onChange({ encoding: value as CsvProfile['encoding'] })}
          />
        </FieldRow>
        <Columns csv={csv} onRole={setRole} />
      </div>
    </Panel>
  )
}
