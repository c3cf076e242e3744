import { SegmentedControl } from '@mantine/core'
import { Figure, Figures } from '../../ui/figures.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { DuplicatesPanel } from './duplicates-panel.tsx'
import { countOf, type DryRun, type Entity } from './import-words.ts'
import classes from './imports.module.css'
import { ProblemsPanel } from './problems-panel.tsx'
import { ProgressPanel } from './progress-panel.tsx'
import { RatesPanel } from './rates-panel.tsx'
import type { ImportActs, ImportState } from './use-import.ts'

const alsoMade = (entity: Entity, { made }: DryRun) => {
  const others = (['clients', 'creditNotes', 'payments'] as const)
    .filter((it) => it !== entity && made[it] > 0)
    .map((it) => countOf(it, made[it]))
  return others.length === 0 ? undefined : `with ${others.join(' and ')}`
}

const Counts = ({ entity, dryRun }: { readonly entity: Entity; readonly dryRun: DryRun }) => {
  const formats = useFormats()
  const { counts } = dryRun
  const also = alsoMade(entity, dryRun)
  return (
    <Figures>
      <Figure
        label="New"
        value={counts.create.toLocaleString(formats.locale)}
        {...(also === undefined ? {} : { note: also })}
      />
      <Figure label="Updated" value={counts.update.toLocaleString(formats.locale)} />
      <Figure label="Skipped" value={counts.skip.toLocaleString(formats.locale)} />
      <Figure
        label="Stay out"
        value={counts.refuse.toLocaleString(formats.locale)}
        tone={counts.refuse > 0 ? 'negative' : 'plain'}
      />
      {dryRun.totals.map((total) => (
        <Figure
          key={total.currency}
          label={`Total in ${total.currency}`}
          value={formats.amount(total.totalE4, total.currency)}
          note={entity === 'invoices' ? `${formats.amount(total.paidE4, total.currency)} of it paid` : undefined}
        />
      ))}
    </Figures>
  )
}

const Sample = ({ dryRun }: { readonly dryRun: DryRun }) =>
  dryRun.sample.length === 0 ? null : (
    <Panel title="What comes in, for example">
      <ul className={classes['samples-list']}>
        {dryRun.sample.slice(0, 9).map((it) => (
          <li key={it.row}>
            <strong>{it.title}</strong>
            <span className={classes['samples']}>{it.details.join(' · ') || `row ${it.row}`}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )

const Differences = ({ state, acts }: Omit<Props, 'entity'>) => (
  <div className={classes['group']}>
    <p>Where a total of the file is not what its lines and taxes come to, by up to 1.00</p>
    <SegmentedControl
      aria-label="Totals that differ"
      data={[
        { value: 'round', label: 'Close it by a rounding amount' },
        { value: 'refuse', label: 'Leave the invoice out' },
      ]}
      value={state.decisions.differences}
      onChange={(value) => acts.decide({ differences: value === 'refuse' ? 'refuse' : 'round' })}
    />
  </div>
)

type Props = { readonly entity: Entity; readonly state: ImportState; readonly acts: ImportActs }

/** What the import would do, row by row where something is to be looked at. Nothing is saved yet. */
export const CheckStep = ({ entity, state, acts }: Props) => {
  const { dryRun, decisions } = state
  const onStop = () => void acts.stop()
  if (state.isRunning) {
    return <ProgressPanel title="Importing" verb="written" entity={entity} seen={state.seen} onStop={onStop} />
  }
  if (dryRun === null) {
    return state.error === null ? (
      <ProgressPanel title="Checking every row" verb="checked" entity={entity} seen={state.seen} onStop={onStop} />
    ) : null
  }
  return (
    <>
      <Counts entity={entity} dryRun={dryRun} />
      <RatesPanel missing={dryRun.missingRates} rates={decisions.rates} onChange={(rates) => acts.decide({ rates })} />
      <ProblemsPanel dryRun={dryRun} />
      <DuplicatesPanel
        entity={entity}
        dryRun={dryRun}
        duplicates={decisions.duplicates}
        onChange={(duplicates) => acts.decide({ duplicates })}
      />
      {entity === 'invoices' && (
        <Panel title="Invoices of the past">
          <p className={classes['quiet']}>
            They keep their numbers and dates and are issued as they are; nothing is sent, and no reminder goes out
            until you let it. Money without a date of its own is dated as its invoice. Credit notes come in as credit
            notes, applied only to what the file says.
          </p>
          {dryRun.lines.all > 0 && (
            <p className={classes['quiet']}>
              {dryRun.lines.linked.toLocaleString('en')} of {dryRun.lines.all.toLocaleString('en')} lines are of an item
              that is here, by its code or its exact name.
            </p>
          )}
          <Differences state={state} acts={acts} />
        </Panel>
      )}
      <Sample dryRun={dryRun} />
    </>
  )
}
