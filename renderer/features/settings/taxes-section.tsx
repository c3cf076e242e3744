import { ActionIcon, Button, Switch } from '@mantine/core'
import {
  IconArchive,
  IconArchiveOff,
  IconHistory,
  IconPencil,
  IconPlus,
  IconStar,
  IconStarFilled,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { TaxRate } from '../../../shared/contract/tax-rates.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { type LocaleFormats, useFormats } from '../../ui/locale.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { showToast } from '../../ui/toast.tsx'
import { CashRoundingPanel } from './cash-rounding-panel.tsx'
import { RateHistoryDialog } from './rate-history-dialog.tsx'
import { RegistrationPanel } from './registration-panel.tsx'
import classes from './settings.module.css'
import { categoryTexts } from './tax-categories.ts'
import { TaxRateDialog } from './tax-rate-dialog.tsx'

const tell = (thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' })

const setStatus = async (rate: TaxRate, status: TaxRate['status']) => {
  try {
    const saved = await api.taxRates.setStatus({ id: rate.id, version: rate.version, status })
    showToast({
      message: status === 'archived' ? `${rate.name} archived; lines no longer offer it.` : `${rate.name} is back.`,
      undo: () => api.taxRates.setStatus({ ...saved, status: rate.status }),
    })
  } catch (thrown) {
    tell(thrown)
  }
}

const makeDefault = async (rate: TaxRate, before: TaxRate | undefined) => {
  try {
    await api.taxRates.update({ id: rate.id, version: rate.version, isDefault: true })
    showToast({
      message: `${rate.name} is the default rate.`,
      undo: async () => {
        const now = (await api.taxRates.list({ status: 'all' })).find((it) => it.id === before?.id)
        if (now !== undefined) await api.taxRates.update({ id: now.id, version: now.version, isDefault: true })
      },
    })
  } catch (thrown) {
    tell(thrown)
  }
}

const inForce = ({ effectiveFrom, effectiveTo }: TaxRate, formats: LocaleFormats): string => {
  if (effectiveFrom === null && effectiveTo === null) return 'Always'
  if (effectiveTo === null) return `From ${formats.date(effectiveFrom ?? '')}`
  if (effectiveFrom === null) return `Until ${formats.date(effectiveTo)}`
  return `${formats.date(effectiveFrom)} to ${formats.date(effectiveTo)}`
}

type RowProps = {
  readonly rate: TaxRate
  readonly fallback: TaxRate | undefined
  readonly onEdit: () => void
  readonly onHistory: () => void
}

const RateRow = ({ rate, fallback, onEdit, onHistory }: RowProps) => {
  const formats = useFormats()
  const archived = rate.status === 'archived'
  return (
    <tr data-archived={archived || undefined}>
      <th scope="row">
        <span className={classes['rate-name']}>
          {rate.name}
          {rate.isDefault && (
            <StatusChip tone="accent" icon={IconStarFilled}>
              Default
            </StatusChip>
          )}
          {archived && (
            <StatusChip tone="caution" icon={IconArchive}>
              Archived
            </StatusChip>
          )}
        </span>
      </th>
      <td data-align="end">{formats.percent(rate.rateE6)}</td>
      <td>
        {categoryTexts[rate.category].label}
        {rate.isCompound ? ', compound' : ''}
        {rate.place === null ? '' : `, ${rate.place}`}
      </td>
      <td>
        {inForce(rate, formats)}
        {rate.versions.length > 0 && (
          <span className={classes['quiet']}>
            {rate.versions.length === 1 ? ', 1 change' : `, ${rate.versions.length} changes`}
          </span>
        )}
      </td>
      <td data-align="end">
        <span className={classes['row-acts']}>
          {!rate.isDefault && !archived && (
            <ActionIcon aria-label={`Make ${rate.name} the default`} onClick={() => void makeDefault(rate, fallback)}>
              <IconStar size={15} />
            </ActionIcon>
          )}
          <ActionIcon aria-label={`${rate.name} by date`} onClick={onHistory}>
            <IconHistory size={15} />
          </ActionIcon>
          <ActionIcon aria-label={`Edit ${rate.name}`} onClick={onEdit}>
            <IconPencil size={15} />
          </ActionIcon>
          {archived ? (
            <ActionIcon aria-label={`Bring back ${rate.name}`} onClick={() => void setStatus(rate, 'active')}>
              <IconArchiveOff size={15} />
            </ActionIcon>
          ) : (
            <ActionIcon aria-label={`Archive ${rate.name}`} onClick={() => void setStatus(rate, 'archived')}>
              <IconArchive size={15} />
            </ActionIcon>
          )}
        </span>
      </td>
    </tr>
  )
}

/** The rates to choose from, each with the days on which it is in force. */
const Rates = () => {
  const [history, setHistory] = useState<string | null>(null)
  const [withArchived, setWithArchived] = useState(false)
  const [editing, setEditing] = useState<TaxRate | 'new' | null>(null)
  const rates = useApiQuery('taxRates', 'list', { status: withArchived ? 'all' : 'active' })
  if (rates.isError) return <ErrorPanel {...describeError(rates.error)} onRetry={() => void rates.refetch()} />
  if (rates.data === undefined) return <Skeleton />
  const fallback = rates.data.find((rate) => rate.isDefault)
  const shown = rates.data.find((rate) => rate.id === history)
  return (
    <section aria-label="Tax rates">
      <div className={classes['table-head']}>
        <h2>Rates</h2>
        <p>The default goes on new lines; documents keep the rate that they were written with.</p>
        <Switch
          label="Show archived"
          checked={withArchived}
          onChange={(event) => setWithArchived(event.currentTarget.checked)}
        />
        <Button leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={() => setEditing('new')}>
          New rate
        </Button>
      </div>
      <div className={classes['scroll']}>
        <table className={classes['table']}>
          <caption className="visually-hidden">Tax rates</caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col" data-align="end">
                Rate
              </th>
              <th scope="col">Category</th>
              <th scope="col">In force</th>
              <th scope="col" data-align="end">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rates.data.map((rate) => (
              <RateRow
                key={rate.id}
                rate={rate}
                fallback={fallback}
                onEdit={() => setEditing(rate)}
                onHistory={() => setHistory(rate.id)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {editing !== null && <TaxRateDialog rate={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      {shown !== undefined && <RateHistoryDialog rate={shown} onClose={() => setHistory(null)} />}
    </section>
  )
}

/** How the business is taxed: its registration by date, its rates, and how cash is rounded. */
export const TaxesSection = () => {
  const settings = useApiQuery('taxSettings', 'get', {})
  const organization = useApiQuery('organizations', 'get', {})
  if (settings.isError) {
    return <ErrorPanel {...describeError(settings.error)} onRetry={() => void settings.refetch()} />
  }
  if (settings.data === undefined || organization.data === undefined) return <Skeleton />
  const { country, currency } = organization.data
  return (
    <div className={classes['stack']}>
      <RegistrationPanel settings={settings.data} country={country} />
      <Rates />
      <CashRoundingPanel roundings={settings.data.cashRoundings} currency={currency} country={country} />
    </div>
  )
}
