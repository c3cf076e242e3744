import { useEditor, useField } from '../../../documents/editor/editor-context.ts'
import paper from '../../../documents/editor/paper.module.css'
import { Fact } from '../../../documents/editor/paper-facts.tsx'
import { DateField } from '../../../ui/date-field.tsx'

/** The last day on which the offer holds. */
export const ValidUntilFact = () => {
  const { today } = useEditor()
  const { value, set, error } = useField('validUntil')
  return (
    <Fact label="Valid until">
      <DateField
        className={paper['cell']}
        aria-label="Valid until"
        data-field="validUntil"
        placeholder="No last day"
        today={today}
        value={value}
        error={error}
        onChange={set}
      />
    </Fact>
  )
}
