import { Button } from '@mantine/core'
import { IconPlus, IconStarFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { FilterTabs } from '../../ui/tabs.tsx'
import { showToast } from '../../ui/toast.tsx'
import { NewSeriesDialog } from './numbering/new-series-dialog.tsx'
import classes from './numbering/numbering.module.css'
import { SeriesForm } from './numbering/series-form.tsx'
import { kindTitles, type Series, type SeriesKind, seriesKinds } from './numbering/series-pattern.tsx'
import settings from './settings.module.css'

const tell = (thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' })

const makeDefault = async (series: Series, before: Series | undefined) => {
  try {
    await api.numberSeries.setDefault({ id: series.id, version: series.version })
    showToast({
      message: `New documents are numbered by ${series.code}.`,
      undo: async () => {
        const now = (await api.numberSeries.list({})).find(({ id }) => id === before?.id)
        if (now !== undefined) await api.numberSeries.setDefault({ id: now.id, version: now.version })
      },
    })
  } catch (thrown) {
    tell(thrown)
  }
}

const remove = async ({ id, version, code, pattern, startValue, branchId }: Series, kind: SeriesKind) => {
  try {
    await api.numberSeries.delete({ id, version })
    showToast({
      message: `Series ${code} removed.`,
      undo: () => api.numberSeries.create({ documentKind: kind, code, pattern, startValue, branchId }),
    })
  } catch (thrown) {
    tell(thrown)
  }
}

type ActsProps = { readonly series: Series; readonly kind: SeriesKind; readonly fallback: Series | undefined }

/** What a series among several can be: the default, or gone as long as it gave no number. */
const SeriesActs = ({ series, kind, fallback }: ActsProps) => (
  <div className={classes['acts']}>
    {series.isDefault ? (
      <StatusChip tone="accent" icon={IconStarFilled}>
        Default
      </StatusChip>
    ) : (
      <>
        <Button variant="default" size="compact-sm" onClick={() => void makeDefault(series, fallback)}>
          Make {series.code} the default
        </Button>
        {series.givenCount === 0 ? (
          <Button variant="default" size="compact-sm" color="red" onClick={() => void remove(series, kind)}>
            Remove {series.code}
          </Button>
        ) : (
          <span className={classes['quiet']}>It has given numbers and stays for the record.</span>
        )}
      </>
    )}
  </div>
)

/** The numbers that documents get, kind by kind; several series where somebody needs them. */
export const NumberingSection = () => {
  const [kind, setKind] = useState<SeriesKind>('invoice')
  const [adding, setAdding] = useState(false)
  const list = useApiQuery('numberSeries', 'list', {})
  if (list.data === undefined) {
    if (list.isError) return <ErrorPanel {...describeError(list.error)} onRetry={() => void list.refetch()} />
    return <Skeleton />
  }
  const all = list.data
  const own = all
    .filter((series) => series.documentKind === kind)
    .toSorted((one, other) => Number(other.isDefault) - Number(one.isDefault))
  const title = kindTitles[kind]
  const what = title.toLowerCase()
  const fallback = own.find(({ isDefault }) => isDefault)
  const several = own.length > 1
  return (
    <div>
      <div className={classes['head']}>
        <FilterTabs
          label="Kinds of documents"
          tabs={seriesKinds.map((value) => ({ value, label: kindTitles[value] }))}
          value={kind}
          onChange={setKind}
        />
        <Button variant="default" renderRoot={(props) => <Link to="/settings/numbering/report" {...props} />}>
          Numbers and gaps
        </Button>
        <Button leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={() => setAdding(true)}>
          Add series
        </Button>
      </div>
      <div className={settings['stack']}>
        {own.map((series) => (
          <SeriesForm
            key={series.id}
            series={series}
            title={several ? `Series ${series.code}` : title}
            what={several && !series.isDefault ? `${what}, series ${series.code}` : what}
            acts={several ? <SeriesActs series={series} kind={kind} fallback={fallback} /> : null}
          />
        ))}
      </div>
      {own.length === 0 && (
        <p className={classes['quiet']}>The first series of {what} is made with the first number, or add your own.</p>
      )}
      {adding && <NewSeriesDialog kind={kind} onClose={() => setAdding(false)} />}
    </div>
  )
}
