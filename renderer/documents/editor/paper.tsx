import { type CSSProperties, memo, useId } from 'react'
import type { Rounding } from '../../../shared/documents/model.ts'
import { BuyerBlock } from './buyer-block.tsx'
import { useFigures } from './document-totals.ts'
import { useContent, useEditor, useField } from './editor-context.ts'
import { LineTable } from './line-table.tsx'
import paper from './paper.module.css'
import { PaperFacts } from './paper-facts.tsx'
import { PaperHead } from './paper-head.tsx'
import { PaperOptions } from './paper-options.tsx'
import { TotalsBlock } from './totals-block.tsx'

type WordsProps = { readonly field: 'notes' | 'terms'; readonly label: string; readonly placeholder: string }

const Words = memo(({ field, label, placeholder }: WordsProps) => {
  const { value, set, error } = useField(field)
  const id = useId()
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className={paper['text']}
        data-field={field}
        placeholder={placeholder}
        maxLength={4000}
        rows={1}
        value={value ?? ''}
        onChange={(event) => set(event.currentTarget.value || null)}
      />
      {error !== undefined && <p className={paper['problem']}>{error}</p>}
    </div>
  )
})

type Props = { readonly rounding: Rounding }

/** The document as it will be printed, edited in place. */
export const Paper = memo(({ rounding }: Props) => {
  const { organization, kind } = useEditor()
  const content = useContent((it) => it)
  const figures = useFigures(content, rounding)
  // A custom property of our own, which the style object's type does not list.
  const style = { '--brand': organization.accentColor } as CSSProperties
  return (
    <article aria-label={kind.words.title} className={paper['sheet']} style={style}>
      <PaperHead />
      <div className={paper['parties']}>
        <BuyerBlock />
        <PaperFacts />
      </div>
      <div className={paper['title']}>
        <span>{kind.words.title}</span>
        <span className={paper['stamp']}>{kind.words.stamp ?? 'DRAFT'}</span>
      </div>
      <PaperOptions />
      <LineTable figures={figures} />
      <TotalsBlock figures={figures} currency={content.currency} rounding={rounding} />
      <div className={paper['words']}>
        <Words field="notes" label="Notes" placeholder={kind.words.notesHint} />
        <Words field="terms" label="Terms" placeholder={kind.words.termsHint} />
      </div>
      {organization.footer !== null && <div className={paper['foot']}>{organization.footer}</div>}
    </article>
  )
})
