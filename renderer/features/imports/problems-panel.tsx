import { Panel } from '../../ui/panel.tsx'
import type { DryRun } from './import-words.ts'
import classes from './imports.module.css'

/** What is wrong with the rows: row, column, what stands there, and what follows from it. */
export const ProblemsPanel = ({ dryRun }: { readonly dryRun: DryRun }) => {
  const { problems, problemCount } = dryRun
  if (problems.length === 0) return null
  const more = problemCount - problems.length
  return (
    <Panel title={problemCount === 1 ? 'One remark' : `${problemCount} remarks`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard */}
      <section className={classes['scroll']} tabIndex={0} aria-label="Remarks by row">
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col" className={classes['row-number']}>
                Row
              </th>
              <th scope="col">Column</th>
              <th scope="col">In the file</th>
              <th scope="col">What is wrong</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((problem, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one row may have the same remark twice; the list is never reordered
              <tr key={index}>
                <td className={classes['row-number']}>{problem.row}</td>
                <td>{problem.column ?? '—'}</td>
                <td className={classes['samples']}>{problem.value}</td>
                <td className={problem.refuses ? classes['refuses'] : undefined}>
                  {problem.refuses ? 'Stays out: ' : ''}
                  {problem.message}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {more > 0 && <p className={classes['quiet']}>And {more.toLocaleString('en')} more.</p>}
    </Panel>
  )
}
