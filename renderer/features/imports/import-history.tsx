import { Button } from '@mantine/core'
import { useState } from 'react'
import { describeError } from '../../app/errors.ts'
import { type ApiOutput, useCommand } from '../../app/queries.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import { countOf, entityTitles } from './import-words.ts'
import classes from './imports.module.css'
import { useHistory } from './use-import.ts'

type Undone = ApiOutput<'dataImports', 'undo'>
type Row = ApiOutput<'dataImports', 'list'>['rows'][number]

/** Undoes an import after a question where documents would be made void; tells what stays. */
export const useUndo = (onUndone: (undone: Undone) => void) => {
  const undo = useCommand('dataImports', 'undo')
  const start = async (id: string, made: Row['made']) => {
    if (made.invoices + made.creditNotes > 0) {
      const what = (['invoices', 'creditNotes'] as const).filter((it) => made[it] > 0)
      const yes = await confirmAct({
        title: 'Undo this import?',
        body: `${what.map((it) => countOf(it, made[it])).join(' and ')} that it issued will be made void and stay listed as such; their payments are cancelled.`,
        verb: 'Undo the import',
        cancel: 'Keep it',
        danger: true,
      })
      if (!yes) return
    }
    try {
      const undone = await undo.mutateAsync({ id })
      onUndone(undone)
      showToast({
        message:
          undone.keptCount === 0
            ? 'The import is undone.'
            : `The import is undone, but for ${undone.keptCount} in use.`,
      })
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return { start, isBusy: undo.isPending }
}

/** What an undo left as it is, each with its reason. */
export const KeptList = ({ undone }: { readonly undone: Undone }) =>
  undone.keptCount === 0 ? null : (
    <div className={classes['caution']} role="status">
      {undone.keptCount === 1 ? 'One record stays:' : `${undone.keptCount} records stay:`}
      <ul className={classes['kept']}>
        {undone.kept.slice(0, 12).map((it) => (
          <li key={`${it.what} ${it.name} ${it.reason}`}>
            {it.what} {it.name}: {it.reason}
          </li>
        ))}
      </ul>
    </div>
  )

const madeText = (row: Row) => {
  const entries = (['clients', 'items', 'invoices', 'creditNotes', 'payments'] as const)
    .filter((entity) => row.made[entity] > 0)
    .map((entity) => countOf(entity, row.made[entity]))
  if (row.counts.update > 0) entries.push(`${row.counts.update} updated`)
  return entries.length === 0 ? 'nothing' : entries.join(', ')
}

/** The imports so far, each with its way back. */
export const ImportHistory = () => {
  const formats = useFormats()
  const history = useHistory()
  const [last, setLast] = useState<Undone | null>(null)
  const undo = useUndo(setLast)
  const rows = history.data?.rows ?? []
  if (rows.length === 0) return null
  return (
    <Panel title="Imports so far">
      {last !== null && <KeptList undone={last} />}
      <div className={classes['scroll']}>
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">File</th>
              <th scope="col">What came in</th>
              <th scope="col">
                <span className="visually-hidden">Undo</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>{formats.instant(row.createdAt)}</td>
                <th scope="row">
                  {row.fileName}
                  <span className={classes['example']}>
                    {row.product ?? 'Own table'} · {entityTitles[row.entity].toLowerCase()}
                  </span>
                </th>
                <td>{madeText(row)}</td>
                <td className={classes['history-end']}>
                  {row.undoneAt === null ? (
                    <Button
                      variant="default"
                      size="compact-sm"
                      disabled={undo.isBusy}
                      onClick={() => void undo.start(row.id, row.made)}
                      aria-label={`Undo the import of ${row.fileName}`}
                    >
                      Undo
                    </Button>
                  ) : (
                    <span className={classes['quiet']}>Undone</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
