import { Checkbox, Radio } from '@mantine/core'
import type { Quote, QuoteLine } from '../../../../shared/contract/quotes.ts'
import { figuresOf } from '../../../documents/editor/document-totals.ts'
import { Amount } from '../../../ui/amount.tsx'
import classes from './quote.module.css'

/** Whether a line is offered beside the others, for the client to take or not. */
export const isOffered = (line: QuoteLine): boolean => line.choice !== 'included'

/** The offered lines that the quote itself marks as chosen. */
export const chosenAtFirst = (quote: Quote): ReadonlySet<string> =>
  new Set(quote.content.lines.filter((line) => isOffered(line) && line.isChosen).map((line) => line.id))

type Props = {
  readonly quote: Quote
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
}

/** Which optional and alternative lines the client takes, and what the whole comes to with them. */
export const ChosenLines = ({ quote, chosen, onChange }: Props) => {
  const { content, roundingMode, roundingScope } = quote
  const taken = {
    ...content,
    lines: content.lines.map((line) => ({ ...line, isChosen: !isOffered(line) || chosen.has(line.id) })),
  }
  const figures = figuresOf(taken, { mode: roundingMode, scope: roundingScope })
  const toggle = (line: QuoteLine, isOn: boolean) => {
    const next = new Set(chosen)
    if (line.choice === 'alternative') {
      for (const rival of content.lines) {
        if (rival.choice === 'alternative' && rival.groupName === line.groupName) next.delete(rival.id)
      }
    }
    if (isOn) next.add(line.id)
    else next.delete(line.id)
    onChange(next)
  }
  return (
    <fieldset className={classes['chosen']}>
      <legend>What they take of what was offered beside the rest</legend>
      <ul>
        {content.lines.map((line, index) => {
          if (!isOffered(line)) return null
          const net = figures.totals === null ? null : figures.netOf(index)
          const about = line.choice === 'optional' ? 'Optional' : (line.groupName ?? 'Alternative')
          return (
            <li key={line.id}>
              {line.choice === 'optional' ? (
                <Checkbox
                  label={line.name}
                  description={about}
                  checked={chosen.has(line.id)}
                  onChange={(event) => toggle(line, event.currentTarget.checked)}
                />
              ) : (
                <Radio
                  label={line.name}
                  description={about}
                  name={`group-${line.groupName ?? ''}`}
                  checked={chosen.has(line.id)}
                  onChange={() => toggle(line, true)}
                />
              )}
              {net !== null && <Amount value={net} currency={content.currency} />}
            </li>
          )
        })}
      </ul>
      {figures.totals !== null && (
        <p role="status" className={classes['chosen-total']}>
          In all <Amount value={figures.totals.payableE4} currency={content.currency} strong />
        </p>
      )}
    </fieldset>
  )
}
