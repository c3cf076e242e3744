import { SegmentedControl } from '@mantine/core'
import { Panel } from '../../ui/panel.tsx'
import { type Action, actionsFor, type DryRun, type Entity, type Group, groupTitle } from './import-words.ts'
import classes from './imports.module.css'
import type { Decisions } from './use-import.ts'

type Props = {
  readonly entity: Entity
  readonly dryRun: DryRun
  readonly duplicates: Decisions['duplicates']
  readonly onChange: (duplicates: Decisions['duplicates']) => void
}

const doneWith: Readonly<Record<Action, string>> = { skip: 'skipped', update: 'updated', create: 'added anyway' }

const GroupRow = ({
  group,
  count,
  entity,
  value,
  onChange,
}: {
  readonly group: Group
  readonly count: number
  readonly entity: Entity
  readonly value: Action
  readonly onChange: (action: Action) => void
}) => (
  <div className={classes['group']}>
    <p>
      {groupTitle(group, entity)} · {count.toLocaleString('en')}
    </p>
    <SegmentedControl
      aria-label={`${groupTitle(group, entity)}: what to do`}
      data={[...actionsFor(entity)]}
      value={value}
      onChange={(next) => {
        const action = actionsFor(entity).find((it) => it.value === next)
        if (action !== undefined) onChange(action.value)
      }}
    />
  </div>
)

/** What is there already, by the reason, with what to do about each group. */
export const DuplicatesPanel = ({ entity, dryRun, duplicates, onChange }: Props) => {
  if (dryRun.duplicateCounts.length === 0) return null
  const listed = dryRun.duplicates.slice(0, 100)
  const total = dryRun.duplicateCounts.reduce((sum, it) => sum + it.count, 0)
  return (
    <Panel title={total === 1 ? 'One is there already' : `${total.toLocaleString('en')} are there already`}>
      {dryRun.duplicateCounts.map(({ group, count }) => (
        <GroupRow
          key={group}
          group={group}
          count={count}
          entity={entity}
          value={duplicates[group] ?? 'skip'}
          onChange={(action) => onChange({ ...duplicates, [group]: action })}
        />
      ))}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard */}
      <section className={classes['scroll']} tabIndex={0} aria-label="Duplicates by row">
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col" className={classes['row-number']}>
                Row
              </th>
              <th scope="col">In the file</th>
              <th scope="col">There already</th>
              <th scope="col">Why</th>
              <th scope="col">Is</th>
            </tr>
          </thead>
          <tbody>
            {listed.map((it) => (
              <tr key={`${it.row} ${it.name}`}>
                <td className={classes['row-number']}>{it.row}</td>
                <td>{it.name}</td>
                <td>{it.existingName}</td>
                <td>{it.reason}</td>
                <td>{doneWith[it.action]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  )
}
