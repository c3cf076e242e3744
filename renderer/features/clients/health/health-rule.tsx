import { healthThresholds, leastSettled } from '../../../../shared/documents/client-health.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import classes from './health.module.css'

const rules = [
  { about: 'Share of invoices paid late', loses: 'up to 35', how: '35 where every one was late' },
  { about: 'Days late on average', loses: 'up to 25', how: 'one a day' },
  { about: 'The oldest overdue invoice', loses: 'up to 25', how: 'one for three days' },
  { about: 'Share of what is open that is overdue', loses: 'up to 15', how: '15 where all of it is' },
] as const

type Props = { readonly open: boolean; readonly onClose: () => void }

/** The published rule of payment health: what it looks at, and what it takes. */
export const HealthRule = ({ open, onClose }: Props) => (
  <Dialog open={open} onClose={onClose} title="How payment health is worked out" size="lg">
    <div className={classes['rule']}>
      <p>
        It looks at the invoices paid in the last two years and at what is overdue today. It begins at 100 points and
        loses some for each of these:
      </p>
      <table className={classes['table']}>
        <caption className="visually-hidden">What takes points</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Points</th>
            <th scope="col">How</th>
          </tr>
        </thead>
        <tbody>
          {rules.map(({ about, loses, how }) => (
            <tr key={about}>
              <th scope="row">{about}</th>
              <td>{loses}</td>
              <td>{how}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {healthThresholds.excellent} points and more are excellent, {healthThresholds.good} good,{' '}
        {healthThresholds.warning} a warning, fewer at risk. With fewer than {leastSettled} paid invoices and nothing
        overdue it stays unknown. Nothing is ever done to a client because of it.
      </p>
    </div>
  </Dialog>
)
