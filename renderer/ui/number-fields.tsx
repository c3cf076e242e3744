import { minorUnitsOf } from '../../shared/money/currencies.ts'
import {
  formatAmountFigures,
  formatExchangeRate,
  formatQuantity,
  formatUnitPriceFigures,
} from '../../shared/money/format.ts'
import {
  type ParseProblem,
  type ParseResult,
  parseAmount,
  parseExchangeRate,
  parsePercent,
  parseQuantity,
  parseUnitPrice,
} from '../../shared/money/parse.ts'
import {
  type Amount,
  type ExchangeRate,
  type Percent,
  type Quantity,
  quantity,
  type UnitPrice,
} from '../../shared/money/scaled.ts'
import { type LocaleFormats, useFormats } from './locale.tsx'
import { type Parsed, ParsedField, type ParsedFieldProps } from './parsed-field.tsx'

const sentence = (reason: ParseProblem, formats: LocaleFormats, decimals: number): string => {
  const { decimal, group } = formats.numberFormat
  if (reason === 'too-many-decimals') return decimals === 0 ? 'Whole numbers only.' : `At most ${decimals} decimals.`
  if (reason === 'too-large') return 'This number is too large.'
  if (reason === 'misplaced-group')
    return `Here “${decimal}” marks decimals${group.trim() === '' ? '' : ` and “${group}” thousands`}.`
  return `Enter a number, such as 1${group}234${decimals === 0 ? '' : `${decimal}50`}.`
}

const readable = <T,>(result: ParseResult<T>, formats: LocaleFormats, decimals: number): Parsed<T> =>
  result.ok ? result : { ok: false, problem: sentence(result.reason, formats, decimals) }

type MoneyProps<T> = ParsedFieldProps<T> & { readonly currency?: string }

const sign = (currency: string) => <span aria-hidden="true">{currency}</span>

/** An amount of money in a currency, as the locale writes it. */
export const AmountField = ({ currency, ...rest }: MoneyProps<Amount>) => {
  const formats = useFormats()
  const code = currency ?? formats.currency
  const decimals = minorUnitsOf(code)
  return (
    <ParsedField
      inputMode="decimal"
      data-numeric
      leftSection={sign(code)}
      leftSectionWidth={46}
      {...rest}
      parse={(text) => readable(parseAmount(text, formats.numberFormat, decimals), formats, decimals)}
      format={(value) => formatAmountFigures(value, decimals, formats.locale)}
    />
  )
}

/** A unit price, up to six decimals. */
export const PriceField = ({ currency, ...rest }: MoneyProps<UnitPrice>) => {
  const formats = useFormats()
  const code = currency ?? formats.currency
  return (
    <ParsedField
      inputMode="decimal"
      data-numeric
      leftSection={sign(code)}
      leftSectionWidth={46}
      {...rest}
      parse={(text) => readable(parseUnitPrice(text, formats.numberFormat), formats, 6)}
      format={(value) => formatUnitPriceFigures(value, minorUnitsOf(code), formats.locale)}
    />
  )
}

/** A quantity, up to six decimals. */
export const QuantityField = (props: ParsedFieldProps<Quantity>) => {
  const formats = useFormats()
  return (
    <ParsedField
      inputMode="decimal"
      data-numeric
      {...props}
      parse={(text) => readable(parseQuantity(text, formats.numberFormat), formats, 6)}
      format={(value) => formatQuantity(value, formats.locale)}
    />
  )
}

/** A percentage, typed with or without its sign. */
export const PercentField = (props: ParsedFieldProps<Percent>) => {
  const formats = useFormats()
  return (
    <ParsedField
      inputMode="decimal"
      data-numeric
      rightSection={<span aria-hidden="true">%</span>}
      {...props}
      parse={(text) => readable(parsePercent(text, formats.numberFormat), formats, 6)}
      // Percentages and quantities share their scale, and the sign stands outside the text.
      format={(value) => formatQuantity(quantity(value), formats.locale)}
    />
  )
}

/** An exchange rate above zero, up to ten decimals. */
export const ExchangeRateField = (props: ParsedFieldProps<ExchangeRate>) => {
  const formats = useFormats()
  return (
    <ParsedField
      inputMode="decimal"
      data-numeric
      {...props}
      parse={(text) => readable(parseExchangeRate(text, formats.numberFormat), formats, 10)}
      format={(value) => formatExchangeRate(value, formats.locale)}
    />
  )
}

/** A whole number, such as days; null when empty. */
export const WholeNumberField = (props: ParsedFieldProps<number>) => (
  <ParsedField
    inputMode="numeric"
    data-numeric
    {...props}
    parse={(text) =>
      /^\s*-?\d{1,9}\s*$/.test(text)
        ? { ok: true, value: Number(text) }
        : { ok: false, problem: 'Enter a whole number.' }
    }
    format={String}
  />
)
