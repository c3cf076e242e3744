import { Switch } from '@mantine/core'
import { memo, useId } from 'react'
import { languageTags } from '../../ui/country-codes.ts'
import { useFormats } from '../../ui/locale.tsx'
import { ExchangeRateField } from '../../ui/number-fields.tsx'
import { BranchChoice } from './branch-choice.tsx'
import { useEditor, useField } from './editor-context.ts'
import paper from './paper.module.css'
import { TaxOptions } from './tax-options.tsx'
import { TemplateChoice } from './template-choice.tsx'

const Language = () => {
  const formats = useFormats()
  const { value, set } = useField('language')
  const id = useId()
  const names = new Intl.DisplayNames([formats.locale], { type: 'language', fallback: 'code' })
  const offered = languageTags.includes(value) ? languageTags : [value, ...languageTags]
  return (
    <span className={paper['option']}>
      <label htmlFor={id}>Language</label>
      <select id={id} className={paper['select']} value={value} onChange={(event) => set(event.currentTarget.value)}>
        {offered.map((code) => (
          <option key={code} value={code}>
            {names.of(code)}
          </option>
        ))}
      </select>
    </span>
  )
}

const Rate = () => {
  const { organization } = useEditor()
  const { value, set, error } = useField('exchangeRateE10')
  const currency = useField('currency').value
  const id = useId()
  if (currency === organization.currency) return null
  return (
    <span className={paper['option']}>
      <label htmlFor={id}>
        1 {currency} in {organization.currency}
      </label>
      <ExchangeRateField
        id={id}
        className={paper['cell']}
        w={90}
        value={value}
        error={error}
        onChange={(rate) => rate !== null && set(rate)}
      />
    </span>
  )
}

/** What steers the document without being printed on it: language, template, prices with tax, exchange rate. */
export const PaperOptions = memo(() => {
  const { value, set } = useField('pricesIncludeTax')
  const { taxSources } = useEditor()
  return (
    <div className={paper['options']}>
      <Language />
      <TemplateChoice />
      <BranchChoice />
      <Switch
        size="xs"
        label="Prices include tax"
        checked={value}
        onChange={(event) => set(event.currentTarget.checked)}
      />
      <Rate />
      {taxSources !== null && <TaxOptions sources={taxSources} />}
    </div>
  )
})
