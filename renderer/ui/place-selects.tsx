import { Select, type SelectProps } from '@mantine/core'
import { useMemo } from 'react'
import { activeCurrencies } from '../../shared/money/currencies.ts'
import { countryCodes, languageTags } from './country-codes.ts'
import { useFormats } from './locale.tsx'

type Props = Omit<SelectProps, 'data' | 'value'> & { readonly value?: string | null | undefined }

const withCurrent = (codes: readonly string[], current: string | null | undefined) =>
  current === null || current === undefined || current === '' || codes.includes(current) ? codes : [...codes, current]

const byLabel = (locale: string) => {
  const collator = new Intl.Collator(locale)
  return (one: { readonly label: string }, other: { readonly label: string }) =>
    collator.compare(one.label, other.label)
}

/** A country by its name; the value is its ISO 3166 code. */
export const CountrySelect = ({
  codes = countryCodes,
  value = null,
  ...rest
}: Props & { readonly codes?: readonly string[] }) => {
  const { locale } = useFormats()
  const data = useMemo(() => {
    const names = new Intl.DisplayNames([locale, 'en'], { type: 'region' })
    return withCurrent(codes, value)
      .map((value) => ({ value, label: names.of(value) ?? value }))
      .sort(byLabel(locale))
  }, [codes, locale, value])
  return <Select searchable nothingFoundMessage="No country of this name" {...rest} value={value} data={data} />
}

/** A currency by its code and name; the value is its ISO 4217 code. */
export const CurrencySelect = ({ value = null, ...rest }: Props) => {
  const data = useMemo(() => {
    const codes = withCurrent(
      activeCurrencies.map((it) => it.code),
      value,
    )
    const names = new Map(activeCurrencies.map((it) => [it.code, it.name]))
    return codes.map((code) => ({ value: code, label: `${code} · ${names.get(code) ?? 'withdrawn'}` }))
  }, [value])
  return <Select searchable nothingFoundMessage="No currency of this name" {...rest} value={value} data={data} />
}

/** A language with its region, which decides how numbers and dates are written; the value is a tag such as en-GB. */
export const LanguageSelect = ({ value = null, ...rest }: Props) => {
  const { locale } = useFormats()
  const data = useMemo(() => {
    const names = new Intl.DisplayNames([locale, 'en'], { type: 'language', languageDisplay: 'standard' })
    return withCurrent(languageTags, value)
      .map((tag) => ({ value: tag, label: names.of(tag) ?? tag }))
      .sort(byLabel(locale))
  }, [locale, value])
  return <Select searchable nothingFoundMessage="No language of this name" {...rest} value={value} data={data} />
}

/** A time zone of the IANA list. */
export const TimezoneSelect = ({ value = null, ...rest }: Props) => {
  const data = useMemo(() => [...withCurrent(Intl.supportedValuesOf('timeZone'), value)], [value])
  return <Select searchable nothingFoundMessage="No time zone of this name" {...rest} value={value} data={data} />
}
