import { useId } from 'react'
import { useApiQuery } from '../../app/queries.ts'
import { useContent, useEditor, useField } from './editor-context.ts'
import paper from './paper.module.css'

/** What the document looks like unless it says otherwise: as its client has it, else the default of its kind. */
const useUsual = (
  templates: readonly { readonly id: string; readonly name: string; readonly defaultFor: readonly string[] }[],
) => {
  const { kind } = useEditor()
  const clientId = useContent((content) => content.clientId)
  const client = useApiQuery('clients', 'get', { id: clientId ?? '' }, { enabled: clientId !== null }).data
  const own = clientId === null ? undefined : templates.find((it) => it.id === client?.templateId)
  return own ?? templates.find((it) => it.defaultFor.includes(kind.name))
}

/** Which template draws the document; nothing is asked of a business that has made none. */
export const TemplateChoice = () => {
  const { value, set } = useField('templateId')
  const templates = useApiQuery('documentTemplates', 'list', {}).data
  const usual = useUsual(templates ?? [])
  const id = useId()
  if (templates === undefined || (templates.length === 0 && value === null)) return null
  return (
    <span className={paper['option']}>
      <label htmlFor={id}>Template</label>
      <select
        id={id}
        className={paper['select']}
        value={value ?? ''}
        onChange={(event) => set(event.currentTarget.value || null)}
      >
        <option value="">As usual ({usual?.name ?? 'Plain'})</option>
        {value !== null && !templates.some((it) => it.id === value) && (
          <option value={value}>A deleted template</option>
        )}
        {templates.map(({ id: templateId, name }) => (
          <option key={templateId} value={templateId}>
            {name}
          </option>
        ))}
      </select>
    </span>
  )
}
