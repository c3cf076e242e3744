import { TextInput } from '@mantine/core'
import type { BackupPreview } from '../../../shared/contract/backups.ts'
import classes from './restore.module.css'

type Series = BackupPreview['series'][number]

const kinds: Readonly<Record<string, string>> = {
  invoice: 'Invoices',
  payment: 'Payments',
  quote: 'Quotes',
  'credit-note': 'Credit notes',
  refund: 'Refunds',
}

const nameOf = ({ kind, code, business }: Series, isOne: boolean) =>
  `${kinds[kind] ?? kind}, series ${code}${isOne ? '' : `, ${business}`}`

type Props = {
  readonly series: BackupPreview['series']
  /** What was typed, by the id of the series. */
  readonly typed: Readonly<Record<string, string>>
  /** What is wrong with what was typed, by the id of the series. */
  readonly problems: Readonly<Record<string, string>>
  readonly onType: (id: string, last: string) => void
}

/** Asks for the last numbers on paper, where nothing here tells how far they came since the backup. */
export const PaperNumbers = ({ series, typed, problems, onType }: Props) => {
  const isOne = new Set(series.map(({ business }) => business)).size === 1
  return (
    <section className={classes['paper']} aria-labelledby="paper-numbers">
      <h3 id="paper-numbers">Last number on paper</h3>
      <p className={classes['quiet']}>
        How far numbers came after this backup cannot be told here: they would be given again. Enter the last one of
        each series that you find on paper or in your mail. Left empty, it goes on as in the backup.
      </p>
      <div className={classes['papers']}>
        {series.map((it) => (
          <TextInput
            key={it.id}
            label={nameOf(it, isOne)}
            description={it.last === null ? 'None in the backup' : `In the backup: ${it.last}`}
            value={typed[it.id] ?? ''}
            onChange={(event) => onType(it.id, event.currentTarget.value)}
            error={problems[it.id]}
            spellCheck={false}
            autoComplete="off"
          />
        ))}
      </div>
    </section>
  )
}
