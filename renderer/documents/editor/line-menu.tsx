import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconBarcode,
  IconCopy,
  IconDiscount,
  IconDots,
  IconPlus,
  IconTextPlus,
  IconTrash,
} from '@tabler/icons-react'
import { memo } from 'react'
import { MenuAct } from '../../app/menu-act.tsx'
import { KeyHint } from '../../ui/kbd.tsx'
import type { DocumentLine } from '../document-content.ts'
import { blankAdjustment } from './adjustment-row.tsx'
import { changeLine } from './draft-edits.ts'
import { useEditor } from './editor-context.ts'
import { addLine, repeatLine, shiftLine, takeLineOff } from './line-actions.ts'
import { codeName } from './line-details.tsx'
import { sameBut } from './same-line.ts'

type Props = {
  readonly line: DocumentLine
  readonly position: number
  readonly isLast: boolean
}

/** What else can be done with a line; every drag and shortcut is a button here. */
export const LineMenu = memo(
  ({ line, position, isLast }: Props) => {
    const { store, kind, newLine, organization } = useEditor()
    const Own = kind.lines?.Menu
    const adjust = (kind: 'allowance' | 'charge') =>
      store.edit(null, changeLine(line.id, { adjustments: [...line.adjustments, blankAdjustment(kind)] }))
    const describe = () => {
      store.edit(null, changeLine(line.id, { description: '' }))
      store.focusOn({ lineId: line.id, field: 'description' })
    }
    const classify = () => {
      store.edit(null, changeLine(line.id, { classification: '' }))
      store.focusOn({ lineId: line.id, field: 'classification' })
    }
    return (
      <Menu returnFocus={false}>
        <Menu.Target>
          <ActionIcon size={24} aria-label={`More for line ${position}`}>
            <IconDots size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuAct
            calls="nothing"
            leftSection={<IconTextPlus size={14} />}
            disabled={line.description !== null}
            onClick={describe}
          >
            Add description
          </MenuAct>
          <MenuAct
            calls="nothing"
            leftSection={<IconBarcode size={14} />}
            disabled={line.classification !== null}
            onClick={classify}
          >
            Add {codeName(organization.country)} code
          </MenuAct>
          <MenuAct calls="nothing" leftSection={<IconDiscount size={14} />} onClick={() => adjust('allowance')}>
            Add discount
          </MenuAct>
          <MenuAct calls="nothing" leftSection={<IconPlus size={14} />} onClick={() => adjust('charge')}>
            Add charge
          </MenuAct>
          {Own !== undefined && <Own line={line} position={position} />}
          <Menu.Divider />
          <MenuAct
            calls="nothing"
            leftSection={<IconPlus size={14} />}
            rightSection={<KeyHint keys="enter" />}
            onClick={() => addLine(store, line.id, newLine)}
          >
            Add line below
          </MenuAct>
          <MenuAct
            calls="nothing"
            leftSection={<IconCopy size={14} />}
            rightSection={<KeyHint keys="mod+d" />}
            onClick={() => repeatLine(store, line.id)}
          >
            Duplicate
          </MenuAct>
          <MenuAct
            calls="nothing"
            leftSection={<IconArrowUp size={14} />}
            rightSection={<KeyHint keys="alt+↑" />}
            disabled={position === 1}
            onClick={() => shiftLine(store, line.id, -1)}
          >
            Move up
          </MenuAct>
          <MenuAct
            calls="nothing"
            leftSection={<IconArrowDown size={14} />}
            rightSection={<KeyHint keys="alt+↓" />}
            disabled={isLast}
            onClick={() => shiftLine(store, line.id, 1)}
          >
            Move down
          </MenuAct>
          <Menu.Divider />
          <MenuAct
            calls="nothing"
            leftSection={<IconTrash size={14} />}
            color="red"
            onClick={() => takeLineOff(store, line.id)}
          >
            Remove
          </MenuAct>
        </Menu.Dropdown>
      </Menu>
    )
  },
  sameBut('name', 'priceE6', 'quantityE6'),
)
