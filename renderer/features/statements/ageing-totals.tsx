import type { Ageing } from '../../../shared/contract/statements.ts'
import { useFormats } from '../../ui/locale.tsx'
import { buckets, bucketTitles, widthOf } from './buckets.ts'
import classes from './statements.module.css'

type Line = Ageing & { readonly currency: string }

/** What is open by age as one bar; its figures stand in the table. */
export const AgeingBar = ({ ageing, basis }: { readonly ageing: Ageing; readonly basis: 'due' | 'issued' }) => {
  const titles = bucketTitles(basis)
  if (ageing.openE4 <= 0n) return null
  return (
    <div className={classes['bar']} aria-hidden="true">
      {buckets.map((bucket) => {
        const width = widthOf(ageing, bucket)
        return width <= 0 ? null : (
          <span
            key={bucket}
            data-bucket={bucket}
            style={{ flexGrow: width }}
            title={`${titles[bucket]}: ${width.toFixed(1)} %`}
          />
        )
      })}
    </div>
  )
}

type Props = {
  readonly label: string
  readonly lines: readonly Line[]
  /** All of it in the currency of the business, where there is more than one. */
  readonly base?: Line | undefined
  readonly basis: 'due' | 'issued'
}

const Cells = ({ line }: { readonly line: Line }) => {
  const formats = useFormats()
  return [...buckets, 'openE4' as const, 'creditE4' as const, 'balanceE4' as const].map((figure) => (
    <td key={figure} data-align="end" data-zero={line[figure] === 0n || undefined}>
      {formats.figures(line[figure], line.currency)}
    </td>
  ))
}

/** What is owed by age: a line for each currency, and all of it in the currency of the business. */
export const AgeingTable = ({ label, lines, base, basis }: Props) => {
  const titles = bucketTitles(basis)
  return (
    <div className={classes['scroll']}>
      <table className={classes['table']}>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">Currency</th>
            {buckets.map((bucket) => (
              <th key={bucket} scope="col" data-align="end">
                <span className={classes['key']} data-bucket={bucket}>
                  {titles[bucket]}
                </span>
              </th>
            ))}
            <th scope="col" data-align="end">
              Open
            </th>
            <th scope="col" data-align="end">
              Credit
            </th>
            <th scope="col" data-align="end">
              Balance
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.currency}>
              <th scope="row">{line.currency}</th>
              <Cells line={line} />
            </tr>
          ))}
        </tbody>
        {base !== undefined && (
          <tfoot>
            <tr>
              <th scope="row">All in {base.currency}</th>
              <Cells line={base} />
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}
