import { ActionIcon, Button } from '@mantine/core'
import { IconCheck, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Contract, Output } from '../../../shared/contract/index.ts'
import type { TaxRegistration } from '../../../shared/contract/tax-settings.ts'
import { regimeOf } from '../../../shared/tax/regimes/index.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { useFormats } from '../../ui/locale.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { showToast } from '../../ui/toast.tsx'
import { RegistrationDialog } from './registration-dialog.tsx'
import { frequencyTexts, schemeTexts } from './registration-texts.ts'
import classes from './settings.module.css'

type Settings = Output<Contract['taxSettings']['get']>

const remove = async (entry: TaxRegistration) => {
  try {
    const removed = await api.taxSettings.deleteRegistration({ id: entry.id, version: entry.version })
    showToast({
      message: 'Entry removed; documents keep what they were issued with.',
      undo: () => api.taxSettings.restoreRegistration({ id: removed.id }),
    })
  } catch (thrown) {
    showToast({ message: describeError(thrown).message, tone: 'problem' })
  }
}

type RowProps = { readonly entry: TaxRegistration; readonly isCurrent: boolean; readonly onEdit: () => void }

const EntryRow = ({ entry, isCurrent, onEdit }: RowProps) => {
  const formats = useFormats()
  return (
    <tr>
      <th scope="row">
        <span className={classes['rate-name']}>
          {formats.date(entry.effectiveOn)}
          {isCurrent && (
            <StatusChip tone="accent" icon={IconCheck}>
              Now
            </StatusChip>
          )}
        </span>
      </th>
      <td>{regimeOf(entry.regime).name}</td>
      <td>
        {schemeTexts[entry.scheme]}
        {entry.flatPercentE6 === null ? '' : ` ${formats.percent(entry.flatPercentE6)}`}
        {entry.basis === 'payment' ? ', due when paid' : ''}
      </td>
      <td>{entry.number ?? <span className={classes['quiet']}>None</span>}</td>
      <td>{frequencyTexts[entry.filingFrequency]}</td>
      <td data-align="end">
        <span className={classes['row-acts']}>
          <ActionIcon aria-label={`Correct the entry of ${formats.date(entry.effectiveOn)}`} onClick={onEdit}>
            <IconPencil size={15} />
          </ActionIcon>
          <ActionIcon
            aria-label={`Remove the entry of ${formats.date(entry.effectiveOn)}`}
            onClick={() => void remove(entry)}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </span>
      </td>
    </tr>
  )
}

type Props = { readonly settings: Settings; readonly country: string }

/** How the business is taxed, entry by entry, the newest first. */
export const RegistrationPanel = ({ settings, country }: Props) => {
  const [editing, setEditing] = useState<TaxRegistration | 'new' | null>(null)
  const { current, registrations } = settings
  const regime = regimeOf(current.regime)
  return (
    <section aria-label="Tax registration">
      <div className={classes['table-head']}>
        <p>
          {registrations.length === 0
            ? `Taken from your country: ${regime.name}, ${schemeTexts[current.scheme].toLowerCase()} scheme. Enter your registration when you have one.`
            : 'Each entry holds from its day on; returns follow the one at the end of their period.'}
        </p>
        <Button variant="default" onClick={() => setEditing('new')}>
          {registrations.length === 0 ? 'Enter registration' : 'Add a change'}
        </Button>
      </div>
      {registrations.length > 0 && (
        <div className={classes['scroll']}>
          <table className={classes['table']}>
            <caption className="visually-hidden">Tax registrations</caption>
            <thead>
              <tr>
                <th scope="col">From</th>
                <th scope="col">System</th>
                <th scope="col">Scheme</th>
                <th scope="col">Number</th>
                <th scope="col">Filed</th>
                <th scope="col" data-align="end">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {registrations.map((entry) => (
                <EntryRow
                  key={entry.id}
                  entry={entry}
                  isCurrent={entry.effectiveOn === current.effectiveOn}
                  onEdit={() => setEditing(entry)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {editing !== null && (
        <RegistrationDialog
          entry={editing === 'new' ? null : editing}
          current={current}
          country={country}
          onClose={() => setEditing(null)}
        />
      )}
    </section>
  )
}
