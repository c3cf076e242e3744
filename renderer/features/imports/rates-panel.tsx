import { useState } from 'react'
import type { ExchangeRate } from '../../../shared/money/scaled.ts'
import { useFormats } from '../../ui/locale.tsx'
import { ExchangeRateField } from '../../ui/number-fields.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './imports.module.css'
import type { Decisions } from './use-import.ts'

type Props = {
  /** Currencies that the rows need a rate for. */
  readonly missing: readonly string[]
  readonly rates: Decisions['rates']
  readonly onChange: (rates: Decisions['rates']) => void
}

/** Asks for exchange rates that neither the file nor the books know. */
export const RatesPanel = ({ missing, rates, onChange }: Props) => {
  const formats = useFormats()
  // A currency that has its rate now is no longer missing, but its field stays to be corrected.
  const [asked, setAsked] = useState<readonly string[]>(missing)
  const news = missing.filter((currency) => !asked.includes(currency))
  if (news.length > 0) setAsked([...asked, ...news])
  if (asked.length === 0) return null
  const set = (currency: string, rateE10: ExchangeRate | null) => {
    const rest = rates.filter((rate) => rate.currency !== currency)
    onChange(rateE10 === null ? rest : [...rest, { currency, rateE10 }])
  }
  return (
    <Panel title="Exchange rates">
      <div className={classes['stack']}>
        <p className={classes['quiet']}>
          The file has no rate for these currencies. Enter what one of them was worth in {formats.currency}.
        </p>
        <div className={classes['rates']}>
          {asked.map((currency) => (
            <ExchangeRateField
              key={currency}
              label={`1 ${currency} in ${formats.currency}`}
              value={rates.find((rate) => rate.currency === currency)?.rateE10 ?? null}
              onChange={(rate) => set(currency, rate)}
            />
          ))}
        </div>
      </div>
    </Panel>
  )
}
