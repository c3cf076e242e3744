import { Menu, type MenuItemProps } from '@mantine/core'
import type { Calls } from './calls.ts'
import { MayCall } from './may.tsx'

type Props = MenuItemProps & { readonly calls: Calls; readonly onClick: () => void }

/** An entry of a menu, for whoever may call what it ends in. */
export const MenuAct = ({ calls, onClick, ...rest }: Props) => (
  <MayCall call={calls}>
    <Menu.Item onClick={() => onClick()} {...rest} />
  </MayCall>
)
