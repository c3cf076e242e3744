import { Button, Progress } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { describeError } from '../errors.ts'
import type { ApiOutput } from '../queries.ts'
import { countWords } from './backup-words.ts'
import { HeldTable } from './held-table.tsx'
import classes from './restore.module.css'

type Salvaged = ApiOutput<'recovery', 'salvage'>
type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'problem'; readonly problem: unknown }
  | { readonly kind: 'salvaged'; readonly salvaged: Salvaged }

const words = (table: string) => table.replaceAll('_', ' ')

const Tables = ({ tables }: Pick<Salvaged, 'tables'>) => {
  const hurt = tables.filter(({ lost }) => lost === null || lost > 0)
  const read = tables.reduce((sum, table) => sum + table.read, 0)
  return (
    <>
      <p>
        {countWords(read, 'record')} read out of {countWords(tables.length, 'table')}.{' '}
        {hurt.length === 0 ? 'None is known to be lost.' : 'Lost in these:'}
      </p>
      {hurt.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to take the focus
        <section className={classes['losses']} tabIndex={0} aria-label="What was lost, by table">
          <table className={classes['held']}>
            <thead>
              <tr>
                <th scope="col">Table</th>
                <th scope="col" data-align="end">
                  Read
                </th>
                <th scope="col" data-align="end">
                  Lost
                </th>
              </tr>
            </thead>
            <tbody>
              {hurt.map(({ table, read: rows, lost }) => (
                <tr key={table}>
                  <th scope="row">{words(table)}</th>
                  <td data-align="end">{rows}</td>
                  <td data-align="end">{lost ?? 'not known'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}

const Agree = ({ salvaged, onProblem }: { readonly salvaged: Salvaged; readonly onProblem: (it: unknown) => void }) => {
  const [busy, setBusy] = useState(false)
  const accept = async () => {
    setBusy(true)
    try {
      await api.recovery.acceptSalvage({})
    } catch (problem) {
      onProblem(problem)
    }
  }
  return (
    <>
      <Tables tables={salvaged.tables} />
      <HeldTable holds={salvaged.holds} label="What could be read" />
      <p className={classes['quiet']}>The damaged database is kept in {salvaged.aside}. Nothing is in its place yet.</p>
      <div className={classes['foot']}>
        <Button color="red" loading={busy} onClick={() => void accept()}>
          Go on with what was read
        </Button>
      </div>
    </>
  )
}

/** The last rung: reading out what is left, with what was lost, before anybody agrees to it. */
export const SalvageStep = () => {
  const [state, setState] = useState<State>({ kind: 'idle' })
  const salvage = async () => {
    setState({ kind: 'busy' })
    try {
      setState({ kind: 'salvaged', salvaged: await api.recovery.salvage({}) })
    } catch (problem) {
      setState({ kind: 'problem', problem })
    }
  }
  if (state.kind === 'busy') return <Progress aria-label="Reading what is left" value={100} animated size="sm" />
  if (state.kind === 'salvaged') {
    return <Agree salvaged={state.salvaged} onProblem={(problem) => setState({ kind: 'problem', problem })} />
  }
  return (
    <>
      <p className={classes['quiet']}>
        Every record that can still be read goes into a new file, which is checked. You see what was lost before
        anything is replaced.
      </p>
      {state.kind === 'problem' && <ErrorPanel {...describeError(state.problem)} />}
      <div>
        <Button variant="default" onClick={() => void salvage()}>
          Read what is left
        </Button>
      </div>
    </>
  )
}
