import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { memo } from 'react'
import type { DocumentLine } from '../document-content.ts'
import { type Adjustment, AdjustmentRow } from './adjustment-row.tsx'
import { changeLine, lineField } from './draft-edits.ts'
import { useContent, useEditor, useProblem } from './editor-context.ts'
import classes from './line-table.module.css'
import paper from './paper.module.css'

/** What codes of goods and services are called in a country. */
export const codeName = (country: string): string => (country === 'IN' ? 'HSN or SAC' : 'Classification')

type Props = { readonly line: DocumentLine; readonly position: number }

/** What stands below a line: its code, its description, discounts and charges. */
export const LineDetails = memo(({ line, position }: Props) => {
  const { store, kind, organization } = useEditor()
  const currency = useContent((content) => content.currency)
  const problem = useProblem(lineField(line.id, 'description'))
  const Note = kind.lines?.hasNote(line) ? kind.lines.Note : null
  const isBare = line.code === null && line.classification === null && line.description === null
  if (Note === null && isBare && line.adjustments.length === 0) return null
  const change = (field: string, change: Partial<DocumentLine>) =>
    store.edit(lineField(line.id, field), changeLine(line.id, change))
  const changeAdjustment = (at: number, values: Partial<Adjustment>) =>
    change(`adjustments-${at}`, {
      adjustments: line.adjustments.map((it, index) => (index === at ? { ...it, ...values } : it)),
    })
  return (
    <td className={classes['details']}>
      {Note !== null && <Note line={line} position={position} />}
      {(line.code !== null || line.description !== null) && (
        <div className={classes['describe']}>
          {line.code === null ? (
            <span />
          ) : (
            <input
              className={paper['input']}
              aria-label={`Code of line ${position}`}
              placeholder="Code"
              maxLength={50}
              value={line.code}
              onChange={(event) => change('code', { code: event.currentTarget.value })}
              onBlur={(event) => event.currentTarget.value.trim() === '' && change('code', { code: null })}
            />
          )}
          {line.description !== null && (
            <>
              <textarea
                className={paper['text']}
                aria-label={`Description of line ${position}`}
                data-field={lineField(line.id, 'description')}
                placeholder="Description"
                maxLength={4000}
                rows={1}
                value={line.description}
                onChange={(event) => change('description', { description: event.currentTarget.value })}
                onBlur={(event) =>
                  event.currentTarget.value.trim() === '' && change('description', { description: null })
                }
              />
              <ActionIcon
                size={24}
                aria-label={`Remove the description of line ${position}`}
                onClick={() => store.edit(null, changeLine(line.id, { description: null }))}
              >
                <IconX size={14} />
              </ActionIcon>
            </>
          )}
        </div>
      )}
      {line.classification !== null && (
        <div className={classes['describe']}>
          <label htmlFor={`${line.id}-classification`}>{codeName(organization.country)}</label>
          <input
            id={`${line.id}-classification`}
            className={paper['input']}
            aria-label={`${codeName(organization.country)} of line ${position}`}
            data-field={lineField(line.id, 'classification')}
            maxLength={20}
            value={line.classification}
            onChange={(event) => change('classification', { classification: event.currentTarget.value })}
            onBlur={(event) =>
              event.currentTarget.value.trim() === '' && change('classification', { classification: null })
            }
          />
        </div>
      )}
      {problem !== undefined && <p className={paper['problem']}>{problem}</p>}
      {line.adjustments.map((adjustment, at) => (
        <AdjustmentRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a line's discounts have no id and are only added at the end
          key={at}
          adjustment={adjustment}
          currency={currency}
          of={`line ${position}`}
          onChange={(values) => changeAdjustment(at, values)}
          onRemove={() =>
            store.edit(null, changeLine(line.id, { adjustments: line.adjustments.filter((_, index) => index !== at) }))
          }
        />
      ))}
    </td>
  )
})
