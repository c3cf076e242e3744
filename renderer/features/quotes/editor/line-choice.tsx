import { Checkbox, Menu, Radio } from '@mantine/core'
import { IconArrowsSplit2, IconCheck, IconCirclePlus } from '@tabler/icons-react'
import { memo } from 'react'
import { MenuAct } from '../../../app/menu-act.tsx'
import type { DocumentLine } from '../../../documents/document-content.ts'
import { changeLine, lineField } from '../../../documents/editor/draft-edits.ts'
import { useEditor, useProblem } from '../../../documents/editor/editor-context.ts'
import paper from '../../../documents/editor/paper.module.css'
import classes from './line-choice.module.css'
import { choose, setChosen } from './line-choices.ts'

type Props = { readonly line: DocumentLine; readonly position: number }

/** Whether a line is offered beside the others, which stands below it. */
export const hasChoiceNote = (line: DocumentLine): boolean => line.choice !== undefined && line.choice !== 'included'

/** How a line belongs to the offer, in the menu of the line. */
export const LineChoiceMenu = ({ line }: Props) => {
  const { store } = useEditor()
  const choice = line.choice ?? 'included'
  return (
    <>
      <Menu.Divider />
      <MenuAct
        calls="nothing"
        leftSection={<IconCheck size={14} />}
        disabled={choice === 'included'}
        onClick={() => store.edit(null, choose(line.id, 'included'))}
      >
        Part of the offer
      </MenuAct>
      <MenuAct
        calls="nothing"
        leftSection={<IconCirclePlus size={14} />}
        disabled={choice === 'optional'}
        onClick={() => store.edit(null, choose(line.id, 'optional'))}
      >
        Make optional
      </MenuAct>
      <MenuAct
        calls="nothing"
        leftSection={<IconArrowsSplit2 size={14} />}
        disabled={choice === 'alternative'}
        onClick={() => store.edit(null, choose(line.id, 'alternative'))}
      >
        Make an alternative
      </MenuAct>
    </>
  )
}

/** What a line that is offered beside the others says of itself: optional, or one of a group, and whether it counts. */
export const LineChoiceNote = memo(({ line, position }: Props) => {
  const { store } = useEditor()
  const field = lineField(line.id, 'choice')
  const problem = useProblem(field)
  const set = (isChosen: boolean) => store.edit(null, setChosen(line.id, isChosen))
  const isChosen = line.isChosen === true
  return (
    <div className={classes['note']}>
      {line.choice === 'optional' ? (
        <>
          <span className={classes['tag']}>Optional</span>
          <Checkbox
            size="xs"
            label="Counts in the total"
            aria-label={`Line ${position} counts in the total`}
            data-field={field}
            checked={isChosen}
            onChange={(event) => set(event.currentTarget.checked)}
          />
        </>
      ) : (
        <>
          <span className={classes['tag']}>Alternative in</span>
          <input
            className={paper['input']}
            aria-label={`Group of line ${position}`}
            placeholder="Group"
            maxLength={60}
            value={line.groupName ?? ''}
            onChange={(event) =>
              store.edit(
                lineField(line.id, 'groupName'),
                changeLine(line.id, { groupName: event.currentTarget.value || null }),
              )
            }
          />
          <Radio
            size="xs"
            label="This one counts"
            aria-label={`Line ${position} is the one that counts`}
            data-field={field}
            checked={isChosen}
            onChange={() => set(true)}
          />
        </>
      )}
      {problem !== undefined && <p className={paper['problem']}>{problem}</p>}
    </div>
  )
})
